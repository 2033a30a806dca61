//! Where one is signed in: the list of one's sessions, and ending them.

use contract::accounts::sessions::SessionView;
use contract::audit::{Act, AuditDetailName};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{Column, Entity, Model};
use crate::accounts::sessions;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

/// One's sessions, the one used last first.
pub async fn list(app: &App, caller: &CurrentUser) -> Result<Vec<SessionView>, ApiError> {
    let sessions = Entity::find()
        .filter(Column::UserId.eq(caller.id))
        .filter(Column::ExpiresAt.gt(app.clock.now()))
        .order_by_desc(Column::RotatedAt)
        .order_by_desc(Column::Id)
        .all(app.database.read())
        .await?;
    let current = caller.session_id();
    Ok(sessions
        .into_iter()
        .map(|session| view(session, current))
        .collect())
}

/// Ends one of one's sessions.
pub async fn end(app: &App, caller: &CurrentUser, id: i64) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let ended = Entity::delete_many()
        .filter(Column::UserId.eq(caller.id))
        .filter(Column::Id.eq(id))
        .exec(&tx)
        .await?;
    if ended.rows_affected == 0 {
        return Err(ApiError::NotFound);
    }
    audit::record(
        &tx,
        &Actor::from(caller),
        ended_so_many(caller, 1),
        app.clock.now(),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all of one's sessions but the one that asks.
pub async fn end_others(app: &App, caller: &CurrentUser) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let ended = sessions::close_all(&tx, caller.id, caller.session_id()).await?;
    if ended > 0 {
        let entry = ended_so_many(caller, ended);
        audit::record(&tx, &Actor::from(caller), entry, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn ended_so_many(caller: &CurrentUser, count: u64) -> Entry {
    Entry::of_account(Act::SessionsEnded, caller.into())
        .with(AuditDetailName::Sessions, count.to_string())
}

fn view(session: Model, current: Option<i64>) -> SessionView {
    let Model {
        id,
        user_id: _,
        secret: _,
        generation: _,
        rotated_at,
        created_at,
        expires_at,
        client,
        user_agent,
        proved_at: _,
    } = session;
    SessionView {
        id,
        current: current == Some(id),
        client,
        user_agent,
        created_at,
        last_used_at: rotated_at,
        expires_at,
    }
}
