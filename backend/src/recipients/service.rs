//! What can be done with recipients.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::accounts::phone::Phone;
use contract::audit::{Act, AuditKind};
use contract::listing::{Owner, Page};
use contract::permissions::Permission;
use contract::problem::FieldErrors;
use contract::recipients::{NewRecipient, RecipientChange, RecipientFields, RecipientView};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QuerySelect, QueryTrait, Select, Set,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entity::{ActiveModel, Column, Entity, Model};
use super::former;
use super::suppression::lifted;
use crate::accounts::owners::Owners;
use crate::address;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::database::changes::{Part, Table};
use crate::database::hold;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::search::{self, Kind};
use crate::database::stretch::Stretch;
use crate::delivery::rules;
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::idempotency::Once;
use crate::kept::{self, shelf::Read};
use crate::mailings::{audience_recipient_entity as audience_recipient, entity as mailing};
use crate::problem::{ApiError, Taken};

const SORTS: [Sort<Column>; 3] = [
    // Ids are given in the order of creation.
    Sort {
        word: "created_at",
        column: Column::Id,
    },
    Sort {
        word: "email",
        column: Column::EmailKey,
    },
    Sort {
        word: "full_name",
        column: Column::NameKey,
    },
];

/// Which recipients to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecipientFilter {
    /// Only those of this user, for those who see everyone's.
    pub owner_id: Option<i64>,
    /// Only those chosen as this mailing's audience.
    pub mailing_id: Option<i64>,
    /// Only those whose address was refused for good; with false, only the others.
    pub suppressed: Option<bool>,
    /// Only those who have a phone; with false, only the others.
    pub has_phone: Option<bool>,
}

/// A recipient as it is read, and its version.
type Versioned = kept::Versioned<RecipientView>;

pub async fn list(
    app: &App,
    user: &CurrentUser,
    query: &ListQuery,
    filter: &RecipientFilter,
) -> Result<Page<RecipientView>, ApiError> {
    let db = app.database.read();
    let RecipientFilter {
        owner_id,
        mailing_id,
        suppressed,
        has_phone,
    } = *filter;
    let whose = user.confined_to(Permission::SeeEverything).or(owner_id);
    let mut stretch = whose.map(|id| Stretch::of(Column::OwnerId, id));
    let mut select = Entity::find();
    if let Some(other) = owner_id.filter(|_| owner_id != whose) {
        select = select.filter(Column::OwnerId.eq(other));
    }
    if let Some(mailing_id) = mailing_id {
        select = select.filter(chosen_for(mailing_id));
    }
    select = match suppressed {
        None => select,
        Some(true) => select.filter(Column::SuppressedAt.is_not_null()),
        Some(false) => select.filter(Column::SuppressedAt.is_null()),
    };
    select = match has_phone {
        None => select,
        Some(true) => select.filter(Column::Phone.is_not_null()),
        Some(false) => select.filter(Column::Phone.is_null()),
    };
    // With a known owner the search goes through that owner's terms alone.
    let found = query.search.as_deref();
    let found =
        found.and_then(|search| search::matches(Kind::Recipient, whose, Column::Id, search));
    if found.is_some() || mailing_id.is_some() {
        // The few that are found are not looked for in the order of the list.
        let owners = stretch.take().map(|stretch| stretch.condition());
        let these = Condition::all().add_option(found).add_option(owners);
        select = select.filter(these);
    }
    let rows = keyset::page_of(db, stretch, select, query, &SORTS, Column::Id).await?;
    let owners = Owners::find(db, rows.rows.iter().map(|row| row.owner_id)).await?;
    Ok(rows.map(|row| {
        let owner = owners.of(row.owner_id);
        row.view(owner)
    }))
}

pub async fn read(app: &App, user: &CurrentUser, id: i64) -> Result<Versioned, ApiError> {
    let recipient = kept(app, id).await?;
    if !user.reaches(Permission::SeeEverything, recipient.0.owner.id) {
        return Err(ApiError::NotFound);
    }
    Ok(Versioned::clone(&recipient))
}

/// The recipient from memory, whoever may see it.
async fn kept(app: &App, id: i64) -> Result<Arc<Versioned>, ApiError> {
    let read = async {
        let db = app.database.read();
        let found = Entity::find_by_id(id).one(db).await?;
        let recipient = found.ok_or(ApiError::NotFound)?;
        let parts = vec![
            Part::Row(Table::Recipients, id),
            Part::Row(Table::Users, recipient.owner_id),
        ];
        Ok(Read {
            value: view(db, recipient).await?,
            parts,
            until: None,
        })
    };
    app.kept.recipients.get(&id, app.clock.now(), read).await
}

/// Makes a recipient of the caller's own.
pub async fn create(
    app: &App,
    user: &CurrentUser,
    new: NewRecipient,
    once: Once,
) -> Result<Versioned, ApiError> {
    let fields = new.check()?;
    let tx = app.database.write().await?;
    let recipient = match once.earlier(&tx).await? {
        Some(id) => find_visible(&tx, user, id).await?,
        None => insert(&tx, user.id, fields, app.clock.now()).await?,
    };
    once.keep(&tx, recipient.id).await?;
    let answer = view(&tx, recipient).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Changes what is given. Letters that are on their way keep the address they were planned with.
pub async fn change(
    app: &App,
    user: &CurrentUser,
    id: i64,
    change: RecipientChange,
    read: IfMatch,
) -> Result<Versioned, ApiError> {
    let tx = app.database.write().await?;
    let current = find_changeable(&tx, user, id, read).await?;
    let fields = change.onto(current.as_new()).check()?;
    let (before, now) = (current.clone(), app.clock.now());
    let recipient = update(&tx, current, fields, now).await?;
    audit::record_upon_others(&tx, user, before.owner_id, now, |owner| {
        entry(Act::RecipientChanged, owner, &before).with_fields(&[
            ("email", before.email != recipient.email),
            ("full_name", before.full_name != recipient.full_name),
            ("comment", before.comment != recipient.comment),
            ("phone", before.phone != recipient.phone),
        ])
    })
    .await?;
    let answer = view(&tx, recipient).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Deletes a recipient, who leaves all audiences. What was sent stays in the history.
pub async fn delete(app: &App, user: &CurrentUser, id: i64, read: IfMatch) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let recipient = find_changeable(&tx, user, id, read).await?;
    Entity::delete_by_id(recipient.id).exec(&tx).await?;
    search::forget(&tx, Kind::Recipient, recipient.id).await?;
    former::remember(&tx, &recipient).await?;
    // Letters to this recipient that are already with a sender are taken back.
    rules::bump(&tx).await?;
    audit::record_upon_others(&tx, user, recipient.owner_id, app.clock.now(), |owner| {
        entry(Act::RecipientDeleted, owner, &recipient)
    })
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The recipient, if this person may know of it.
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

/// Writes a new recipient.
pub async fn insert(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    fields: RecipientFields,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let RecipientFields {
        email,
        full_name,
        comment,
        phone,
    } = fields;
    let email_key = email_key(&email)?;
    let recipient = ActiveModel {
        owner_id: Set(owner_id),
        email: Set(email.as_str().to_owned()),
        email_key: Set(email_key),
        name_key: Set(full_name.to_lowercase()),
        full_name: Set(full_name),
        comment: Set(comment),
        phone: Set(phone.map(Phone::into_string)),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let recipient = recipient.insert(tx).await.taken("email")?;
    index(tx, &recipient).await?;
    Ok(recipient)
}

async fn update(
    tx: &impl ConnectionTrait,
    current: Model,
    fields: RecipientFields,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let RecipientFields {
        email,
        full_name,
        comment,
        phone,
    } = fields;
    let email_key = email_key(&email)?;
    let is_another = current.email_key != email_key;
    if is_another {
        former::remember(tx, &current).await?;
    }
    let version = current.version + 1;
    let mut recipient: ActiveModel = current.into();
    if is_another {
        // The new address was never refused.
        recipient = lifted(recipient);
    }
    recipient.email = Set(email.as_str().to_owned());
    recipient.email_key = Set(email_key);
    recipient.name_key = Set(full_name.to_lowercase());
    recipient.full_name = Set(full_name);
    recipient.comment = Set(comment);
    recipient.phone = Set(phone.map(Phone::into_string));
    recipient.version = Set(version);
    recipient.updated_at = Set(now);
    let recipient = recipient.update(tx).await.taken("email")?;
    index(tx, &recipient).await?;
    Ok(recipient)
}

fn email_key(email: &contract::address::Address) -> Result<String, FieldErrors> {
    address::key(email).map_err(|error| FieldErrors::one("email", error))
}

async fn index(tx: &impl ConnectionTrait, recipient: &Model) -> Result<(), ApiError> {
    // The address is found both as it was written and in punycode.
    let texts = [
        recipient.email.as_str(),
        &recipient.email_key,
        &recipient.full_name,
        recipient.phone.as_deref().unwrap_or_default(),
    ];
    search::index(
        tx,
        Kind::Recipient,
        recipient.owner_id,
        recipient.id,
        &texts,
    )
    .await?;
    Ok(())
}

/// The recipients this person may know of: their own, or all.
fn visible_to(user: &CurrentUser) -> Select<Entity> {
    user.within_reach(Permission::SeeEverything, Entity::find(), Column::OwnerId)
}

/// The recipient, held for a change until the transaction ends.
pub async fn find_changeable(
    tx: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
    read: IfMatch,
) -> Result<Model, ApiError> {
    let changeable = user.within_reach(
        Permission::EditEverything,
        Entity::find().filter(Column::Id.eq(id)),
        Column::OwnerId,
    );
    let recipient = hold::one(tx, changeable).await?;
    read.check(recipient.version)?;
    Ok(recipient)
}

/// What the audit log keeps of an act upon a recipient.
pub fn entry(act: Act, owner: Owner, recipient: &Model) -> Entry {
    let (id, title) = (recipient.id, recipient.email.as_str());
    Entry::of_item(act, owner, AuditKind::Recipient, id, title)
}

async fn view(db: &impl ConnectionTrait, recipient: Model) -> Result<Versioned, ApiError> {
    let owners = Owners::find(db, [recipient.owner_id]).await?;
    let (owner, version) = (owners.of(recipient.owner_id), recipient.version);
    Ok((recipient.view(owner), version))
}

/// A condition: the recipient is chosen in the mailing's audience.
fn chosen_for(mailing_id: i64) -> SimpleExpr {
    let audience = mailing::Entity::find_by_id(mailing_id)
        .select_only()
        .column(mailing::Column::AudienceId);
    let chosen = audience_recipient::Entity::find()
        .select_only()
        .column(audience_recipient::Column::RecipientId)
        .filter(audience_recipient::Column::AudienceId.in_subquery(audience.into_query()));
    Column::Id.in_subquery(chosen.into_query())
}
