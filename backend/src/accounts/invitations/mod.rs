//! Invitations: whom an administrator asks to sign up. Signing up with the address uses the invitation up.

pub mod entity;
pub mod routes;

use chrono::{DateTime, Utc};
use contract::accounts::sign_up::{InvitationView, NewInvitation, SignUp};
use contract::audit::{Act, AuditKind};
use contract::listing::{Owner, Page};
use contract::problem::FieldErrors;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    Set,
};

use self::entity::{ActiveModel, Column, Entity, Model};
use crate::accounts::find;
use crate::accounts::owners::Owners;
use crate::accounts::sign_up::domains;
use crate::address::Keyed;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::database::keyset::{self, ListQuery, Sort};
use crate::http::caller::CurrentUser;
use crate::notices::{self, Addressee, Notice};
use crate::problem::{ApiError, Taken};

const SORTS: [Sort<Column>; 2] = [
    Sort {
        word: "created_at",
        column: Column::CreatedAt,
    },
    Sort {
        word: "email",
        column: Column::EmailKey,
    },
];

/// The invitations that can still be taken.
pub async fn list(app: &App, query: &ListQuery) -> Result<Page<InvitationView>, ApiError> {
    let db = app.database.read();
    let mut open = Entity::find().filter(Column::ExpiresAt.gt(app.clock.now()));
    if let Some(beginning) = &query.search {
        // No address has a NUL, and PostgreSQL takes no text with one.
        let beginning = beginning.trim().to_lowercase().replace('\0', "");
        open = open
            .filter(Column::EmailKey.lt(format!("{beginning}\u{10FFFF}")))
            .filter(Column::EmailKey.gte(beginning));
    }
    let rows = keyset::page(db, open, query, &SORTS, Column::Id).await?;
    let owners = Owners::find(db, rows.rows.iter().map(|row| row.invited_by)).await?;
    Ok(rows.map(|row| {
        let invited_by = owners.of(row.invited_by);
        view(row, invited_by)
    }))
}

/// Invites an address, once more if it was invited before: the letter is sent again and the time begins anew.
pub async fn invite(
    app: &App,
    caller: &CurrentUser,
    new: NewInvitation,
) -> Result<InvitationView, ApiError> {
    let accounts = &app.config.accounts;
    if accounts.sign_up == SignUp::Closed {
        return Err(ApiError::SignUpClosed);
    }
    let wrong = |error| FieldErrors::one("email", error);
    let NewInvitation { email, language } = new;
    let email = Keyed::parse(&email).map_err(wrong)?;
    // It would be of no use.
    domains::check(&accounts.allowed_domains, &email.key).map_err(wrong)?;

    let now = app.clock.now();
    let tx = app.database.write().await?;
    // Held, and the account looked for after it: whoever signs up uses the invitation up.
    let earlier = Entity::find().filter(Column::EmailKey.eq(email.key.as_str()));
    let earlier = earlier.lock_exclusive().one(&tx).await?;
    if find::by_key(&tx, &email.key).await?.is_some() {
        return Err(ApiError::Taken("email"));
    }
    let mut invitation = ActiveModel {
        email: Set(email.address.as_str().to_owned()),
        email_key: Set(email.key),
        language: Set(language.into()),
        invited_by: Set(caller.id),
        created_at: Set(now),
        expires_at: Set(now + accounts.invitation_for),
        ..Default::default()
    };
    let invitation = match earlier {
        Some(earlier) => {
            invitation.id = Set(earlier.id);
            invitation.update(&tx).await?
        }
        None => invitation.insert(&tx).await.taken("email")?,
    };
    let to = Addressee {
        user_id: None,
        address: invitation.email.clone(),
        language,
    };
    let notice = Notice::Invitation {
        invited_by: caller.name().to_owned(),
    };
    notices::tell(&tx, to, &notice, now).await?;
    record(&tx, caller, Act::UserInvited, &invitation, now).await?;
    tx.commit().await?;
    Ok(view(invitation, own(caller)))
}

/// Takes an invitation back.
pub async fn withdraw(app: &App, caller: &CurrentUser, id: i64) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let invitation = Entity::find_by_id(id).one(&tx).await?;
    let invitation = invitation.ok_or(ApiError::NotFound)?;
    let gone = Entity::delete_by_id(id).exec(&tx).await?;
    if gone.rows_affected == 0 {
        return Err(ApiError::NotFound);
    }
    record(&tx, caller, Act::InvitationWithdrawn, &invitation, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Uses up the invitation of the address with this key. Was there one that holds?
pub(super) async fn use_up(
    tx: &impl ConnectionTrait,
    email_key: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let used = Entity::delete_many()
        .filter(Column::EmailKey.eq(email_key))
        .filter(Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

async fn record(
    tx: &impl ConnectionTrait,
    caller: &CurrentUser,
    act: Act,
    invitation: &Model,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    // It is nobody else's: whoever is invited has no account yet.
    let (kind, id, title) = (AuditKind::Invitation, invitation.id, &invitation.email);
    let entry = Entry::of_item(act, own(caller), kind, id, title);
    audit::record(tx, &Actor::from(caller), entry, now).await
}

fn own(caller: &CurrentUser) -> Owner {
    Owner {
        id: caller.id,
        email: caller.email.clone(),
        full_name: caller.full_name.clone(),
    }
}

fn view(invitation: Model, invited_by: Owner) -> InvitationView {
    let Model {
        id,
        email,
        email_key: _,
        language,
        invited_by: _,
        created_at,
        expires_at,
    } = invitation;
    InvitationView {
        id,
        email,
        language: language.into(),
        invited_by: contract::audit::AuditPerson::from(invited_by).name,
        created_at,
        expires_at,
    }
}
