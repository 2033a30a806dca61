//! What can be done with messages.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::audit::{Act, AuditKind};
use contract::listing::{Owner, Page};
use contract::messages::{MessageChange, MessageView, NewMessage};
use contract::permissions::Permission;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Select,
    Set,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entity::{ActiveModel, Column, Entity, Model};
use super::usage;
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::database::changes::{Part, Table};
use crate::database::hold;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::search::{self, Kind};
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::idempotency::Once;
use crate::kept::{self, shelf::Read};
use crate::problem::ApiError;

const SORTS: [Sort<Column>; 2] = [
    // Ids are given in the order of creation.
    Sort {
        word: "created_at",
        column: Column::Id,
    },
    Sort {
        word: "subject",
        column: Column::SubjectKey,
    },
];

/// Which messages to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessageFilter {
    /// Only those of this user.
    pub owner_id: Option<i64>,
    /// Only those that are shared, or only those that are not.
    pub shared: Option<bool>,
}

/// A message as it is read, and its version.
type Versioned = kept::Versioned<MessageView>;

pub async fn list(
    app: &App,
    user: &CurrentUser,
    query: &ListQuery,
    filter: &MessageFilter,
) -> Result<Page<MessageView>, ApiError> {
    let db = app.database.read();
    let MessageFilter { owner_id, shared } = *filter;
    let mut select = visible_to(user);
    if let Some(owner_id) = owner_id {
        select = select.filter(Column::OwnerId.eq(owner_id));
    }
    if let Some(shared) = shared {
        select = select.filter(Column::Shared.eq(shared));
    }
    if let Some(search) = &query.search
        && let Some(found) = search::matches(Kind::Message, owner_id, Column::Id, search)
    {
        select = select.filter(found);
    }
    let rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
    let owners = Owners::find(db, rows.rows.iter().map(|row| row.owner_id)).await?;
    let used_by = usage::counts(db, rows.rows.iter().map(|row| row.id)).await?;
    Ok(rows.map(|row| {
        let used_by = used_by.get(&row.id).copied().unwrap_or(0);
        let owner = owners.of(row.owner_id);
        row.view(owner, used_by)
    }))
}

pub async fn read(app: &App, user: &CurrentUser, id: i64) -> Result<Versioned, ApiError> {
    let message = kept(app, id).await?;
    if !user.reaches(Permission::SeeEverything, message.0.owner.id) {
        // Another process may have taken it back a moment ago.
        find_visible(app.database.read(), user, id).await?;
    }
    Ok(Versioned::clone(&message))
}

/// The message from memory, whoever may see it.
async fn kept(app: &App, id: i64) -> Result<Arc<Versioned>, ApiError> {
    let read = async {
        let db = app.database.read();
        let found = Entity::find_by_id(id).one(db).await?;
        let message = found.ok_or(ApiError::NotFound)?;
        let parts = vec![
            Part::Row(Table::Messages, id),
            Part::Row(Table::Users, message.owner_id),
            // How many use it.
            Part::All(Table::Mailings),
        ];
        Ok(Read {
            value: view(db, message).await?,
            parts,
            until: None,
        })
    };
    app.kept.messages.get(&id, app.clock.now(), read).await
}

/// Makes a message of the caller's own.
pub async fn create(
    app: &App,
    user: &CurrentUser,
    new: NewMessage,
    once: Once,
) -> Result<Versioned, ApiError> {
    let new = new.check()?;
    let tx = app.database.write().await?;
    let message = match once.earlier(&tx).await? {
        Some(id) => find_visible(&tx, user, id).await?,
        None => insert(&tx, user.id, new, app.clock.now()).await?,
    };
    once.keep(&tx, message.id).await?;
    let answer = view(&tx, message).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Changes what is given. Runs that have started keep what they started with.
pub async fn change(
    app: &App,
    user: &CurrentUser,
    id: i64,
    change: MessageChange,
    read: IfMatch,
) -> Result<Versioned, ApiError> {
    let tx = app.database.write().await?;
    let current = find_changeable(&tx, user, id, read).await?;
    let new = change.onto(current.as_new()).check()?;
    if current.shared && !new.shared {
        usage::refuse_to_make_private(&tx, &current, user.id).await?;
    }
    if current.sms_text.is_some() && new.sms_text.is_none() {
        usage::refuse_to_take_sms_text(&tx, &current, user.id).await?;
    }
    let (before, now) = (current.clone(), app.clock.now());
    let message = update(&tx, current, new, now).await?;
    audit::record_upon_others(&tx, user, before.owner_id, now, |owner| {
        entry(Act::MessageChanged, owner, &before).with_fields(&[
            ("subject", before.subject != message.subject),
            ("body", before.body != message.body),
            ("format", before.format != message.format),
            ("shared", before.shared != message.shared),
            ("sms_text", before.sms_text != message.sms_text),
        ])
    })
    .await?;
    let answer = view(&tx, message).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Deletes a message that no mailing needs any more. What was sent stays in the history.
pub async fn delete(app: &App, user: &CurrentUser, id: i64, read: IfMatch) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let message = find_changeable(&tx, user, id, read).await?;
    usage::refuse_to_delete(&tx, &message, user.id).await?;
    Entity::delete_by_id(message.id).exec(&tx).await?;
    search::forget(&tx, Kind::Message, message.id).await?;
    audit::record_upon_others(&tx, user, message.owner_id, app.clock.now(), |owner| {
        entry(Act::MessageDeleted, owner, &message)
    })
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a private copy of one's own, also of what somebody else shares.
pub async fn duplicate(app: &App, user: &CurrentUser, id: i64) -> Result<Versioned, ApiError> {
    let tx = app.database.write().await?;
    let original = find_visible(&tx, user, id).await?;
    let copy = NewMessage {
        shared: false,
        ..original.as_new()
    };
    let message = insert(&tx, user.id, copy, app.clock.now()).await?;
    let answer = view(&tx, message).await?;
    tx.commit().await?;
    Ok(answer)
}

/// The message, if this person may read it.
pub async fn find_visible(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
) -> Result<Model, ApiError> {
    visible_to(user)
        .filter(Column::Id.eq(id))
        .one(db)
        .await?
        .ok_or(ApiError::NotFound)
}

/// Writes a new message, already checked.
pub async fn insert(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    new: NewMessage,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let NewMessage {
        subject,
        body,
        format,
        shared,
        sms_text,
    } = new;
    let message = ActiveModel {
        owner_id: Set(owner_id),
        subject_key: Set(subject.to_lowercase()),
        subject: Set(subject),
        body: Set(body),
        format: Set(format.into()),
        shared: Set(shared),
        sms_text: Set(sms_text),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let message = message.insert(tx).await?;
    index(tx, &message).await?;
    Ok(message)
}

async fn update(
    tx: &impl ConnectionTrait,
    current: Model,
    new: NewMessage,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let NewMessage {
        subject,
        body,
        format,
        shared,
        sms_text,
    } = new;
    let version = current.version + 1;
    let mut message: ActiveModel = current.into();
    message.subject_key = Set(subject.to_lowercase());
    message.subject = Set(subject);
    message.body = Set(body);
    message.format = Set(format.into());
    message.shared = Set(shared);
    message.sms_text = Set(sms_text);
    message.version = Set(version);
    message.updated_at = Set(now);
    let message = message.update(tx).await?;
    index(tx, &message).await?;
    Ok(message)
}

async fn index(tx: &impl ConnectionTrait, message: &Model) -> Result<(), ApiError> {
    let texts = [message.subject.as_str()];
    search::index(tx, Kind::Message, message.owner_id, message.id, &texts).await?;
    Ok(())
}

/// The messages this person may read: their own and the shared ones, or all.
pub fn visible_to(user: &CurrentUser) -> Select<Entity> {
    let Some(confined_to) = user.confined_to(Permission::SeeEverything) else {
        return Entity::find();
    };
    let own_or_shared = Condition::any()
        .add(Column::OwnerId.eq(confined_to))
        .add(Column::Shared.eq(true));
    Entity::find().filter(own_or_shared)
}

/// The message, held for a change until the transaction ends. One that may be read but not changed is no secret.
async fn find_changeable(
    tx: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
    read: IfMatch,
) -> Result<Model, ApiError> {
    let message = hold::one(tx, visible_to(user).filter(Column::Id.eq(id))).await?;
    if !user.reaches(Permission::EditEverything, message.owner_id) {
        return Err(ApiError::Forbidden);
    }
    read.check(message.version)?;
    Ok(message)
}

/// What the audit log keeps of an act upon a message.
fn entry(act: Act, owner: Owner, message: &Model) -> Entry {
    let (id, title) = (message.id, message.subject.as_str());
    Entry::of_item(act, owner, AuditKind::Message, id, title)
}

async fn view(db: &impl ConnectionTrait, message: Model) -> Result<Versioned, ApiError> {
    let owners = Owners::find(db, [message.owner_id]).await?;
    let used_by = usage::counts(db, [message.id]).await?;
    let used_by = used_by.get(&message.id).copied().unwrap_or(0);
    let (owner, version) = (owners.of(message.owner_id), message.version);
    Ok((message.view(owner, used_by), version))
}
