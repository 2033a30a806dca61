//! Somebody who watches: hears what is new, and is shown out when they may not hear it any more.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use contract::delivery::progress::Progress;
use contract::permissions::Permission;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::hub::{LOOK_EVERY, Watch};
use super::state;
use crate::app::App;
use crate::http::caller::{self, CurrentUser};
use crate::mailings::service as mailings;
use crate::problem::ApiError;

/// After so long without a word there is a sign of life, so that nothing between us takes the connection for dead.
const SIGN_EVERY: Duration = Duration::from_secs(15);
/// How often it is looked up, at most, whether they may still watch.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// One connection of one person.
#[derive(Debug)]
pub struct Viewer {
    app: App,
    user: CurrentUser,
    mailing_id: i64,
    /// None before the mailing's first run.
    watch: Option<Arc<Watch>>,
    told: Option<Progress>,
    told_at: Duration,
    asked_at: Duration,
    is_over: bool,
}

/// What there is to say at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Say(Bytes),
    Nothing,
    /// Nothing more, ever.
    Over,
}

impl Viewer {
    /// Lets somebody in who may read the mailing.
    pub async fn enter(app: App, user: CurrentUser, mailing_id: i64) -> Result<Self, ApiError> {
        let db = app.database.read();
        mailings::find_visible(db, &user, mailing_id).await?;
        let run_id = state::latest_run(db, mailing_id).await?;
        let now = app.clock.monotonic();
        Ok(Self {
            watch: run_id.map(|id| app.progress.watch(id)),
            app,
            user,
            mailing_id,
            told: None,
            told_at: now,
            asked_at: now,
            is_over: false,
        })
    }

    /// All there is to say, as it comes.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, ApiError>> {
        unfold(self, |mut viewer| async move {
            let mut word = viewer.word().await;
            while word == Word::Nothing {
                tokio::select! {
                    () = viewer.app.progress.closed() => word = Word::Over,
                    () = tokio::time::sleep(LOOK_EVERY) => word = viewer.word().await,
                }
            }
            match word {
                Word::Say(bytes) => Some((Ok(bytes), viewer)),
                Word::Nothing | Word::Over => None,
            }
        })
    }

    /// Looks once. Trouble ends it: who watches comes again, and is told then what the trouble is.
    pub async fn word(&mut self) -> Word {
        if self.is_over {
            return Word::Over;
        }
        let word = self.try_word().await.unwrap_or_else(|error| {
            tracing::warn!(mailing = self.mailing_id, %error, "progress cannot be told");
            Word::Over
        });
        self.is_over |= word == Word::Over;
        word
    }

    async fn try_word(&mut self) -> Result<Word, ApiError> {
        let now = self.app.clock.monotonic();
        if now >= self.asked_at + ASK_EVERY {
            self.asked_at = now;
            if !self.may_stay().await? {
                return Ok(Word::Over);
            }
        }
        let Some(progress) = self.look().await? else {
            return Ok(Word::Over);
        };
        if !self.has_heard(&progress) {
            let said = event(&progress)?;
            self.is_over = progress.is_last();
            self.told = Some(progress);
            self.told_at = now;
            return Ok(Word::Say(said));
        }
        if now >= self.told_at + SIGN_EVERY {
            self.told_at = now;
            return Ok(Word::Say(Bytes::from_static(b": still here\n\n")));
        }
        Ok(Word::Nothing)
    }

    async fn look(&mut self) -> Result<Option<Progress>, ApiError> {
        if let Some(watch) = &self.watch {
            return watch.look(&self.app).await;
        }
        let db = self.app.database.read();
        let mailing = mailings::find_visible(db, &self.user, self.mailing_id).await?;
        // After the mailing: what runs by now has a run.
        if let Some(run_id) = state::latest_run(db, self.mailing_id).await? {
            let watch = self.app.progress.watch(run_id);
            return self.watch.insert(watch).look(&self.app).await;
        }
        let now = self.app.clock.now();
        Ok(Some(state::before_first_run(mailing.status.into(), now)))
    }

    /// The instant alone is no news.
    fn has_heard(&self, progress: &Progress) -> bool {
        self.told.as_ref().is_some_and(|told| {
            let now = Progress {
                at: told.at,
                ..progress.clone()
            };
            now == *told
        })
    }

    async fn may_stay(&mut self) -> Result<bool, ApiError> {
        let Some(user) = caller::again(&self.app, &self.user).await? else {
            return Ok(false);
        };
        self.user = user;
        if self.user.must_set_up || !self.user.may(Permission::SeeMailings) {
            return Ok(false);
        }
        let db = self.app.database.read();
        match mailings::find_visible(db, &self.user, self.mailing_id).await {
            Ok(_) => Ok(true),
            Err(ApiError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn event(progress: &Progress) -> Result<Bytes, ApiError> {
    let json = serde_json::to_string(progress).map_err(ApiError::ours)?;
    Ok(Bytes::from(format!("event: progress\ndata: {json}\n\n")))
}
