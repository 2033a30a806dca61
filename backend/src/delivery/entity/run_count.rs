//! How many deliveries of a run stand in a state, as one worker has changed it. The sum over workers is the count.

use sea_orm::entity::prelude::*;

use super::delivery::State;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "run_counts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub state: State,
    pub count: i64,
}

impl ActiveModelBehavior for ActiveModel {}
