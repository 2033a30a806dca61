//! `golub serve`: the API, the page and, unless told otherwise, the worker in one process.

use std::path::PathBuf;
use std::time::Duration;

use actix_web::HttpServer;
use clap::Args;
use tokio_util::sync::CancellationToken;

use super::demo;
use super::worker::{after, stop_on_signal, work_until};
use crate::accounts::first_admin::{FirstAdmin, first_admin};
use crate::app::App;
use crate::chores::Chores;
use crate::clock::Clock;
use crate::config::Config;
use crate::http::build_app;
use crate::kept::hearing::Hearing;

/// Requests in flight have so many seconds to end when no more are taken.
const LAST_REQUESTS: u64 = 5;
/// What is in memory alone is written for so long before the requests end, and for so long after.
const FIRST_WRITES: Duration = Duration::from_secs(1);
const LAST_WRITES: Duration = Duration::from_millis(400);
/// So long after a stop nothing is waited for any more, whatever the worker and the requests still do.
const AT_LAST: Duration = Duration::from_millis(9_500);

#[derive(Debug, Args)]
pub struct Serve {
    /// Serves the API alone: `golub worker` sends.
    #[arg(long)]
    no_worker: bool,
    /// The port, instead of the one in the settings.
    #[arg(long)]
    port: Option<u16>,
    /// The folder with the built page, instead of the one in the settings.
    #[arg(long)]
    page: Option<PathBuf>,
    /// Fills in the demo company first, unless it is there already.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub async fn run(self, mut config: Config) -> anyhow::Result<()> {
        let Self {
            no_worker,
            port,
            page,
            demo,
        } = self;
        config.http.port = port.unwrap_or(config.http.port);
        config.http.page = page.or(config.http.page);
        let app = App::start(config, Clock::system()).await?;
        if let Some(site) = app.site.clone() {
            std::thread::spawn(move || site.compress());
        }
        if demo {
            demo::run(&app).await?;
        }
        if let Some(FirstAdmin {
            email,
            made_up_password,
        }) = first_admin(&app).await?
        {
            println!("The first administrator is {email}.");
            if let Some(password) = made_up_password {
                println!("Its password is {password}  (shown only this once)");
            }
        }
        let _checkpoints = app.database.keep_checkpointed().await?;
        let stop = stop_on_signal();
        let left = CancellationToken::new();
        let served = serve(app.clone(), stop.clone(), left.clone());
        if no_worker {
            left.cancel();
            return served.await;
        }
        let worked = async {
            let worked = work_until(app, stop.clone()).await;
            left.cancel();
            worked
        };
        // Whichever fails takes the other one along, in order.
        let ends = |stop: CancellationToken| move |_: &anyhow::Error| stop.cancel();
        let (served, worked) = tokio::join!(
            async { served.await.inspect_err(ends(stop.clone())) },
            async { worked.await.inspect_err(ends(stop.clone())) },
        );
        served.and(worked)
    }
}

async fn serve(app: App, stop: CancellationToken, left: CancellationToken) -> anyhow::Result<()> {
    let (address, port) = (app.config.http.address, app.config.http.port);
    let progress = app.progress.clone();
    let chores = Chores::begin(app.clone());
    let _hearing = Hearing::begin(&app.database);
    let served = app.clone();
    let server = HttpServer::new(move || build_app(served.clone()))
        .disable_signals()
        .shutdown_timeout(LAST_REQUESTS)
        .bind((address, port))?;
    for address in server.addrs() {
        tracing::info!("listening on http://{address}");
    }
    let server = server.run();
    let handle = server.handle();
    let (stopped, finishing) = (stop.clone(), app.clone());
    actix::spawn(async move {
        stopped.cancelled().await;
        // Requests are still answered until the worker has left: connections to PostgreSQL that were opened on a
        // thread of the server die with it, and the last outcomes may need them.
        left.cancelled().await;
        chores.end(FIRST_WRITES).await;
        finishing.finish(FIRST_WRITES).await;
        // Who watches a run would be waited for.
        progress.close();
        handle.stop(true).await;
    });
    tokio::select! {
        ended = server => ended?,
        () = after(&stop, AT_LAST) => tracing::warn!("requests were cut off by the stop"),
    }
    // What came with the last requests. Most was written before.
    app.finish(LAST_WRITES).await;
    Ok(())
}
