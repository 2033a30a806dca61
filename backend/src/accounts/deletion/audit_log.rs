//! The audit log of a deleted account: that something was done stays, the names and addresses go.

use contract::audit::{Act, AuditDetail, AuditDetailName};
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QuerySelect, Set,
};

use super::sweep::STEP;
use crate::audit::entity::{ActWord, ActiveModel, Column, Entity, KindWord};
use crate::problem::ApiError;

/// One step: of what the person did, or of what was done to them and theirs.
pub async fn sweep(tx: &impl ConnectionTrait, user_id: i64) -> Result<u64, ApiError> {
    let name = format!("deleted user {user_id}");
    let as_actor = of_actor(tx, user_id, &name).await?;
    if as_actor > 0 {
        return Ok(as_actor);
    }
    of_owner(tx, user_id, &name).await
}

/// Takes an address out of the invitations that were sent to it: after this nobody knows whose it was.
pub async fn forget_invitations(tx: &impl ConnectionTrait, email: &str) -> Result<(), DbErr> {
    let invitations = [Act::UserInvited, Act::InvitationWithdrawn].map(ActWord::from);
    Entity::update_many()
        .col_expr(Column::ItemTitle, Expr::value(""))
        .filter(Column::Act.is_in(invitations))
        .filter(Column::ItemTitle.eq(email))
        .exec(tx)
        .await?;
    Ok(())
}

async fn of_actor(tx: &impl ConnectionTrait, user_id: i64, name: &str) -> Result<u64, DbErr> {
    let known = Condition::any()
        .add(Column::ActorName.ne(name))
        .add(Column::Client.ne(""));
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ActorId.eq(user_id))
        .filter(known)
        .limit(STEP)
        .into_tuple()
        .all(tx)
        .await?;
    let forgotten = Entity::update_many()
        .col_expr(Column::ActorName, Expr::value(name))
        .col_expr(Column::Client, Expr::value(""))
        .filter(Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(forgotten.rows_affected)
}

async fn of_owner(tx: &impl ConnectionTrait, user_id: i64, name: &str) -> Result<u64, ApiError> {
    let entries: Vec<(i64, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Details])
        .filter(Column::OwnerId.eq(user_id))
        .filter(Column::OwnerName.ne(name))
        .limit(STEP)
        .into_tuple()
        .all(tx)
        .await?;
    for (id, details) in &entries {
        forget_addresses(tx, *id, details).await?;
    }
    // The account itself keeps a name to be told apart by; what was theirs has none.
    let title = CaseStatement::new()
        .case(Column::ItemKind.eq(KindWord::User), name)
        .finally("");
    let forgotten = Entity::update_many()
        .col_expr(Column::OwnerName, Expr::value(name))
        .col_expr(Column::ItemTitle, title.into())
        .filter(Column::Id.is_in(entries.into_iter().map(|(id, _)| id)))
        .exec(tx)
        .await?;
    Ok(forgotten.rows_affected)
}

/// Takes the addresses out of an entry's details.
async fn forget_addresses(
    tx: &impl ConnectionTrait,
    id: i64,
    details: &str,
) -> Result<(), ApiError> {
    let mut kept: Vec<AuditDetail> = serde_json::from_str(details).map_err(ApiError::ours)?;
    let all = kept.len();
    kept.retain(|detail| !is_address(detail.name));
    if kept.len() < all {
        let entry = ActiveModel {
            id: Set(id),
            details: Set(serde_json::to_string(&kept).map_err(ApiError::ours)?),
            ..Default::default()
        };
        entry.update(tx).await?;
    }
    Ok(())
}

fn is_address(name: AuditDetailName) -> bool {
    matches!(
        name,
        AuditDetailName::EmailBefore | AuditDetailName::EmailAfter
    )
}
