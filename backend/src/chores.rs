//! What a process that serves does beside its requests: every few seconds it writes down who read what, and once a
//! minute it takes away what nobody needs any more.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::blog::pictures;
use crate::files::loose;

const EVERY: Duration = Duration::from_secs(3);
const TIDIED_EVERY: Duration = Duration::from_secs(60);

/// The chores of a process, until they are ended.
#[derive(Debug)]
pub struct Chores {
    stop: CancellationToken,
    done: JoinHandle<()>,
}

impl Chores {
    pub fn begin(app: App) -> Self {
        let stop = CancellationToken::new();
        let done = actix::spawn(go_on(app, stop.clone()));
        Self { stop, done }
    }

    /// Ends them: after what they are writing, if that takes no longer than this. What is cut off is lost to nobody.
    pub async fn end(self, within: Duration) {
        let Self { stop, mut done } = self;
        stop.cancel();
        if tokio::time::timeout(within, &mut done).await.is_err() {
            done.abort();
        }
    }
}

/// What is done once a minute. Each part begins anew where it failed or was cut off.
pub async fn tidy(app: &App) {
    let forgotten = app.blog.readings.forget(app).await;
    let swept = pictures::sweep(app).await;
    let removed = loose::sweep(app).await;
    for (done, what) in [
        (
            forgotten,
            "who read articles hours ago is not forgotten yet",
        ),
        (swept, "pictures that no article shows stay for now"),
        (removed, "files that nothing points to stay for now"),
    ] {
        if let Err(error) = done {
            tracing::warn!(%error, "{what}");
        }
    }
}

async fn go_on(app: App, stop: CancellationToken) {
    let mut tidied_next = app.clock.monotonic();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(error) = app.blog.readings.flush(&app).await {
            tracing::warn!(%error, "readings wait for the database");
        }
        if app.clock.monotonic() < tidied_next {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tidy(&app) => {}
        }
        tidied_next = app.clock.monotonic() + TIDIED_EVERY;
    }
}
