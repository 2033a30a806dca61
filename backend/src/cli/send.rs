//! `golub send`: one mailing by hand, or all that is due, for cron and systemd timers.
//!
//! It sends in its own process. Where another process already sends on the same SQLite database, it writes the run
//! down and watches it being sent.

use std::process::ExitCode;
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::Args;
use contract::audit::Act;
use contract::delivery::{Counts, Trigger};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use tokio_util::sync::CancellationToken;

use super::USAGE;
use super::worker::stop_on_signal;
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::audit::{self, Actor};
use crate::clock::Clock;
use crate::config::Config;
use crate::delivery::entity::run::{self, RunStateWord};
use crate::delivery::ledger::counts;
use crate::delivery::ledger::due::is_anything_to_do;
use crate::delivery::presence::AbsentError;
use crate::delivery::sender::threads::Threads;
use crate::delivery::worker::Worker;
use crate::mailings::acts::start_by_hand;
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::mailings::service as mailings;
use crate::problem::ApiError;

/// Some were refused for good, or nobody knows.
const SOME_FAILED: u8 = 1;
/// Some wait for a retry, or for a mail server that cannot be reached.
const SOME_WAIT: u8 = 2;
/// EX_SOFTWARE of sysexits.h.
const OUR_FAULT: u8 = 70;
const LOOK_EVERY: Duration = Duration::from_millis(500);

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Send {
    /// The id of the mailing to send.
    #[arg(long)]
    mailing: Option<i64>,
    /// Starts and sends everything that is due, then ends.
    #[arg(long)]
    due: bool,
}

impl Send {
    /// Sends. What goes wrong with the command itself has exit codes of its own, apart from those of the letters.
    pub async fn run(self, config: Config) -> ExitCode {
        self.send(config).await.unwrap_or_else(|error| {
            eprintln!("golub: {error:#}");
            let refused = error
                .downcast_ref::<ApiError>()
                .is_some_and(|error| error.is_refusal());
            ExitCode::from(if refused { USAGE } else { OUR_FAULT })
        })
    }

    async fn send(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config, Clock::system()).await?;
        let _checkpoints = app.database.keep_checkpointed().await?;
        let started_at = app.clock.now();
        let wanted = match self.mailing {
            Some(id) => {
                let run_id = start(&app, id).await?;
                println!("run {run_id} of mailing {id} has started");
                Wanted::Run(run_id)
            }
            None => Wanted::Due,
        };
        let stop = stop_on_signal();
        if let Some(worker) = enter_or_watch(&app, wanted, &stop).await? {
            work(&app, worker, wanted, &stop).await?;
        }
        report(&app, wanted, started_at).await
    }
}

#[derive(Clone, Copy)]
enum Wanted {
    Run(i64),
    Due,
}

async fn start(app: &App, mailing_id: i64) -> anyhow::Result<i64> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let found = mailing::Entity::find_by_id(mailing_id)
        .lock_exclusive()
        .one(&tx)
        .await?;
    let found = found.ok_or(ApiError::NotFound)?;
    let owner = Owners::find(&tx, [found.owner_id]).await?;
    let entry = mailings::entry(Act::MailingSent, owner.of(found.owner_id), &found);
    let run = start_by_hand(app, &tx, found, Trigger::Cli, now).await?;
    audit::record(&tx, &Actor::command_line(), entry, now).await?;
    tx.commit().await?;
    Ok(run.id)
}

/// Becomes a worker. While another process sends on the same SQLite database that one is watched, until nothing is due,
/// or until it has not moved for so long that its mail server must be out of reach.
async fn enter_or_watch(
    app: &App,
    wanted: Wanted,
    stop: &CancellationToken,
) -> anyhow::Result<Option<Worker>> {
    let mut motion = None;
    loop {
        match Worker::enter(app.clone(), stop.clone()).await {
            Ok(worker) => return Ok(Some(worker)),
            Err(AbsentError::Busy) => {}
            Err(error) => return Err(error.into()),
        }
        let motion = match &mut motion {
            Some(motion) => motion,
            None => {
                println!("another process sends; watching it");
                motion.insert(Motion::seen(app, wanted).await?)
            }
        };
        if stop.is_cancelled() || !something_is_due(app, wanted).await? {
            return Ok(None);
        }
        if !motion.goes_on(app, wanted).await? {
            println!("nothing has moved for {} s", patience(app).as_secs());
            return Ok(None);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Sends until nothing is due, here and with other workers.
async fn work(
    app: &App,
    mut worker: Worker,
    wanted: Wanted,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    worker.sender.carry_on(Threads::start()?);
    let mut motion = Motion::seen(app, wanted).await?;
    loop {
        match wanted {
            Wanted::Run(run_id) => worker.run_only(run_id).await?,
            Wanted::Due => worker.run_until_idle().await?,
        }
        let moves = motion.goes_on(app, wanted).await?;
        // On PostgreSQL other workers may hold some of it still, or be about to.
        let others_may =
            worker.presence.living() > 1 && moves && something_is_due(app, wanted).await?;
        if stop.is_cancelled() || motion.counts.sending == 0 && !others_may {
            break;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    worker.leave().await?;
    Ok(())
}

/// Whether the deliveries still move, whoever moves them.
struct Motion {
    counts: Counts,
    /// On the monotonic clock.
    since: Duration,
}

impl Motion {
    async fn seen(app: &App, wanted: Wanted) -> anyhow::Result<Self> {
        Ok(Self {
            counts: counts_of(app, wanted).await?,
            since: app.clock.monotonic(),
        })
    }

    /// Looks again: has something moved, if not just now then not long ago?
    async fn goes_on(&mut self, app: &App, wanted: Wanted) -> anyhow::Result<bool> {
        let now = Self::seen(app, wanted).await?;
        if now.counts != self.counts {
            *self = now;
            return Ok(true);
        }
        Ok(now.since.saturating_sub(self.since) <= patience(app))
    }
}

/// What has not moved for so long waits for a mail server that is out of reach.
fn patience(app: &App) -> Duration {
    app.config.delivery.unreachable_for + LOOK_EVERY * 10
}

/// Is there anything that a sender can do at this moment?
async fn something_is_due(app: &App, wanted: Wanted) -> anyhow::Result<bool> {
    let db = app.database.read();
    let now = app.clock.now();
    let run_id = match wanted {
        Wanted::Run(id) => Some(id),
        // Mailings first: one that is started meanwhile is found among the runs.
        Wanted::Due if is_a_mailing_due(db, now).await? => return Ok(true),
        Wanted::Due => None,
    };
    Ok(is_anything_to_do(db, run_id, now).await?)
}

async fn is_a_mailing_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let due = mailing::Entity::find()
        .filter(mailing::Column::NextRunAt.lte(now))
        .filter(mailing::Column::Status.is_in([StatusWord::Created, StatusWord::Running]))
        .one(db)
        .await?;
    Ok(due.is_some())
}

/// Where the deliveries of the open runs stand.
async fn counts_of(app: &App, wanted: Wanted) -> anyhow::Result<Counts> {
    let mut open = Condition::all().add(run::Column::State.ne(RunStateWord::Finished));
    if let Wanted::Run(id) = wanted {
        open = open.add(run::Column::Id.eq(id));
    }
    sum_where(app, open).await
}

/// The sums over all runs that fit.
async fn sum_where(app: &App, fits: Condition) -> anyhow::Result<Counts> {
    let db = app.database.read();
    let runs = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(fits);
    let ids: Vec<i64> = runs.into_tuple().all(db).await?;
    let all = counts::of_runs(db, &ids).await?;
    Ok(all.into_values().sum())
}

/// Says what came of it, in words and as the exit code.
async fn report(app: &App, wanted: Wanted, since: DateTime<Utc>) -> anyhow::Result<ExitCode> {
    let concerned = match wanted {
        Wanted::Run(id) => Condition::all().add(run::Column::Id.eq(id)),
        Wanted::Due => Condition::any()
            .add(run::Column::StartedAt.gte(since))
            .add(run::Column::FinishedAt.gte(since))
            .add(run::Column::State.ne(RunStateWord::Finished)),
    };
    let Counts {
        queued,
        sending,
        sent,
        failed,
        skipped,
        unknown,
    } = sum_where(app, concerned).await?;
    let waiting = queued + sending;
    println!(
        "sent {sent}, failed {failed}, unknown {unknown}, waiting {waiting}, skipped {skipped}"
    );
    Ok(match (failed + unknown, waiting) {
        (0, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(SOME_WAIT),
        _ => ExitCode::from(SOME_FAILED),
    })
}
