//! One number that moves on whenever letters may have to be taken back: stop, pause, block, delete.
//!
//! A sender that sees it unchanged when it begins letters need not look at each of them again.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, DbErr, entity::prelude::*};

const ONLY_ROW: i64 = 1;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub number: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Moves the number on, in the transaction that takes letters back.
pub async fn bump(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Number, Expr::col(Column::Number).add(1))
        .filter(Column::Id.eq(ONLY_ROW))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn current(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let row = Entity::find_by_id(ONLY_ROW).one(db).await?;
    row.map(|row| row.number)
        .ok_or_else(|| DbErr::RecordNotFound("rules".to_owned()))
}
