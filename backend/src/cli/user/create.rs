//! `golub user create`.

use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, bail};
use clap::Args;
use contract::accounts::Language;
use contract::permissions::Role;

use super::{in_words, role};
use crate::accounts::make::NewUser;
use crate::accounts::users::create;
use crate::accounts::users::overseer::Overseer;
use crate::app::App;
use crate::config::Secret;

/// A new account. The password is never an argument: those are seen by everyone on the machine.
#[derive(Debug, Args)]
pub struct CreateUser {
    /// The address to sign in with.
    #[arg(long)]
    email: String,
    /// user, content_manager, manager or admin.
    #[arg(long, value_parser = role)]
    role: Role,
    #[arg(long, default_value = "")]
    full_name: String,
    /// en or ru.
    #[arg(long, default_value = "en")]
    language: Language,
    /// IANA name, such as Europe/Moscow.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
}

impl CreateUser {
    /// Creates an account that may sign in at once.
    pub async fn run(self, app: &App) -> anyhow::Result<()> {
        let Self {
            email,
            role,
            full_name,
            language,
            time_zone,
        } = self;
        let new = NewUser {
            email,
            full_name,
            role,
            password: Some(ask_password()?),
            language,
            time_zone,
            city: String::new(),
        };
        let made = create::with_password(app, &Overseer::command_line(), new).await;
        let user = made.map_err(in_words)?;
        println!("created {} {} (id {})", role.word(), user.email, user.id);
        Ok(())
    }
}

fn ask_password() -> anyhow::Result<Secret> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin()
            .read_line(&mut line)
            .context("the password could not be read")?;
        return Ok(Secret::new(line.trim_end_matches(['\r', '\n'])));
    }
    let password = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("Again: ")? != password {
        bail!("the two passwords differ");
    }
    Ok(Secret::new(password))
}
