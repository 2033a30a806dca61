//! `golub user set-role`, `block`, `unblock`, `reset-password` and `reset-second-factor`.

use clap::Args;
use contract::accounts::users::{NewBlock, UserChange};
use contract::permissions::Role;

use super::{account, in_words, role};
use crate::accounts::second_factor;
use crate::accounts::users::overseer::Overseer;
use crate::accounts::users::{block, change, password_link};
use crate::app::App;
use crate::http::version::IfMatch;

#[derive(Debug, Args)]
pub struct SetRole {
    /// The account's address.
    email: String,
    /// user, content_manager, manager or admin.
    #[arg(value_parser = role)]
    role: Role,
}

#[derive(Debug, Args)]
pub struct Block {
    /// The account's address.
    email: String,
    /// Why; the person is told.
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub struct Unblock {
    /// The account's address.
    email: String,
}

#[derive(Debug, Args)]
pub struct ResetPassword {
    /// The account's address.
    email: String,
    /// Sends the link to that address instead of printing it.
    #[arg(long)]
    mail: bool,
}

#[derive(Debug, Args)]
pub struct ResetSecondFactor {
    /// The account's address.
    email: String,
}

impl SetRole {
    pub async fn run(self, app: &App) -> anyhow::Result<()> {
        let Self { email, role } = self;
        let before = account(app, &email).await?;
        let given = UserChange {
            role: Some(role),
            ..UserChange::default()
        };
        let by = Overseer::command_line();
        let changed = change::change(app, &by, before.id, given, IfMatch(None)).await;
        let (user, _) = changed.map_err(in_words)?;
        let signed_out = if Role::from(before.role).loses_by(role) {
            ", and signed out everywhere"
        } else {
            ""
        };
        println!("{} is {}{signed_out}", user.user.email, role.word());
        Ok(())
    }
}

impl Block {
    pub async fn run(self, app: &App) -> anyhow::Result<()> {
        let Self { email, reason } = self;
        let user = account(app, &email).await?;
        let by = Overseer::command_line();
        let blocked = block::block(app, &by, user.id, NewBlock { reason }).await;
        blocked.map_err(in_words)?;
        println!("{} is blocked", user.email);
        Ok(())
    }
}

impl Unblock {
    pub async fn run(self, app: &App) -> anyhow::Result<()> {
        let user = account(app, &self.email).await?;
        let unblocked = block::unblock(app, &Overseer::command_line(), user.id).await;
        unblocked.map_err(in_words)?;
        println!("{} is not blocked", user.email);
        Ok(())
    }
}

impl ResetSecondFactor {
    pub async fn run(self, app: &App) -> anyhow::Result<()> {
        let user = account(app, &self.email).await?;
        let done = second_factor::service::reset(app, &Overseer::command_line(), user.id).await;
        done.map_err(in_words)?;
        println!(
            "{} signs in by the password alone, and is signed out everywhere",
            user.email
        );
        Ok(())
    }
}

impl ResetPassword {
    pub async fn run(self, app: &App) -> anyhow::Result<()> {
        let Self { email, mail } = self;
        let user = account(app, &email).await?;
        let by = Overseer::command_line();
        if mail {
            let sent = password_link::send(app, &by, user.id).await;
            sent.map_err(in_words)?;
            println!("a link goes to {}", user.email);
        } else {
            let link = password_link::hand_over(app, &by, user.id).await;
            println!("{}", link.map_err(in_words)?);
        }
        Ok(())
    }
}
