//! What a worker has taken from the queue: its letters leave in ascending delivery id, up to `begun_through`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claims")]
pub struct Model {
    /// Made by the worker, so that it knows the claim is its own even when the database's answer was lost.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub worker_id: i64,
    pub run_id: i64,
    /// Deliveries up to this id may have left, those above have not.
    pub begun_through: i64,
    /// Another worker took it over: nothing more may be begun.
    pub taken: bool,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
