//! The row of a server as what the rules are about, and back.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect,
};

use super::MailServer;
use super::breaker::Breaker;
use super::budget::Spent;
use super::entity::{Column, Entity, Model};
use crate::delivery::entity::worker;

/// A server's row, and the time on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub breaker: Breaker,
    pub spent: Spent,
    pub now: DateTime<Utc>,
}

impl Row {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            breaker: Breaker::new(now),
            spent: Spent::nothing(now),
            now,
        }
    }

    pub fn read(server: &MailServer, model: Model) -> Result<Self, DbErr> {
        let Model {
            name: _,
            seen_at,
            state,
            since,
            retry_at,
            openings,
            cause,
            trouble,
            probe_worker_id,
            refused,
            free_at,
            minutes,
            quarters,
        } = model;
        Ok(Self {
            breaker: Breaker {
                state: state.into(),
                since,
                retry_at,
                openings: u32::try_from(openings).unwrap_or(u32::MAX),
                cause: cause.map(Into::into),
                trouble,
                probe_worker_id,
                refused: from_json(&refused)?,
            },
            spent: Spent {
                free_at,
                minutes: from_json(&minutes)?,
                quarters: from_json(&quarters)?,
            },
            now: server.clock.now_after(seen_at),
        })
    }

    fn into_model(self, name: &str) -> Result<Model, DbErr> {
        let Self {
            breaker,
            spent,
            now,
        } = self;
        let Breaker {
            state,
            since,
            retry_at,
            openings,
            cause,
            trouble,
            probe_worker_id,
            refused,
        } = breaker;
        let Spent {
            free_at,
            minutes,
            quarters,
        } = spent;
        Ok(Model {
            name: name.to_owned(),
            seen_at: now,
            state: state.into(),
            since,
            retry_at,
            openings: i64::from(openings),
            cause: cause.map(Into::into),
            trouble,
            probe_worker_id,
            refused: to_json(&refused)?,
            free_at,
            minutes: to_json(&minutes)?,
            quarters: to_json(&quarters)?,
        })
    }
}

/// Looks at the row without holding it; none if the server was never used.
pub async fn look(db: &impl ConnectionTrait, server: &MailServer) -> Result<Option<Row>, DbErr> {
    let model = Entity::find_by_id(server.name.as_str()).one(db).await?;
    model.map(|model| Row::read(server, model)).transpose()
}

/// Holds the row until the transaction ends. On SQLite a writing transaction holds everything.
pub async fn hold(tx: &impl ConnectionTrait, server: &MailServer) -> Result<Row, DbErr> {
    if let Some(model) = held(tx, server).await? {
        return Row::read(server, model);
    }
    let first = Row::new(server.clock.now()).into_model(&server.name)?;
    // Of several workers that come first, one makes the row.
    Entity::insert(first.into_active_model())
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    match held(tx, server).await? {
        Some(model) => Row::read(server, model),
        None => Err(DbErr::RecordNotFound(server.name.clone())),
    }
}

/// Writes back a row that is held.
pub async fn write(tx: &impl ConnectionTrait, server: &MailServer, row: Row) -> Result<(), DbErr> {
    let model = row.into_model(&server.name)?.into_active_model();
    Entity::update(model.reset_all()).exec(tx).await?;
    Ok(())
}

/// Is the worker that tries the server still among the workers? One that died or left tries nothing any more.
pub async fn prober_lives(db: &impl ConnectionTrait, breaker: &Breaker) -> Result<bool, DbErr> {
    let Some(id) = breaker.probe_worker_id else {
        return Ok(false);
    };
    let worker = worker::Entity::find_by_id(id)
        .filter(worker::Column::TakenOver.eq(false))
        .one(db)
        .await?;
    Ok(worker.is_some())
}

async fn held(tx: &impl ConnectionTrait, server: &MailServer) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(server.name.as_str())
        .lock_exclusive()
        .one(tx)
        .await
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))
}

fn to_json(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}
