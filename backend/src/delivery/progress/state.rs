//! One look at a run: where it stands, and what holds it back.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::delivery::progress::{HeldBecause, Progress};
use contract::delivery::{Counts, RunState};
use contract::mail_servers::BreakerState;
use contract::mailings::MailingStatus;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::super::entity::run::RunStateWord;
use super::super::entity::{delivery, run};
use super::super::ledger::counts;
use crate::accounts::entity as user;
use crate::app::App;
use crate::mail_servers::{Standing, standings};
use crate::mailings::entity::{self as mailing, ChannelWord};
use crate::problem::ApiError;

const SHORT_PAUSE: Duration = Duration::from_secs(3);

/// A run without its letter, which may be long.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "run::Entity")]
struct RunRow {
    mailing_id: i64,
    owner_id: i64,
    state: RunStateWord,
    audience: Option<i64>,
    channel: ChannelWord,
}

/// The mailing's latest run, if it has run.
pub async fn latest_run(db: &impl ConnectionTrait, mailing_id: i64) -> Result<Option<i64>, DbErr> {
    run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(run::Column::MailingId.eq(mailing_id))
        .order_by_desc(run::Column::Id)
        .into_tuple()
        .one(db)
        .await
}

/// What there is to tell of a mailing that has not run yet.
pub fn before_first_run(status: MailingStatus, now: DateTime<Utc>) -> Progress {
    Progress {
        mailing_status: status,
        run_id: None,
        run_state: None,
        audience: None,
        counts: Counts::default(),
        letters_per_second: None,
        seconds_left: None,
        held_because: None,
        held_until: None,
        next_try_at: None,
        at: now,
    }
}

/// Where the run stands, without its speed. None when it or its mailing is gone.
pub async fn look(app: &App, run_id: i64) -> Result<Option<Progress>, ApiError> {
    let db = app.database.read();
    let row: Option<RunRow> = run::Entity::find_by_id(run_id)
        .into_partial_model()
        .one(db)
        .await?;
    let Some(run) = row else { return Ok(None) };
    let Some(mailing) = mailing::Entity::find_by_id(run.mailing_id).one(db).await? else {
        return Ok(None);
    };
    // After the run: where it has finished, these are its last counts.
    let counts = counts::of_run(db, run_id).await?;
    let (mailing_status, run_state) = (mailing.status.into(), run.state.into());
    let now = app.clock.now();
    let is_over = run_state == RunState::Finished;
    let next_try_at = if is_over || counts.queued == 0 || counts.sending > 0 {
        None
    } else {
        next_due(db, run_id).await?
    };
    let held = if is_over {
        None
    } else if let Some(because) = held_by_people(db, mailing_status, run.owner_id).await? {
        Some((because, None))
    } else if next_try_at.is_some_and(|due| due <= now) {
        held_by_servers(&standings(db, app.servers(run.channel.into())).await?, now)
    } else {
        None
    };
    Ok(Some(Progress {
        mailing_status,
        run_id: Some(run_id),
        run_state: Some(run_state),
        audience: run.audience.and_then(|audience| audience.try_into().ok()),
        counts,
        letters_per_second: None,
        seconds_left: None,
        held_because: held.map(|(because, _)| because),
        held_until: held.and_then(|(_, until)| until),
        next_try_at,
        at: now,
    }))
}

async fn held_by_people(
    db: &impl ConnectionTrait,
    status: MailingStatus,
    owner_id: i64,
) -> Result<Option<HeldBecause>, DbErr> {
    if status == MailingStatus::Paused {
        return Ok(Some(HeldBecause::Paused));
    }
    let owner = user::Entity::find_by_id(owner_id).one(db).await?;
    Ok(owner
        .is_some_and(|owner| owner.is_out())
        .then_some(HeldBecause::OwnerBlocked))
}

/// Why no mail server takes what is due, and when one is asked again.
fn held_by_servers(
    standings: &[Standing],
    now: DateTime<Utc>,
) -> Option<(HeldBecause, Option<DateTime<Utc>>)> {
    if standings.iter().any(|standing| standing.may_ask(now)) {
        return None;
    }
    let works = |standing: &Standing| standing.state == BreakerState::Closed;
    let until = standings.iter().filter_map(Standing::asks_again).min();
    if standings.iter().any(works) {
        // A pause so short belongs to sending: budgets per second have one all the time.
        until
            .filter(|until| *until > now + SHORT_PAUSE)
            .map(|until| (HeldBecause::BudgetUsedUp, Some(until)))
    } else {
        Some((HeldBecause::MailServersAway, until))
    }
}

async fn next_due(db: &impl ConnectionTrait, run_id: i64) -> Result<Option<DateTime<Utc>>, DbErr> {
    delivery::Entity::find()
        .select_only()
        .column(delivery::Column::DueAt)
        .filter(delivery::Column::RunId.eq(run_id))
        // Written out, for the queue's index: a bound value would not show that it fits.
        .filter(Expr::cust("state = 0"))
        .order_by_asc(delivery::Column::DueAt)
        .order_by_asc(delivery::Column::Id)
        .into_tuple()
        .one(db)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn standing(state: BreakerState, retry_in: Option<u64>, free_in: Option<u64>) -> Standing {
        let at = |seconds| now() + Duration::from_secs(seconds);
        Standing {
            name: "main".to_owned(),
            state,
            since: None,
            retry_at: retry_in.map(at),
            cause: None,
            trouble: None,
            refused_in_a_row: 0,
            free_at: free_in.map(at),
            budgets: Vec::new(),
        }
    }

    #[test]
    fn one_server_that_takes_letters_is_enough() {
        let away = standing(BreakerState::Open, Some(60), None);
        let works = standing(BreakerState::Closed, None, None);
        assert_eq!(held_by_servers(&[away, works], now()), None);
    }

    #[test]
    fn where_none_works_it_is_said_when_the_first_is_asked_again() {
        let late = standing(BreakerState::Open, Some(60), None);
        let soon = standing(BreakerState::Open, Some(20), None);
        let until = now() + Duration::from_secs(20);
        assert_eq!(
            held_by_servers(&[late, soon], now()),
            Some((HeldBecause::MailServersAway, Some(until)))
        );
    }

    #[test]
    fn a_used_up_budget_is_said_unless_it_is_of_the_second() {
        let used_up = |free_in| [standing(BreakerState::Closed, None, Some(free_in))];
        assert_eq!(held_by_servers(&used_up(1), now()), None);
        let until = now() + Duration::from_secs(600);
        assert_eq!(
            held_by_servers(&used_up(600), now()),
            Some((HeldBecause::BudgetUsedUp, Some(until)))
        );
    }
}
