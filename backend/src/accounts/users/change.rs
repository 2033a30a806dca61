//! Changes of an account by an administrator: profile, address, role.
//!
//! One's own address and role are not changed here: the address is under `me/email`, where both addresses confirm it.

use chrono::{DateTime, Utc};
use contract::accounts::users::UserChange;
use contract::accounts::{CITY_LIMIT, FULL_NAME_LIMIT};
use contract::audit::{Act, AuditDetailName};
use contract::checks;
use contract::permissions::Role;
use contract::problem::FieldErrors;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};

use super::admins::Admins;
use super::overseer::Overseer;
use super::tell;
use super::view::{self, Versioned};
use crate::accounts::api_tokens;
use crate::accounts::email_change::entity as email_change;
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::links::entity as link;

use crate::accounts::sessions;
use crate::address::Keyed;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::version::IfMatch;
use crate::notices::Notice;
use crate::problem::{ApiError, Taken};
use crate::zone;

/// Changes what is given and is not so already.
pub async fn change(
    app: &App,
    by: &Overseer,
    id: i64,
    change: UserChange,
    read: IfMatch,
) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let admins = Admins::hold(&tx).await?;
    let before = find::held(&tx, id).await?;
    by.reaches(&before)?;
    read.check(before.version)?;
    let after = changed(&before, change)?;
    if after == before {
        return view::detail(app, &tx, before).await;
    }
    if after.role != before.role {
        by.not_oneself(id)?;
        by.gives(after.role.into())?;
        if after.role != user::RoleWord::Admin {
            admins.without(id)?;
        }
    }
    if after.email != before.email {
        by.not_oneself(id)?;
    }
    let after = write(&tx, after, now).await?;
    follow(&tx, by, &before, &after, now).await?;
    let answer = view::detail(app, &tx, after).await?;
    tx.commit().await?;
    Ok(answer)
}

async fn write(
    tx: &impl ConnectionTrait,
    after: user::Model,
    now: DateTime<Utc>,
) -> Result<user::Model, ApiError> {
    let version = after.version + 1;
    let mut row = after.into_active_model().reset_all();
    row.version = Set(version);
    row.updated_at = Set(now);
    let after = row.update(tx).await.taken("email")?;
    find::index(tx, &after).await?;
    Ok(after)
}

/// What follows from a change, and what the audit log says of it.
async fn follow(
    tx: &impl ConnectionTrait,
    by: &Overseer,
    before: &user::Model,
    after: &user::Model,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let of_account = |act| Entry::of_account(act, after.clone().into());
    if after.role != before.role {
        let (from, to) = (Role::from(before.role), Role::from(after.role));
        if from.loses_by(to) {
            sessions::close_all(tx, after.id, None).await?;
        }
        let entry = of_account(Act::RoleChanged)
            .with(AuditDetailName::RoleBefore, from.word())
            .with(AuditDetailName::RoleAfter, to.word());
        audit::record(tx, &by.actor, entry, now).await?;
    }
    if after.email != before.email {
        // Whoever reads the former address shall get in by no letter that was sent there.
        link::Entity::delete_many()
            .filter(link::Column::UserId.eq(after.id))
            .exec(tx)
            .await?;
        email_change::Entity::delete_by_id(after.id)
            .exec(tx)
            .await?;
        // The account may have been taken over, or changes hands: nobody who is in stays.
        sessions::close_all(tx, after.id, None).await?;
        api_tokens::all::delete(tx, after, &by.actor, now).await?;
        let notice = Notice::EmailChanged {
            email: after.email.clone(),
        };
        tell::person(tx, before, &notice, now).await?;
        let entry = of_account(Act::EmailChanged)
            .with(AuditDetailName::EmailBefore, &before.email)
            .with(AuditDetailName::EmailAfter, &after.email);
        audit::record(tx, &by.actor, entry, now).await?;
    }
    let fields = other_fields(before, after);
    if !fields.is_empty() {
        let entry = of_account(Act::UserChanged).with(AuditDetailName::Fields, fields.join(", "));
        audit::record(tx, &by.actor, entry, now).await?;
    }
    Ok(())
}

fn other_fields(before: &user::Model, after: &user::Model) -> Vec<&'static str> {
    let fields = [
        ("full_name", before.full_name != after.full_name),
        ("language", before.language != after.language),
        ("time_zone", before.time_zone != after.time_zone),
        ("city", before.city != after.city),
    ];
    let changed = fields.into_iter().filter(|(_, is_changed)| *is_changed);
    changed.map(|(name, _)| name).collect()
}

/// The account as it is to be.
fn changed(before: &user::Model, change: UserChange) -> Result<user::Model, FieldErrors> {
    let UserChange {
        email,
        full_name,
        role,
        language,
        time_zone,
        city,
    } = change;
    let mut errors = FieldErrors::default();
    let mut after = before.clone();
    if let Some(email) = email
        && let Some(email) = errors.keep("email", Keyed::parse(&email))
    {
        after.email = email.address.as_str().to_owned();
        after.email_key = email.key;
    }
    if let Some(name) = full_name {
        let name = checks::optional_line(&name, FULL_NAME_LIMIT);
        if let Some(name) = errors.keep("full_name", name) {
            after.name_key = name.to_lowercase();
            after.full_name = name;
        }
    }
    if let Some(name) = time_zone
        && errors.keep("time_zone", zone::named(&name)).is_some()
    {
        after.time_zone = name;
    }
    if let Some(city) = city
        && let Some(city) = errors.keep("city", checks::optional_line(&city, CITY_LIMIT))
    {
        after.city = city;
    }
    after.role = role.map_or(after.role, Into::into);
    after.language = language.map_or(after.language, Into::into);
    errors.finish().map(|()| after)
}
