//! A change of address, confirmed at both: the present one lets it go, the new one shows that it is read.
//!
//! Whether the new address has an account already is told to nobody but that account. The change is then asked for
//! and answered as any other; it only never comes to its end, since the letter with the second link is not sent.

pub mod entity;
pub mod routes;

use chrono::{DateTime, Utc};
use contract::accounts::profile::{EmailChange, EmailChangeView};
use contract::audit::{Act, AuditDetailName};
use contract::permissions::Role;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    Set,
};

use self::entity as email_change;
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::limits;
use crate::accounts::links::{self, Purpose};
use crate::accounts::sign_up::domains;
use crate::address::Keyed;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::http::caller::CurrentUser;
use crate::http::client::Client;
use crate::notices::{self, Addressee, Notice};
use crate::problem::{ApiError, Taken};

/// Asks both addresses. An earlier change that did not come to its end is given up.
pub async fn ask(
    app: &App,
    caller: &CurrentUser,
    change: EmailChange,
) -> Result<EmailChangeView, ApiError> {
    let wrong = |error| FieldErrors::one("email", error);
    let EmailChange { email } = change;
    let email = Keyed::parse(&email).map_err(wrong)?;
    // Staff are made by administrators, who know what addresses they use.
    if caller.role == Role::User {
        domains::check(&app.config.accounts.allowed_domains, &email.key).map_err(wrong)?;
    }
    limits::by_person(app, limits::EMAIL_CHANGE, caller.id).await?;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    // Held: of two changes that are asked for at once the second one gives up the first.
    let user = user::Entity::find_by_id(caller.id).lock_exclusive();
    let user = user.one(&tx).await?.ok_or(ApiError::SignedOut)?;
    if user.email_key == email.key {
        let error = FieldError::new(FieldCode::Taken, "is your address already");
        return Err(wrong(error).into());
    }
    let change = begin(app, &tx, &user, email, now).await?;
    tx.commit().await?;
    Ok(view(change))
}

/// The caller's change that is under way.
pub async fn read(app: &App, caller: &CurrentUser) -> Result<EmailChangeView, ApiError> {
    let found = find(app.database.read(), caller.id, app.clock.now()).await?;
    found.map(view).ok_or(ApiError::NotFound)
}

/// Gives the caller's change up, if there is one.
pub async fn give_up(app: &App, caller: &CurrentUser) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    forget(&tx, caller.id).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the link of one of the two letters. The second one changes the address.
pub async fn confirm(app: &App, token: &str, client: &Client) -> Result<EmailChangeView, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let present = links::take(&tx, &app.tokens, Purpose::EmailPresent, token, now).await;
    let (link, column) = match present {
        Ok(link) => (link, email_change::Column::PresentConfirmedAt),
        Err(ApiError::LinkExpired) => {
            let new = links::take(&tx, &app.tokens, Purpose::EmailNew, token, now).await?;
            (new, email_change::Column::NewConfirmedAt)
        }
        Err(error) => return Err(error),
    };
    // Written before it is read: of two links taken at once, the second waits here and then sees the first.
    email_change::Entity::update_many()
        .col_expr(column, Expr::value(Some(now)))
        .filter(email_change::Column::UserId.eq(link.user_id))
        .exec(&tx)
        .await?;
    let change = find(&tx, link.user_id, now).await?;
    let change = change.ok_or(ApiError::LinkExpired)?;
    if change.present_confirmed_at.is_some() && change.new_confirmed_at.is_some() {
        finish(&tx, &change, client, now).await?;
    }
    tx.commit().await?;
    Ok(view(change))
}

/// Gives up the change of an account's address: nothing in letters that were sent works any more.
pub async fn forget(tx: &impl ConnectionTrait, user_id: i64) -> Result<(), DbErr> {
    links::forget(tx, user_id, Purpose::EmailPresent).await?;
    links::forget(tx, user_id, Purpose::EmailNew).await?;
    email_change::Entity::delete_by_id(user_id).exec(tx).await?;
    Ok(())
}

async fn begin(
    app: &App,
    tx: &impl ConnectionTrait,
    user: &user::Model,
    email: Keyed,
    now: DateTime<Utc>,
) -> Result<email_change::Model, ApiError> {
    let works_for = app.config.accounts.confirm_for;
    let taken_by = find::by_key(tx, &email.key).await?;
    forget(tx, user.id).await?;
    let change = email_change::ActiveModel {
        user_id: Set(user.id),
        email: Set(email.address.as_str().to_owned()),
        email_key: Set(email.key),
        present_confirmed_at: Set(None),
        new_confirmed_at: Set(None),
        created_at: Set(now),
        expires_at: Set(now + works_for),
    };
    let change = change.insert(tx).await?;
    let to = || Some(change.email.clone());
    let link = links::make(tx, user.id, Purpose::EmailPresent, to(), works_for, now).await?;
    let notice = Notice::EmailChangePresent { link_id: link.id };
    notices::tell(tx, Addressee::from(user), &notice, now).await?;

    let link = links::make(tx, user.id, Purpose::EmailNew, to(), works_for, now).await?;
    let (addressee, notice) = match taken_by {
        Some(other) => (Addressee::from(&other), Notice::AlreadySignedUp),
        None => {
            let new = Addressee {
                address: change.email.clone(),
                ..Addressee::from(user)
            };
            (new, Notice::EmailChangeNew { link_id: link.id })
        }
    };
    notices::tell(tx, addressee, &notice, now).await?;
    Ok(change)
}

/// Gives the account its new address. Where somebody was quicker with it, nothing is changed.
async fn finish(
    tx: &impl ConnectionTrait,
    change: &email_change::Model,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let former = user::Entity::find_by_id(change.user_id).lock_exclusive();
    let former = former.one(tx).await?;
    let former = former.filter(|user| user.deleted_at.is_none());
    let former = former.ok_or(ApiError::LinkExpired)?;
    let changed = user::ActiveModel {
        id: Set(former.id),
        email: Set(change.email.clone()),
        email_key: Set(change.email_key.clone()),
        version: Set(former.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    let changed = changed.update(tx).await.taken("email")?;
    find::index(tx, &changed).await?;
    forget(tx, changed.id).await?;
    // They were sent to an address that is the account's no more.
    links::forget(tx, changed.id, Purpose::Password).await?;
    links::forget(tx, changed.id, Purpose::Confirm).await?;
    let notice = Notice::EmailChanged {
        email: changed.email.clone(),
    };
    notices::tell(tx, Addressee::from(&former), &notice, now).await?;
    let actor = Actor::account(&changed, &client.address);
    let entry = Entry::of_account(Act::EmailChanged, changed.clone().into())
        .with(AuditDetailName::EmailBefore, former.email)
        .with(AuditDetailName::EmailAfter, changed.email);
    audit::record(tx, &actor, entry, now).await
}

async fn find(
    db: &impl ConnectionTrait,
    user_id: i64,
    now: DateTime<Utc>,
) -> Result<Option<email_change::Model>, DbErr> {
    email_change::Entity::find_by_id(user_id)
        .filter(email_change::Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

fn view(change: email_change::Model) -> EmailChangeView {
    let email_change::Model {
        user_id: _,
        email,
        email_key: _,
        present_confirmed_at,
        new_confirmed_at,
        created_at: _,
        expires_at: _,
    } = change;
    EmailChangeView {
        email,
        present_confirmed: present_confirmed_at.is_some(),
        new_confirmed: new_confirmed_at.is_some(),
    }
}
