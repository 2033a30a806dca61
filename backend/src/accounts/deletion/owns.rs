//! What goes when an account is deleted.

use contract::accounts::profile::GoesWithAccount;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::database::count;
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::messages::entity as message;
use crate::recipients::entity as recipient;

pub async fn of(db: &impl ConnectionTrait, user_id: i64) -> Result<GoesWithAccount, DbErr> {
    let recipients = recipient::Entity::find().filter(recipient::Column::OwnerId.eq(user_id));
    let messages = message::Entity::find().filter(message::Column::OwnerId.eq(user_id));
    let mailings = mailing::Entity::find().filter(mailing::Column::OwnerId.eq(user_id));
    let running = mailings
        .clone()
        .filter(mailing::Column::Status.eq(StatusWord::Running));
    Ok(GoesWithAccount {
        recipients: count::exact(db, recipients).await?,
        messages: count::exact(db, messages).await?,
        mailings: count::exact(db, mailings).await?,
        running_mailings: count::exact(db, running).await?,
    })
}
