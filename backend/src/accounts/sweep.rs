//! Housekeeping: what has expired goes, a few rows at a time, so that nobody waits long to write.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::deletion;
use super::email_change::entity as email_change;
use super::entity as user;
use super::invitations::entity as invitation;
use super::links::entity as link;
use super::sessions::entity as session;
use crate::app::App;
use crate::database::search;
use crate::problem::ApiError;

/// So many rows go in one transaction.
const STEP: u64 = 200;

/// Takes away sessions, links, changes of address and invitations that have expired, and accounts whose address was
/// not confirmed in time.
pub async fn pass(app: &App) -> Result<(), ApiError> {
    let now = app.clock.now();
    let (id, expiry) = (session::Column::Id, session::Column::ExpiresAt);
    while step::<session::Entity>(app, id, expiry.lte(now)).await? {}
    let (id, expiry) = (link::Column::Id, link::Column::ExpiresAt);
    while step::<link::Entity>(app, id, expiry.lte(now)).await? {}
    let (id, expiry) = (
        email_change::Column::UserId,
        email_change::Column::ExpiresAt,
    );
    while step::<email_change::Entity>(app, id, expiry.lte(now)).await? {}
    let (id, expiry) = (invitation::Column::Id, invitation::Column::ExpiresAt);
    while step::<invitation::Entity>(app, id, expiry.lte(now)).await? {}
    while unconfirmed(app, now).await? {}
    // What is left of many letters goes on with the next pass.
    deletion::sweep::sweep_pass(app).await?;
    Ok(())
}

/// Takes some expired rows away; are there more?
async fn step<E: EntityTrait>(
    app: &App,
    id: E::Column,
    expired: SimpleExpr,
) -> Result<bool, DbErr> {
    let some = Query::select()
        .column(id)
        .from(E::default())
        .and_where(expired.clone())
        .limit(STEP)
        .to_owned();
    let tx = app.database.write().await?;
    let gone = E::delete_many()
        .filter(id.in_subquery(some))
        // Once more: one that was renewed meanwhile stays.
        .filter(expired)
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(gone.rows_affected == STEP)
}

/// Takes some accounts away that nobody confirmed: the address is free again for whom it belongs to.
async fn unconfirmed(app: &App, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let waited = Condition::all()
        .add(user::Column::ConfirmedAt.is_null())
        .add(user::Column::DeletedAt.is_null())
        // With the account its block would go.
        .add(user::Column::BlockedAt.is_null())
        .add(user::Column::CreatedAt.lte(now - app.config.accounts.unconfirmed_for));
    let tx = app.database.write().await?;
    let ids: Vec<i64> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(waited)
        .limit(STEP)
        // One that is being confirmed at this moment is waited for, and then is not among them.
        .lock_exclusive()
        .into_tuple()
        .all(&tx)
        .await?;
    let more = ids.len() as u64 == STEP;
    for id in &ids {
        search::forget(&tx, search::Kind::User, *id).await?;
    }
    user::Entity::delete_many()
        .filter(user::Column::Id.is_in(ids))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(more)
}
