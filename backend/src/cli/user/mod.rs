//! `golub user`: accounts kept by whoever runs the service, by the same functions as the API's.

mod acts;
mod create;
mod list;

use clap::Subcommand;
use contract::permissions::Role;

use self::acts::{Block, ResetPassword, ResetSecondFactor, SetRole, Unblock};
use self::create::CreateUser;
use self::list::ListUsers;
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::app::App;
use crate::problem::ApiError;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Creates an account. Its password is asked for, or read from the standard input when that is no terminal.
    Create(CreateUser),
    /// Lists accounts, the newest first.
    List(ListUsers),
    /// Gives an account another role. Who may less than before is signed out everywhere.
    SetRole(SetRole),
    /// Blocks an account: its person is out at once, and nothing of theirs is sent.
    Block(Block),
    /// Unblocks an account.
    Unblock(Unblock),
    /// Prints a link by which a new password is chosen, once. No password is ever printed or mailed.
    ResetPassword(ResetPassword),
    /// Takes the second factor off an account whose app and recovery codes are lost.
    ResetSecondFactor(ResetSecondFactor),
}

pub async fn run(app: &App, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Create(create) => create.run(app).await,
        UserCommand::List(list) => list.run(app).await,
        UserCommand::SetRole(set_role) => set_role.run(app).await,
        UserCommand::Block(block) => block.run(app).await,
        UserCommand::Unblock(unblock) => unblock.run(app).await,
        UserCommand::ResetPassword(reset) => reset.run(app).await,
        UserCommand::ResetSecondFactor(reset) => reset.run(app).await,
    }
}

/// The account with this address.
async fn account(app: &App, email: &str) -> anyhow::Result<user::Model> {
    let user = find::by_email(app.database.read(), email).await;
    let user = user.map_err(in_words)?;
    user.ok_or_else(|| anyhow::anyhow!("there is no account with the address {email}"))
}

/// A refusal in words for a terminal: which option is wrong, and why.
fn in_words(error: ApiError) -> anyhow::Error {
    match error {
        ApiError::Taken(_) => anyhow::anyhow!("there is an account with this address already"),
        ApiError::Invalid(errors) => {
            let lines = errors.0.iter().flat_map(|(field, errors)| {
                let option = field.replace('_', "-");
                let line = move |message: &str| format!("{option}: {message}");
                errors.iter().map(move |error| line(&error.message))
            });
            anyhow::anyhow!(lines.collect::<Vec<_>>().join("\n"))
        }
        error => error.into(),
    }
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word).ok_or_else(|| {
        let words = Role::ALL.map(Role::word);
        format!("must be one of {}", words.join(", "))
    })
}
