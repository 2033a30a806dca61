//! Sends what the service itself has to tell, ahead of mailings: beside their sender, never behind it.

use contract::notices::NoticeChannel;
use tokio_util::sync::CancellationToken;

use super::lane::Lane;
pub use super::lane::Told;
use super::upkeep::Upkeep;
use crate::app::App;
use crate::problem::ApiError;

/// The lanes of one worker, and the upkeep of what has expired. A worker gives each a pace of its own.
#[derive(Debug)]
pub struct NoticeSender {
    pub letters: Lane,
    pub sms: Lane,
    pub upkeep: Upkeep,
}

impl NoticeSender {
    pub fn new(app: App, stop: CancellationToken) -> Self {
        Self {
            letters: Lane::new(app.clone(), NoticeChannel::Email, stop.clone()),
            sms: Lane::new(app.clone(), NoticeChannel::Sms, stop),
            upkeep: Upkeep::new(app),
        }
    }

    /// Sends everything that is due, letters and SMS side by side.
    pub async fn pass(&mut self) -> Result<Told, ApiError> {
        self.upkeep.pass_if_due().await?;
        let (letters, sms) = tokio::join!(self.letters.pass(), self.sms.pass());
        Ok(letters?.and(sms?))
    }
}
