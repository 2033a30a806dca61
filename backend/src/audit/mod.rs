//! The audit log: who did what to whom.
//!
//! An entry is written in the transaction of the act itself, by whoever carries it out; so either both stand or
//! neither. It keeps names as they were then, and outlives those it speaks of.

pub mod entity;
pub mod routes;
pub mod service;

use chrono::{DateTime, Utc};
use contract::audit::{Act, AuditDetail, AuditDetailName, AuditItem, AuditKind};
use contract::listing::Owner;
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};

use crate::accounts::owners::Owners;
use crate::http::caller::{CurrentUser, Via};
use crate::problem::ApiError;

/// Who does something.
#[derive(Clone, Debug)]
pub struct Actor {
    pub id: Option<i64>,
    pub name: String,
    /// The client's address.
    pub client: String,
    /// The name of the API token that was used, if one was.
    pub api_token: Option<String>,
}

impl Actor {
    /// Whoever uses an account without being signed in to it yet.
    pub fn account(user: &crate::accounts::entity::Model, client: &str) -> Self {
        Self {
            id: Some(user.id),
            name: user.name().to_owned(),
            client: client.to_owned(),
            api_token: None,
        }
    }

    /// Whoever runs commands on the machine.
    pub fn command_line() -> Self {
        Self {
            id: None,
            name: "command line".to_owned(),
            client: String::new(),
            api_token: None,
        }
    }
}

impl From<&CurrentUser> for Actor {
    fn from(user: &CurrentUser) -> Self {
        let api_token = match &user.via {
            Via::Session { .. } => None,
            Via::ApiToken { name, .. } => Some(name.clone()),
        };
        Self {
            id: Some(user.id),
            name: user.name().to_owned(),
            client: user.client.clone(),
            api_token,
        }
    }
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    pub act: Act,
    /// Whose account or thing it is.
    pub owner: Owner,
    pub item: AuditItem,
    pub details: Vec<AuditDetail>,
}

impl Entry {
    /// An act upon an account itself.
    pub fn of_account(act: Act, owner: Owner) -> Self {
        let item = AuditItem {
            kind: AuditKind::User,
            id: Some(owner.id),
            title: owner.email.clone(),
        };
        Self {
            act,
            owner,
            item,
            details: Vec::new(),
        }
    }

    pub fn of_item(act: Act, owner: Owner, kind: AuditKind, id: i64, title: &str) -> Self {
        let item = AuditItem {
            kind,
            id: Some(id),
            title: title.to_owned(),
        };
        Self {
            act,
            owner,
            item,
            details: Vec::new(),
        }
    }

    /// Which of these fields were changed.
    pub fn with_fields(self, fields: &[(&str, bool)]) -> Self {
        let changed: Vec<&str> = fields
            .iter()
            .filter(|(_, changed)| *changed)
            .map(|(name, _)| *name)
            .collect();
        if changed.is_empty() {
            self
        } else {
            self.with(AuditDetailName::Fields, changed.join(","))
        }
    }

    pub fn with(mut self, name: AuditDetailName, value: impl Into<String>) -> Self {
        let value = value.into();
        self.details.push(AuditDetail { name, value });
        self
    }
}

/// Writes an entry of what was done with somebody else's thing. What one does with one's own is not written down.
pub async fn record_upon_others(
    tx: &impl ConnectionTrait,
    user: &CurrentUser,
    owner_id: i64,
    now: DateTime<Utc>,
    entry: impl FnOnce(Owner) -> Entry,
) -> Result<(), ApiError> {
    if owner_id == user.id {
        return Ok(());
    }
    let owner = Owners::find(tx, [owner_id]).await?.of(owner_id);
    record(tx, &Actor::from(user), entry(owner), now).await
}

/// Writes an entry.
pub async fn record(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    entry: Entry,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let Entry {
        act,
        owner,
        item: AuditItem { kind, id, title },
        mut details,
    } = entry;
    if let Some(name) = &actor.api_token {
        details.push(AuditDetail {
            name: AuditDetailName::ApiToken,
            value: name.clone(),
        });
    }
    let owner_id = owner.id;
    let owner = contract::audit::AuditPerson::from(owner);
    let row = entity::ActiveModel {
        at: Set(now),
        act: Set(act.into()),
        actor_id: Set(actor.id),
        actor_name: Set(actor.name.clone()),
        owner_id: Set(Some(owner_id)),
        owner_name: Set(owner.name),
        item_kind: Set(kind.into()),
        item_id: Set(id),
        item_title: Set(title),
        details: Set(serde_json::to_string(&details).map_err(ApiError::ours)?),
        client: Set(actor.client.clone()),
        ..Default::default()
    };
    row.insert(tx).await?;
    Ok(())
}
