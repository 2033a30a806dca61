//! `golub user list`.

use clap::Args;
use contract::accounts::users::UserView;
use contract::listing::MAX_LIMIT;
use contract::permissions::Role;

use super::{in_words, role};
use crate::accounts::users::list::{self, UserFilter};
use crate::app::App;
use crate::database::keyset::ListQuery;

/// Which accounts to list, and how.
#[derive(Debug, Args)]
pub struct ListUsers {
    /// Only accounts of this role: user, content_manager, manager or admin.
    #[arg(long, value_parser = role)]
    role: Option<Role>,
    /// Only accounts whose address, or a word of whose name, begins so.
    #[arg(long)]
    search: Option<String>,
    /// Prints JSON, with all that is known of each.
    #[arg(long)]
    json: bool,
}

impl ListUsers {
    pub async fn run(self, app: &App) -> anyhow::Result<()> {
        let Self { role, search, json } = self;
        let filter = UserFilter { role, state: None };
        let mut query = ListQuery {
            limit: Some(MAX_LIMIT),
            search,
            ..ListQuery::default()
        };
        let mut accounts = Vec::new();
        loop {
            let mut page = list::list(app, &query, &filter).await.map_err(in_words)?;
            accounts.append(&mut page.items);
            if page.next.is_none() {
                break;
            }
            query.after = page.next;
        }
        if json {
            println!("{}", serde_json::to_string_pretty(&accounts)?);
        } else {
            print(&accounts);
        }
        Ok(())
    }
}

fn print(accounts: &[UserView]) {
    let widths = accounts.iter().map(|user| user.email.chars().count());
    let width = widths.max().unwrap_or(0).max(5);
    println!(
        "{:>8}  {:<width$}  {:<15}  {:<11}  last seen",
        "id", "email", "role", "state"
    );
    for user in accounts {
        let last_seen = user.last_seen_at.map_or_else(
            || "never".to_owned(),
            |at| at.format("%Y-%m-%d %H:%M UTC").to_string(),
        );
        let (role, state) = (user.role.word(), user.state().word());
        println!(
            "{:>8}  {:<width$}  {role:<15}  {state:<11}  {last_seen}",
            user.id, user.email
        );
    }
}
