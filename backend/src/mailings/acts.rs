//! What one does with a mailing beside changing it: send now, pause, resume, stop, duplicate.

use chrono::{DateTime, TimeDelta, Utc};
use contract::audit::{Act, AuditDetailName};
use contract::delivery::{EndReason, RunView, Trigger};
use contract::mailings::StopMailing;
use contract::permissions::Permission;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::entity::{ActiveModel, Model, StatusWord};
use super::schedule::Calendar;
use super::service::{self, hold, hold_for};
use super::views::{self, Versioned};
use super::{last_runs, life};
use crate::accounts::entity as user;
use crate::app::App;
use crate::audit;
use crate::database::Write;
use crate::delivery::entity::run;
use crate::delivery::rules;
use crate::delivery::start::{close_runs, start_run};
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

/// Starts a run now, whatever the schedule says.
pub async fn send(
    app: &App,
    user: &CurrentUser,
    id: i64,
    trigger: Trigger,
) -> Result<RunView, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let mailing = hold_for(&tx, user, id, Permission::SendAnyMailing).await?;
    start_by_hand(app, &tx, mailing.clone(), trigger, now).await?;
    record(&tx, user, Act::MailingSent, &mailing, None, now).await?;
    let last = last_runs::find(&tx, [id]).await?.remove(&id);
    tx.commit().await?;
    last.and_then(|last| last.run)
        .ok_or_else(|| ApiError::ours("a run is gone that was just made"))
}

/// Starts a run of a mailing that is held by this transaction, if it may be sent.
pub async fn start_by_hand(
    app: &App,
    tx: &impl ConnectionTrait,
    mailing: Model,
    trigger: Trigger,
    now: DateTime<Utc>,
) -> Result<run::Model, ApiError> {
    life::not_completed(&mailing, now)?;
    life::not_paused(&mailing)?;
    if mailing.message_id.is_none() {
        return Err(no_message());
    }
    let owner = user::Entity::find_by_id(mailing.owner_id).one(tx).await?;
    if owner.is_none_or(|owner| owner.is_out()) {
        return Err(ApiError::OwnerBlocked);
    }
    let planned_for = free_instant(tx, mailing.id, now).await?;
    let mail_from = app.config.mail.from.to_string();
    let run = start_run(tx, &mailing, &mail_from, trigger, planned_for, now).await?;
    let first_run_at = mailing.first_run_at.unwrap_or(now);
    let mut running = mailing.into_active_model();
    running.status = Set(StatusWord::Running);
    running.first_run_at = Set(Some(first_run_at));
    running.update(tx).await?;
    Ok(run)
}

/// Holds a mailing back: nothing of it is sent until it is resumed.
pub async fn pause(app: &App, user: &CurrentUser, id: i64) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let mailing = hold(&tx, user, id).await?;
    life::not_completed(&mailing, now)?;
    life::not_paused(&mailing)?;
    let paused = ActiveModel {
        status: Set(StatusWord::Paused),
        next_run_at: Set(None),
        ..touched(&mailing, now)
    };
    record(&tx, user, Act::MailingPaused, &mailing, None, now).await?;
    finish(tx, paused).await
}

/// Lets a paused mailing go on. What it missed meanwhile is not made up.
pub async fn resume(app: &App, user: &CurrentUser, id: i64) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let mailing = hold(&tx, user, id).await?;
    life::not_completed(&mailing, now)?;
    if mailing.status != StatusWord::Paused {
        return Err(ApiError::MailingNotPaused);
    }
    let calendar = Calendar::new(&mailing.schedule()?)?;
    let has_run = mailing.first_run_at.is_some();
    let resumed = ActiveModel {
        status: Set(life::at_large(has_run).into()),
        next_run_at: Set(calendar.first_after(now)),
        ..touched(&mailing, now)
    };
    record(&tx, user, Act::MailingResumed, &mailing, None, now).await?;
    finish(tx, resumed).await
}

/// Completes a mailing for good. What is still queued of it is skipped.
pub async fn stop(
    app: &App,
    user: &CurrentUser,
    id: i64,
    stop: StopMailing,
) -> Result<Versioned, ApiError> {
    let reason = stop.check()?;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let mailing = hold_for(&tx, user, id, Permission::StopAnyMailing).await?;
    life::not_completed(&mailing, now)?;
    close_runs(&tx, id, EndReason::Stopped).await?;
    record(&tx, user, Act::MailingStopped, &mailing, Some(&reason), now).await?;
    let stopped = ActiveModel {
        status: Set(StatusWord::Completed),
        next_run_at: Set(None),
        stopped_at: Set(Some(now)),
        stopped_by: Set(Some(user.name().to_owned())),
        stop_reason: Set(Some(reason)),
        completed_at: Set(Some(now)),
        ..touched(&mailing, now)
    };
    finish(tx, stopped).await
}

/// Makes a paused copy: nothing of it is sent before somebody has looked at it. An end that has passed is left out.
pub async fn duplicate(app: &App, user: &CurrentUser, id: i64) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    // Held: while it has its audience, nobody takes that away as one that nothing uses.
    let original = hold(&tx, user, id).await?;
    let message_id = original.message_id.ok_or_else(no_message)?;
    let Model {
        id: _,
        owner_id,
        title,
        title_key,
        message_id: _,
        audience_id,
        channel,
        starts_at,
        ends_at,
        time_zone,
        recurrence,
        on_unknown,
        status: _,
        next_run_at: _,
        next_run_key: _,
        first_run_at: _,
        stopped_at: _,
        stopped_by: _,
        stop_reason: _,
        completed_at: _,
        version: _,
        created_at: _,
        updated_at: _,
    } = original;
    let copy = ActiveModel {
        title: Set(title),
        title_key: Set(title_key),
        // An audience never changes: both can have the same.
        audience_id: Set(audience_id),
        starts_at: Set(starts_at),
        ends_at: Set(ends_at.filter(|ends_at| *ends_at > now)),
        time_zone: Set(time_zone),
        recurrence: Set(recurrence),
        on_unknown: Set(on_unknown),
        status: Set(StatusWord::Paused),
        ..Default::default()
    };
    let copy = service::insert(&tx, owner_id, (message_id, channel.into()), copy, now).await?;
    record(&tx, user, Act::MailingCreated, &copy, None, now).await?;
    let answer = views::one(&tx, copy).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Writes down an act upon somebody else's mailing.
pub(super) async fn record(
    tx: &impl ConnectionTrait,
    user: &CurrentUser,
    act: Act,
    mailing: &Model,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    audit::record_upon_others(tx, user, mailing.owner_id, now, |owner| {
        let entry = service::entry(act, owner, mailing);
        match reason {
            Some(reason) if !reason.is_empty() => entry.with(AuditDetailName::Reason, reason),
            _ => entry,
        }
    })
    .await
}

/// The row to update, with what every act changes.
fn touched(mailing: &Model, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: Set(mailing.id),
        version: Set(mailing.version + 1),
        updated_at: Set(now),
        ..Default::default()
    }
}

/// Writes what an act decided. Senders look again at what they hold.
async fn finish(tx: Write, mailing: ActiveModel) -> Result<Versioned, ApiError> {
    let mailing = mailing.update(&tx).await?;
    rules::bump(&tx).await?;
    let answer = views::one(&tx, mailing).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Now, or the first instant after it that no run of this mailing is planned for.
async fn free_instant(
    tx: &impl ConnectionTrait,
    mailing_id: i64,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, ApiError> {
    let latest: Option<DateTime<Utc>> = run::Entity::find()
        .filter(run::Column::MailingId.eq(mailing_id))
        .select_only()
        .column(run::Column::PlannedFor)
        .order_by_desc(run::Column::PlannedFor)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(latest.map_or(now, |latest| now.max(latest + TimeDelta::microseconds(1))))
}

fn no_message() -> ApiError {
    FieldErrors::one(
        "message_id",
        FieldError::new(
            FieldCode::Required,
            "the message was deleted: choose another",
        ),
    )
    .into()
}
