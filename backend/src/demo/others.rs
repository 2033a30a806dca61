//! People at the edge of the company: one who is blocked, one who has not confirmed their address, one who is invited.

use chrono::{DateTime, TimeDelta, Utc};
use contract::accounts::Language;
use contract::audit::{Act, AuditDetailName};
use contract::permissions::Role;
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};

use super::people::Staff;
use crate::accounts::entity::{self as user, LanguageWord};
use crate::accounts::invitations::entity as invitation;
use crate::accounts::make::{self, Account, NewUser};
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::config::Secret;
use crate::problem::ApiError;

const INVITED: &str = "nina@ladoga.example";
const REASON: &str = "Рассылал письма людям, которые на них не подписывались";

/// Their accounts with passwords hashed, which takes a while.
pub struct Others {
    blocked: Account,
    unconfirmed: Account,
}

pub async fn prepare(app: &App) -> Result<Others, ApiError> {
    let account = |full_name: &str, email: &str, language| NewUser {
        email: email.to_owned(),
        full_name: full_name.to_owned(),
        role: Role::User,
        password: Some(Secret::new("golub-demo-user")),
        language,
        time_zone: "Europe/Moscow".to_owned(),
        city: String::new(),
    };
    let blocked = account("Олег Панин", "oleg@ladoga.example", Language::Ru);
    let unconfirmed = account("Grace Miller", "grace@ladoga.example", Language::En);
    Ok(Others {
        blocked: make::prepare_for_all_to_use(app, blocked).await?,
        unconfirmed: make::prepare_for_all_to_use(app, unconfirmed).await?,
    })
}

pub async fn insert(
    tx: &impl ConnectionTrait,
    others: Others,
    staff: &Staff,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let Others {
        blocked,
        unconfirmed,
    } = others;
    let oleg = make::insert(tx, blocked, now - TimeDelta::days(64)).await?;
    block(tx, oleg, staff.manager(), now - TimeDelta::days(9)).await?;
    make::insert_unconfirmed(tx, unconfirmed, now - TimeDelta::hours(20)).await?;
    let nina = invitation::ActiveModel {
        email: Set(INVITED.to_owned()),
        email_key: Set(INVITED.to_owned()),
        language: Set(LanguageWord::Ru),
        invited_by: Set(staff.admin().id),
        created_at: Set(now - TimeDelta::days(1)),
        expires_at: Set(now + TimeDelta::days(6)),
        ..Default::default()
    };
    nina.insert(tx).await?;
    Ok(())
}

async fn block(
    tx: &impl ConnectionTrait,
    person: user::Model,
    manager: &user::Model,
    at: DateTime<Utc>,
) -> Result<(), ApiError> {
    let entry = Entry::of_account(Act::UserBlocked, person.clone().into())
        .with(AuditDetailName::Reason, REASON);
    let by = Actor {
        id: Some(manager.id),
        name: manager.name().to_owned(),
        client: "192.0.2.14".to_owned(),
        api_token: None,
    };
    audit::record(tx, &by, entry, at).await?;
    let blocked = user::ActiveModel {
        id: Set(person.id),
        blocked_at: Set(Some(at)),
        block_reason: Set(Some(REASON.to_owned())),
        blocked_by: Set(Some(by.name)),
        version: Set(person.version + 1),
        updated_at: Set(at),
        ..Default::default()
    };
    blocked.update(tx).await?;
    Ok(())
}
