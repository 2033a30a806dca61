//! How many rows there are, told exactly: for what is small, or counted through an index.

use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect, Select};

pub async fn exact<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: Select<E>,
) -> Result<u64, DbErr> {
    let count: Option<i64> = select
        .select_only()
        .expr_as(Expr::cust("COUNT(*)"), "rows")
        .into_tuple()
        .one(db)
        .await?;
    Ok(count
        .and_then(|count| u64::try_from(count).ok())
        .unwrap_or(0))
}
