//! `golub worker`: the scheduler as a process of its own.

use std::net::TcpListener;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::delivery::actor::WorkerActor;
use crate::delivery::presence::AbsentError;
use crate::delivery::sender::threads::Threads;
use crate::delivery::worker::Worker;
use crate::metrics::listen::listen;

/// How often it is looked whether another process still sends.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// After a stop, the worker has so long to write down what it knows: a second more than it waits for answers.
const LAST_LETTERS: Duration = Duration::from_secs(9);

pub async fn run(config: Config) -> anyhow::Result<()> {
    let app = App::start(config, Clock::system()).await?;
    let _checkpoints = app.database.keep_checkpointed().await?;
    let stop = stop_on_signal();
    tracing::info!("the worker runs; Ctrl+C ends it");
    let Some(address) = app.config.metrics.listen else {
        return work_until(app, stop).await;
    };
    let listener = TcpListener::bind(address)?;
    let (listened, worked) = tokio::join!(listen(listener, app.clone(), stop.clone()), async {
        let worked = work_until(app, stop.clone()).await;
        stop.cancel();
        worked
    });
    worked.and(listened.map_err(Into::into))
}

/// Works until `stop`, then finishes what is in flight; an error when the database takes no more of it. While
/// another process sends on the same SQLite database, it waits for its turn.
pub async fn work_until(app: App, stop: CancellationToken) -> anyhow::Result<()> {
    let every = app.config.worker.every;
    let mut worker = tokio::select! {
        entered = enter(app, stop.clone()) => entered?,
        () = stop.cancelled() => return Ok(()),
    };
    worker.sender.carry_on(Threads::start()?);
    let left = WorkerActor::start(worker, every, stop.clone());
    tokio::select! {
        left = left => left?,
        () = after(&stop, LAST_LETTERS) => anyhow::bail!(
            "the database does not take the last outcomes; the next worker settles those letters as unknown"
        ),
    }
    tracing::info!("the worker has stopped");
    Ok(())
}

/// Becomes a worker, as soon as the database answers and nobody else sends on the same SQLite database.
async fn enter(app: App, stop: CancellationToken) -> Result<Worker, AbsentError> {
    let mut said = false;
    loop {
        match Worker::enter(app.clone(), stop.clone()).await {
            Err(AbsentError::Busy) => {
                if !said {
                    tracing::info!(
                        "another process sends already; this one takes over when it ends"
                    );
                    said = true;
                }
            }
            Err(AbsentError::Database(error)) => {
                tracing::error!(%error, "the worker could not start; it tries again")
            }
            entered => return entered,
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// So long after `stop`.
pub async fn after(stop: &CancellationToken, wait: Duration) {
    stop.cancelled().await;
    tokio::time::sleep(wait).await;
}

/// Cancelled at Ctrl+C or SIGTERM. A second signal ends the process at once.
pub fn stop_on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let told = stop.clone();
    actix::spawn(async move {
        wait_for_signal().await;
        tracing::info!("stopping: what is in flight is finished first");
        told.cancel();
        wait_for_signal().await;
        std::process::exit(130);
    });
    stop
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
