//! `golub user`: accounts made by whoever runs the service.

use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use contract::accounts::Language;
use contract::permissions::Role;

use crate::accounts::service::{self, NewUser};
use crate::app::App;
use crate::config::Secret;
use crate::problem::ApiError;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Creates an account. Its password is asked for, or read from the standard input when that is no terminal.
    Create(CreateUser),
}

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
    #[arg(long, value_parser = language, default_value = "en")]
    language: Language,
    /// IANA name, such as Europe/Moscow.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
}

pub async fn run(app: &App, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Create(user) => create(app, user).await,
    }
}

/// Creates an account that may sign in at once.
pub async fn create(app: &App, user: CreateUser) -> anyhow::Result<()> {
    let CreateUser {
        email,
        role,
        full_name,
        language,
        time_zone,
    } = user;
    let new = NewUser {
        email,
        full_name,
        role,
        password: ask_password()?,
        language,
        time_zone,
    };
    match service::create_user(app, new).await {
        Ok(user) => {
            println!("created {} {} (id {})", role.word(), user.email, user.id);
            Ok(())
        }
        Err(ApiError::Taken(_)) => bail!("there is an account with this address already"),
        Err(ApiError::Invalid(errors)) => {
            let errors = errors.0.iter().flat_map(|(field, errors)| {
                errors
                    .iter()
                    .map(move |error| format!("{}: {}", field.replace('_', "-"), error.message))
            });
            bail!(errors.collect::<Vec<_>>().join("\n"))
        }
        Err(error) => Err(error.into()),
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

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word).ok_or_else(|| {
        let words = Role::ALL.map(Role::word);
        format!("must be one of {}", words.join(", "))
    })
}

fn language(code: &str) -> Result<Language, String> {
    match code {
        "en" => Ok(Language::En),
        "ru" => Ok(Language::Ru),
        _ => Err("must be en or ru".to_owned()),
    }
}
