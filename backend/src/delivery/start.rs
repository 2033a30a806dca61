//! Starting a run: everything it needs is copied into it, so that what is changed later changes later runs only.

use chrono::{DateTime, Utc};
use contract::delivery::{EndReason, Trigger};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait as _, Set,
};

use super::entity::delivery;
use super::entity::delivery::State;
use super::entity::run::{self, EndReasonWord, RunStateWord};
use super::ledger::sums;
use crate::accounts::entity as user;
use crate::mailings::entity::{self as mailing, ChannelWord};
use crate::messages::entity as message;
use crate::problem::{ApiError, Taken as _};
use crate::recipients::entity as recipient;

/// Inserts a run of the mailing, and lets what still waits for a retry of its earlier runs be superseded.
/// The caller moves the mailing itself on. 409 while an earlier run has letters that were never tried.
pub async fn start_run(
    tx: &impl ConnectionTrait,
    mailing: &mailing::Model,
    mail_from: &str,
    trigger: Trigger,
    planned_for: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<run::Model, ApiError> {
    if is_in_progress(tx, mailing.id).await? {
        return Err(ApiError::RunInProgress);
    }
    close_runs(tx, mailing.id, EndReason::Superseded).await?;
    let message = match mailing.message_id {
        Some(id) => message::Entity::find_by_id(id).one(tx).await?,
        None => None,
    };
    let message =
        message.ok_or_else(|| ApiError::ours(format!("mailing {} has no message", mailing.id)))?;
    let owner = user::Entity::find_by_id(mailing.owner_id)
        .one(tx)
        .await?
        .ok_or(ApiError::NotFound)?;
    let recipient_through: Option<i64> = recipient::Entity::find()
        .select_only()
        .column_as(recipient::Column::Id.max(), "through")
        .filter(recipient::Column::OwnerId.eq(mailing.owner_id))
        .into_tuple::<Option<i64>>()
        .one(tx)
        .await?
        .flatten();
    let run = run::ActiveModel {
        mailing_id: Set(mailing.id),
        owner_id: Set(mailing.owner_id),
        message_id: Set(Some(message.id)),
        planned_for: Set(planned_for),
        asked_by: Set(trigger.into()),
        state: Set(RunStateWord::Planning),
        title: Set(mailing.title.clone()),
        subject: Set(message.subject),
        body: Set(message.body),
        format: Set(message.format),
        channel: Set(mailing.channel),
        sms_text: Set(message
            .sms_text
            .filter(|_| mailing.channel == ChannelWord::Sms)),
        mail_from: Set(mail_from.to_owned()),
        reply_to: Set(owner.confirmed_at.map(|_| owner.email)),
        on_unknown: Set(mailing.on_unknown),
        ends_at: Set(mailing.ends_at),
        audience_id: Set(mailing.audience_id),
        recipient_through: Set(recipient_through.unwrap_or(0)),
        planned_through: Set(0),
        audience: Set(None),
        close_reason: Set(None),
        started_at: Set(now),
        finished_at: Set(None),
        pruned_at: Set(None),
        pruning: Set(false),
        ..Default::default()
    };
    let run = run.insert(tx).await.taken("planned_for")?;
    sums::add_run(tx, &run).await?;
    Ok(run)
}

/// Is a run being planned, or has one letters that were never tried?
pub async fn is_in_progress(tx: &impl ConnectionTrait, mailing_id: i64) -> Result<bool, ApiError> {
    let open = run::Entity::find()
        .filter(run::Column::MailingId.eq(mailing_id))
        .filter(run::Column::State.ne(RunStateWord::Finished))
        .filter(run::Column::CloseReason.is_null())
        .order_by_asc(run::Column::Id)
        .all(tx)
        .await?;
    for run in open {
        if run.state == RunStateWord::Planning {
            return Ok(true);
        }
        if has_untried(tx, run.id).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// In the order of the queue what was never tried comes before what waits for another try, so that the first one read
/// is one, as long as there is any. One statement: a letter that goes from one state to the other is in one of them.
async fn has_untried(tx: &impl ConnectionTrait, run_id: i64) -> Result<bool, ApiError> {
    let untried = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Id)
        .filter(delivery::Column::RunId.eq(run_id))
        .filter(delivery::Column::Attempts.eq(0))
        .limit(1);
    let queued = untried
        .clone()
        // Written out, for the queue's index.
        .filter(Expr::cust("state = 0"))
        .order_by_asc(delivery::Column::DueAt)
        .order_by_asc(delivery::Column::Id);
    let sending = untried.filter(delivery::Column::State.eq(State::Sending));
    let either = Expr::exists(queued.into_query()).or(Expr::exists(sending.into_query()));
    let either = Query::select().expr_as(either, "untried").to_owned();
    let row = tx.query_one(&either).await?;
    Ok(row.map_or(Ok(false), |row| row.try_get("", "untried"))?)
}

/// Lets the planner skip, step by step, what is still queued of the mailing's open runs.
pub async fn close_runs(
    tx: &impl ConnectionTrait,
    mailing_id: i64,
    reason: EndReason,
) -> Result<(), ApiError> {
    run::Entity::update_many()
        .col_expr(
            run::Column::CloseReason,
            Expr::value(EndReasonWord::from(reason)),
        )
        .filter(run::Column::MailingId.eq(mailing_id))
        .filter(run::Column::State.ne(RunStateWord::Finished))
        .filter(run::Column::CloseReason.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
