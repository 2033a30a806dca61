//! What the ledger knows of a deleted account's letters: to whom and what goes, that they were sent stays.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::sweep::STEP;
use crate::database::search::{self, Kind};
use crate::delivery::entity::{attempt, delivery, run};

/// One step: of one run some letters, and when none is left, its message.
pub async fn sweep(tx: &impl ConnectionTrait, owner_id: i64) -> Result<u64, DbErr> {
    // No run is without a subject until it was swept.
    let run_id = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(run::Column::OwnerId.eq(owner_id))
        .filter(run::Column::Subject.ne(""))
        .order_by_asc(run::Column::Id)
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    let Some(run_id) = run_id else {
        return Ok(0);
    };
    let letters = with_recipient(tx, run_id).await?;
    if letters.is_empty() {
        empty_run(tx, run_id).await?;
        return Ok(1);
    }
    let (ids, recipients): (Vec<i64>, Vec<i64>) = letters.into_iter().unzip();
    search::forget_all(tx, Kind::FormerAddress, &recipients).await?;
    // Servers repeat the address in their words.
    let nothing = || Expr::value("");
    attempt::Entity::update_many()
        .col_expr(attempt::Column::Email, nothing())
        .col_expr(attempt::Column::FullName, nothing())
        .col_expr(attempt::Column::Response, nothing())
        .filter(attempt::Column::DeliveryId.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    let emptied = delivery::Entity::update_many()
        .col_expr(delivery::Column::RecipientId, Expr::cust("-id"))
        .col_expr(delivery::Column::Email, nothing())
        .col_expr(delivery::Column::FullName, nothing())
        .col_expr(delivery::Column::Phone, Expr::value(None::<String>))
        .col_expr(delivery::Column::Response, Expr::value(None::<String>))
        .filter(delivery::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(emptied.rows_affected)
}

/// Some deliveries of the run that still tell to whom they went, and their recipients. What was emptied has a
/// number below zero for it, so that the index of recipients leads to the rest.
async fn with_recipient(tx: &impl ConnectionTrait, run_id: i64) -> Result<Vec<(i64, i64)>, DbErr> {
    delivery::Entity::find()
        .select_only()
        .columns([delivery::Column::Id, delivery::Column::RecipientId])
        .filter(delivery::Column::RunId.eq(run_id))
        .filter(delivery::Column::RecipientId.gt(0))
        .limit(STEP)
        .into_tuple()
        .all(tx)
        .await
}

async fn empty_run(tx: &impl ConnectionTrait, run_id: i64) -> Result<(), DbErr> {
    let emptied = run::ActiveModel {
        id: Set(run_id),
        title: Set(String::new()),
        subject: Set(String::new()),
        body: Set(String::new()),
        sms_text: Set(None),
        reply_to: Set(None),
        audience_id: Set(None),
        ..Default::default()
    };
    emptied.update(tx).await?;
    Ok(())
}
