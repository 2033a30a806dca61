//! Sending again what failed of a mailing's latest run, also after the mailing is completed: a one-off completes with
//! its last letter. The run goes on; the mailing stays completed, since nothing new is planned.
//!
//! The wish is written to the run, and the planner queues the letters in steps. Asking twice changes nothing, and
//! another wish joins the one that is being carried out.

use chrono::{DateTime, Utc};
use contract::audit::Act;
use contract::mailings::{Retried, RetryMailing};
use contract::permissions::Permission;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, Set,
};

use super::entity::Model;
use super::service::{find_visible_for, hold_for};
use super::{acts, life};
use crate::accounts::entity as user;
use crate::app::App;
use crate::delivery::entity::run::{self, EndReasonWord, RunStateWord};
use crate::delivery::ledger::send_again::count;
use crate::delivery::send_again::SendAgain;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

pub async fn send_again(
    app: &App,
    user: &CurrentUser,
    id: i64,
    asked: RetryMailing,
) -> Result<Retried, ApiError> {
    asked.check()?;
    let RetryMailing {
        classes,
        unknown,
        run_id,
    } = asked;
    let again = SendAgain::new(classes.as_deref(), unknown);
    let now = app.clock.now();
    let db = app.database.read();
    let mailing = find_visible_for(db, user, id, Permission::SendAnyMailing).await?;
    let latest = latest_run(id).one(db).await?;
    let owner = owner_of(&mailing).one(db).await?;
    may_go_on(db, (&mailing, owner), latest.as_ref(), run_id, now).await?;
    // Of a run whose letters are deleted for their age there is nothing left to send.
    let Some(latest) = latest.filter(|run| run.pruned_at.is_none()) else {
        return Ok(Retried::default());
    };
    // A million letters take a moment to count: not in the transaction, which others wait for.
    let found = count(db, latest.id, again).await?;
    let retried = Retried {
        run_ids: Vec::new(),
        queued: u64::try_from(found.welcome).unwrap_or_default(),
        left_out: u64::try_from(found.asked - found.welcome).unwrap_or_default(),
    };
    if retried.queued == 0 {
        return Ok(retried);
    }

    let tx = app.database.write().await?;
    // Everything is looked at again: it may have been changed since. The owner is held, too, and first, as by who
    // deletes the account: a run that began again behind that would never end.
    let owner = owner_of(&mailing).lock_shared().one(&tx).await?;
    let mailing = hold_for(&tx, user, id, Permission::SendAnyMailing).await?;
    let run = latest_run(id).lock_exclusive().one(&tx).await?;
    may_go_on(&tx, (&mailing, owner), run.as_ref(), Some(latest.id), now).await?;
    let Some(run) = run.filter(|run| run.pruned_at.is_none()) else {
        return Ok(Retried::default());
    };
    let run_id = run.id;
    reopen(&tx, run, again, now).await?;
    acts::record(&tx, user, Act::MailingRetried, &mailing, None, now).await?;
    tx.commit().await?;
    Ok(Retried {
        run_ids: vec![run_id],
        ..retried
    })
}

fn owner_of(mailing: &Model) -> Select<user::Entity> {
    user::Entity::find_by_id(mailing.owner_id)
}

fn latest_run(mailing_id: i64) -> Select<run::Entity> {
    run::Entity::find()
        .filter(run::Column::MailingId.eq(mailing_id))
        .order_by_desc(run::Column::Id)
        .limit(1)
}

/// Whether the latest run may go on, and is the one that was meant.
async fn may_go_on(
    tx: &impl ConnectionTrait,
    (mailing, owner): (&Model, Option<user::Model>),
    latest: Option<&run::Model>,
    meant: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    if let Some(meant) = meant
        && latest.is_none_or(|latest| latest.id != meant)
    {
        let there = run::Entity::find_by_id(meant)
            .filter(run::Column::MailingId.eq(mailing.id))
            .one(tx)
            .await?;
        return Err(match there {
            Some(_) => ApiError::RunSuperseded,
            None => no_such_run(),
        });
    }
    let over = |ends_at: Option<DateTime<Utc>>| ends_at.is_some_and(|ends_at| ends_at <= now);
    let run_is_over = latest.is_some_and(|run| over(run.ends_at));
    if mailing.stopped_at.is_some() || over(mailing.ends_at) || run_is_over {
        return Err(ApiError::MailingCompleted);
    }
    life::not_paused(mailing)?;
    match latest.and_then(|run| run.close_reason) {
        None => {}
        Some(EndReasonWord::Superseded) => return Err(ApiError::RunSuperseded),
        Some(_) => return Err(ApiError::MailingCompleted),
    }
    if owner.is_none_or(|owner| owner.is_out()) {
        return Err(ApiError::OwnerBlocked);
    }
    Ok(())
}

async fn reopen(
    tx: &impl ConnectionTrait,
    run: run::Model,
    again: SendAgain,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let is_finished = run.state == RunStateWord::Finished;
    let wanted = run
        .retry_wanted
        .map_or(again, |earlier| SendAgain::of_column(earlier).and(again));
    let mut run = run.into_active_model();
    if is_finished {
        run.state = Set(RunStateWord::Sending);
        run.finished_at = Set(None);
    }
    run.retry_wanted = Set(Some(wanted.column()));
    run.retry_through = Set(0);
    run.retried_at = Set(Some(now));
    run.update(tx).await?;
    Ok(())
}

fn no_such_run() -> ApiError {
    let error = FieldError::new(FieldCode::UnknownReference, "the mailing has no such run");
    ApiError::Invalid(FieldErrors::one("run_id", error))
}
