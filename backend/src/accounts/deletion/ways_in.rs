//! Everything by which an account is got into, or its person reached: all of it goes at once.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::accounts::api_tokens::entity as api_token;
use crate::accounts::email_change::entity as email_change;
use crate::accounts::invitations::entity as invitation;
use crate::accounts::links::entity as link;
use crate::accounts::phone::entity as phone_check;
use crate::accounts::second_factor::recovery_code_entity as recovery_code;
use crate::accounts::sessions::entity as session;
use crate::notices::entity as notice;

pub async fn close(tx: &impl ConnectionTrait, user_id: i64) -> Result<(), DbErr> {
    delete::<session::Entity>(tx, session::Column::UserId, user_id).await?;
    delete::<api_token::Entity>(tx, api_token::Column::UserId, user_id).await?;
    delete::<link::Entity>(tx, link::Column::UserId, user_id).await?;
    delete::<email_change::Entity>(tx, email_change::Column::UserId, user_id).await?;
    delete::<recovery_code::Entity>(tx, recovery_code::Column::UserId, user_id).await?;
    delete::<phone_check::Entity>(tx, phone_check::Column::UserId, user_id).await?;
    delete::<invitation::Entity>(tx, invitation::Column::InvitedBy, user_id).await?;
    delete::<notice::Entity>(tx, notice::Column::UserId, user_id).await
}

async fn delete<E: EntityTrait>(
    tx: &impl ConnectionTrait,
    whose: E::Column,
    user_id: i64,
) -> Result<(), DbErr> {
    E::delete_many().filter(whose.eq(user_id)).exec(tx).await?;
    Ok(())
}
