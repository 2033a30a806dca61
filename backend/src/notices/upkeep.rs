//! About once a minute: what has expired goes, in short steps.

use std::time::Duration;

use super::queue;
use crate::accounts::phone;
use crate::accounts::sweep;
use crate::app::App;
use crate::limits;
use crate::problem::ApiError;

const EVERY: Duration = Duration::from_secs(60);

/// Takes away expired sessions, links, accounts never confirmed, limits that are free, codes, and old notices.
#[derive(Debug)]
pub struct Upkeep {
    app: App,
    /// On the monotonic clock.
    next: Option<Duration>,
}

impl Upkeep {
    pub fn new(app: App) -> Self {
        Self { app, next: None }
    }

    pub async fn pass_if_due(&mut self) -> Result<(), ApiError> {
        let now = self.app.clock.monotonic();
        if self.next.is_some_and(|next| now < next) {
            return Ok(());
        }
        self.next = Some(now + EVERY);
        sweep::pass(&self.app).await?;
        phone::sweep(&self.app).await?;
        limits::sweep(&self.app).await?;
        queue::sweep(&self.app).await
    }
}
