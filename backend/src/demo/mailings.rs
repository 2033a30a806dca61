//! The mailings as rows: their status follows from what became of them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};

use super::history::{self, Rules, Run, chosen};
use super::people::{MANAGERS_NAME, Staff};
use super::plans::{Fate, Plan, To, plans};
use super::recipients::Customers;
use super::suppressed;
use super::texts::Messages;
use crate::accounts::entity as user;
use crate::database::search::{self, Kind};
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::mailings::schedule::Calendar;
use crate::mailings::{audience_entity as audience, audience_recipient_entity as member};
use crate::messages::entity as message;
use crate::problem::ApiError;

/// A mailing with its past.
pub struct Told {
    pub mailing: mailing::Model,
    pub message: message::Model,
    pub owner: user::Model,
    pub runs: Vec<Run>,
}

/// How a mailing stands now.
struct Standing {
    status: StatusWord,
    next_run_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
    touched_at: DateTime<Utc>,
}

pub async fn insert(
    tx: &impl ConnectionTrait,
    staff: &Staff,
    messages: &Messages,
    customers: &Customers,
    rules: &Rules,
) -> Result<Vec<Told>, ApiError> {
    let plans = plans(rules.now);
    let past =
        |(number, plan): (u64, &Plan)| history::of(plan, number, customers.of(plan.whose), rules);
    let mut stories = (0..).zip(&plans).map(past).collect::<Result<Vec<_>, _>>()?;
    suppressed::leave_out(&mut stories);
    let mut told = Vec::new();
    for (plan, runs) in plans.into_iter().zip(stories) {
        let customers = customers.of(plan.whose);
        let owner = staff.of(plan.whose);
        let message = messages.of(plan.about)?;
        let ids: Vec<i64> = chosen(&plan, customers).map(|one| one.id).collect();
        let audience_id = match plan.to {
            To::Everyone => None,
            To::Every(_) => Some(insert_audience(tx, owner.id, ids).await?),
        };
        let standing = standing(&plan, &runs, rules.now)?;
        let mailing = row(
            plan,
            owner.id,
            message.id,
            audience_id,
            &runs,
            standing,
            rules.now,
        )?;
        let mailing = mailing.insert(tx).await?;
        search::index(tx, Kind::Mailing, owner.id, mailing.id, &[&mailing.title]).await?;
        told.push(Told {
            mailing,
            message: message.clone(),
            owner: owner.clone(),
            runs,
        });
    }
    Ok(told)
}

async fn insert_audience(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    recipient_ids: Vec<i64>,
) -> Result<i64, ApiError> {
    let new = audience::ActiveModel {
        owner_id: Set(owner_id),
        ..Default::default()
    };
    let audience_id = new.insert(tx).await?.id;
    let members = recipient_ids.into_iter().map(|id| member::ActiveModel {
        audience_id: Set(audience_id),
        recipient_id: Set(id),
    });
    member::Entity::insert_many(members)
        .exec_without_returning(tx)
        .await?;
    Ok(audience_id)
}

fn standing(plan: &Plan, runs: &[Run], now: DateTime<Utc>) -> Result<Standing, ApiError> {
    let next_run_at = Calendar::new(&plan.schedule)?.first_after(now);
    let made_at = made_at(plan, now);
    let completed = |at| Standing {
        status: StatusWord::Completed,
        next_run_at: None,
        completed_at: Some(at),
        touched_at: made_at,
    };
    let all_finished = runs
        .iter()
        .map(|run| run.finished_at)
        .collect::<Option<Vec<_>>>();
    let last = all_finished.and_then(|finished| finished.into_iter().max());
    Ok(match (plan.fate, plan.schedule.ends_at) {
        (Fate::StoppedAt(at, _), _) => Standing {
            touched_at: at,
            ..completed(at)
        },
        (Fate::PausedAt(at), _) => Standing {
            status: StatusWord::Paused,
            next_run_at: None,
            completed_at: None,
            touched_at: at,
        },
        (Fate::Its, Some(ends_at)) if ends_at <= now => completed(ends_at),
        (Fate::Its, _) => match last.filter(|_| next_run_at.is_none()) {
            Some(last) => completed(last),
            None => Standing {
                status: if runs.is_empty() {
                    StatusWord::Created
                } else {
                    StatusWord::Running
                },
                next_run_at,
                completed_at: None,
                touched_at: made_at,
            },
        },
    })
}

/// A mailing was made the day before it began; one that is still to begin, yesterday.
fn made_at(plan: &Plan, now: DateTime<Utc>) -> DateTime<Utc> {
    plan.schedule.starts_at.min(now) - TimeDelta::hours(21)
}

fn row(
    plan: Plan,
    owner_id: i64,
    message_id: i64,
    audience_id: Option<i64>,
    runs: &[Run],
    standing: Standing,
    now: DateTime<Utc>,
) -> Result<mailing::ActiveModel, ApiError> {
    let Standing {
        status,
        next_run_at,
        completed_at,
        touched_at,
    } = standing;
    let (stopped_at, reason) = match plan.fate {
        Fate::StoppedAt(at, reason) => (Some(at), Some(reason)),
        Fate::Its | Fate::PausedAt(_) => (None, None),
    };
    let recurrence = serde_json::to_string(&plan.schedule.recurrence).map_err(ApiError::ours)?;
    Ok(mailing::ActiveModel {
        owner_id: Set(owner_id),
        title: Set(plan.title.to_owned()),
        title_key: Set(plan.title.to_lowercase()),
        message_id: Set(Some(message_id)),
        audience_id: Set(audience_id),
        channel: Set(plan.channel.into()),
        starts_at: Set(plan.schedule.starts_at),
        ends_at: Set(plan.schedule.ends_at),
        recurrence: Set(recurrence),
        on_unknown: Set(plan.on_unknown.into()),
        status: Set(status),
        next_run_at: Set(next_run_at),
        first_run_at: Set(runs.first().map(|run| run.started_at)),
        stopped_at: Set(stopped_at),
        stopped_by: Set(stopped_at.map(|_| MANAGERS_NAME.to_owned())),
        stop_reason: Set(reason.map(str::to_owned)),
        completed_at: Set(completed_at),
        version: Set(1),
        created_at: Set(made_at(&plan, now)),
        updated_at: Set(touched_at),
        time_zone: Set(plan.schedule.time_zone),
        ..Default::default()
    })
}
