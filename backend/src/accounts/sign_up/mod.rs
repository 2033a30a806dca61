//! Signing up: an account, and the letter that confirms its address.
//!
//! The answer is the same whether the address has an account or not, and so is the work: the password is weighed and
//! hashed in every case, and one transaction written. What there is to say, the letter says, to whom it concerns.

mod confirmation;
pub mod domains;
pub mod routes;

use chrono::{DateTime, Utc};
use contract::accounts::sign_up::{Registration, SignUp};
use contract::permissions::Role;
use contract::problem::FieldErrors;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::invitations;
use crate::accounts::limits;
use crate::accounts::links::{self, Purpose};
use crate::accounts::make::{self, Account, NewUser};
use crate::app::App;
use crate::config::Secret;
use crate::http::client::Client;
use crate::limits::take;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// Takes somebody's wish for an account.
pub async fn register(
    app: &App,
    registration: Registration,
    client: &Client,
) -> Result<(), ApiError> {
    if app.config.accounts.sign_up == SignUp::Closed {
        return Err(ApiError::SignUpClosed);
    }
    let Registration {
        email,
        password,
        full_name,
        language,
        time_zone,
    } = registration;
    let (account, password) = make::check(NewUser {
        email,
        full_name,
        role: Role::User,
        password: Some(Secret::new(password)),
        language,
        time_zone,
        city: String::new(),
    })?;
    domains::check(&app.config.accounts.allowed_domains, account.email_key())
        .map_err(|error| FieldErrors::one("email", error))?;
    limits::by_client(app, limits::REGISTER_CLIENT, client).await?;
    let account = make::with_password(app, account, password).await?;
    // Only now: a password that is too weak sends no letter, and so takes none of the address's tries.
    take(app, &[(limits::REGISTER_ADDRESS, account.email_key())]).await?;
    match write(app, &account).await {
        // Somebody signed up with the same address, or confirmed it, at the same moment: now the account stands.
        Err(ApiError::Taken(_)) => write(app, &account).await,
        written => written,
    }
}

/// The account whose confirmation was asked for again, and the new link; none where there is no such account, or it
/// is confirmed already, or blocked. The letter goes to the account's address, not to the one that was typed. It is
/// asked when the letter is written, for the reason that [`crate::accounts::passwords::reset::resolve`] gives.
///
/// Where somebody signed up with the address more than once, the link chooses a password: whose the first one was
/// nobody knows.
pub async fn resolve_again(
    app: &App,
    tx: &impl ConnectionTrait,
    typed: &str,
) -> Result<Option<(user::Model, links::Model)>, ApiError> {
    let user = find::by_email(tx, typed).await?;
    let Some(user) = user.filter(waits_to_be_confirmed) else {
        return Ok(None);
    };
    let (works_for, now) = (app.config.accounts.confirm_for, app.clock.now());
    let purpose = if user.password_hash.is_empty() {
        Purpose::Password
    } else {
        Purpose::Confirm
    };
    let link = links::make(tx, user.id, purpose, None, works_for, now).await?;
    Ok(Some((user, link)))
}

/// Marks an account as confirmed, if it was not.
pub(super) async fn confirmed(
    tx: &impl ConnectionTrait,
    user_id: i64,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = user::Entity::update_many()
        .col_expr(user::Column::ConfirmedAt, Expr::value(Some(now)))
        .col_expr(user::Column::UpdatedAt, Expr::value(now))
        .col_expr(
            user::Column::Version,
            Expr::col(user::Column::Version).add(1),
        )
        .filter(user::Column::Id.eq(user_id))
        .filter(user::Column::ConfirmedAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Makes the account if there is none, and tells the address what there is to tell.
async fn write(app: &App, account: &Account) -> Result<(), ApiError> {
    let accounts = &app.config.accounts;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let invited = invitations::use_up(&tx, account.email_key(), now).await?;
    let may_sign_up = invited || accounts.sign_up == SignUp::Open;
    match find::by_key(&tx, account.email_key()).await? {
        None if may_sign_up => {
            let user = make::insert_unconfirmed(&tx, account.clone(), now).await?;
            let works_for = accounts.confirm_for;
            let link = links::make(&tx, user.id, Purpose::Confirm, None, works_for, now).await?;
            let notice = Notice::ConfirmAddress { link_id: link.id };
            notices::tell(&tx, Addressee::from(&user), &notice, now).await?;
        }
        // Who was not invited hears the same, and gets nothing.
        None => {}
        // Of two who signed up with one address, nobody knows whose it is. So neither's password is taken: whoever
        // reads the letter chooses a new one, and the link that would confirm the first works no more.
        Some(user) if waits_to_be_confirmed(&user) => {
            // Whoever confirms takes the link first, and so is done by the time that it is forgotten here.
            links::forget(&tx, user.id, Purpose::Confirm).await?;
            let without_password = user::Entity::update_many()
                .col_expr(user::Column::PasswordHash, Expr::value(""))
                .filter(user::Column::Id.eq(user.id))
                .filter(user::Column::ConfirmedAt.is_null())
                .exec(&tx)
                .await?;
            if without_password.rows_affected == 0 {
                return Err(ApiError::Taken("email"));
            }
            let works_for = accounts.confirm_for;
            let link = links::make(&tx, user.id, Purpose::Password, None, works_for, now).await?;
            let notice = Notice::SignUpAgain { link_id: link.id };
            notices::tell(&tx, Addressee::from(&user), &notice, now).await?;
        }
        Some(user) => {
            notices::tell(&tx, Addressee::from(&user), &Notice::AlreadySignedUp, now).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

fn waits_to_be_confirmed(user: &user::Model) -> bool {
    user.confirmed_at.is_none() && user.blocked_at.is_none() && user.deleted_at.is_none()
}
