//! Readings: how often an article was read, each visitor once an hour.
//!
//! A visitor is a hash of the client's address and what its browser calls itself, keyed with a secret that is made
//! anew each day and then forgotten. It is noted in memory first; every few seconds what is new goes into a table
//! whose key is hour, article and visitor, and what found its place there is added to the articles' counts. So a
//! visitor counts once whatever process they come to and however often those start anew; what is no longer needed
//! for that, from the hour before last on, is deleted. What is being written stays in memory until the database has
//! it: a write that is cut off loses nothing. A stop by SIGTERM writes everything; a crash loses seconds.
//!
//! No reader waits for any of this. Whoever comes before this process has asked for the day's secret is remembered as
//! they are until the next write asks for it.
//!
//! An answer 304 is a reading too. Who writes the blog is not counted, nor who does not say what they are, or says
//! that they are a machine.

mod memory;
mod store;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use self::memory::Memory;
use crate::app::App;
use crate::http::client::Client;
use crate::problem::ApiError;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// In seconds: what waits longer has a database that does not answer.
const WRITTEN_WITHIN: i64 = 60;
/// What machines that read the web have in a word of what they call themselves.
const MACHINES: [&str; 6] = ["crawl", "spider", "slurp", "preview", "monitor", "headless"];
/// How most of their names end, and the name of a phone that ends so too.
const BOTS: [&str; 2] = ["bot", "bots"];
const NO_BOT: &str = "cubot";

/// What this process has noted. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    memory: Arc<Mutex<Memory>>,
    /// What was noted is written by one at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Readings {
    /// Notes that somebody reads an article now.
    pub fn note(&self, now: DateTime<Utc>, article_id: i64, visitor: &Client) {
        if is_counted(&visitor.user_agent) {
            self.memory().note(now.timestamp(), article_id, visitor);
        }
    }

    /// Writes what was noted; says how many readings were added. What fails, or is cut off, waits for the next time.
    pub async fn flush(&self, app: &App) -> Result<u64, ApiError> {
        let _turn = self.turn.lock().await;
        self.hash(app).await?;
        let mut counted = 0;
        loop {
            let visits = self.memory().first_waiting();
            if visits.is_empty() {
                return Ok(counted);
            }
            counted += store::count(app, &visits).await?;
            // Whoever has the turn is the only one who takes any away. What is written twice counts once.
            self.memory().written(visits.len());
        }
    }

    /// Takes away what is needed no longer to count each visitor once.
    pub async fn forget(&self, app: &App) -> Result<(), ApiError> {
        let now = app.clock.now().timestamp();
        // What was noted before midnight has been written by then.
        let day = (now - WRITTEN_WITHIN).div_euclid(DAY);
        self.memory().forget(day);
        store::forget(app, now.div_euclid(HOUR), day).await
    }

    /// Asks for the secrets that were missing when somebody came.
    async fn hash(&self, app: &App) -> Result<(), ApiError> {
        loop {
            let Some(day) = self.memory().day_without_secret() else {
                return Ok(());
            };
            let secret = store::secret(app, day).await?;
            self.memory().learn(day, secret);
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_counted(user_agent: &str) -> bool {
    let user_agent = user_agent.to_ascii_lowercase();
    let mut words = user_agent.split(|c: char| !c.is_ascii_alphabetic());
    !user_agent.trim().is_empty() && !words.any(is_machine)
}

fn is_machine(word: &str) -> bool {
    let is_bot = BOTS.iter().any(|end| word.ends_with(end)) && word != NO_BOT;
    is_bot || MACHINES.iter().any(|part| word.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_and_who_says_nothing_are_not_counted() {
        for person in [
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) AppleWebKit/537.36 Chrome/140.0.0.0",
            "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/140.0.0.0",
            "Botswana/1.0",
        ] {
            assert!(is_counted(person), "{person}");
        }
        for machine in [
            "",
            " ",
            "Mozilla/5.0 (compatible; Googlebot/2.1)",
            "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
            "AdsBot-Google (+http://www.google.com/adsbot.html)",
            "Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) (compatible; bingbot/2.0)",
            "TelegramBot (like TwitterBot)",
            "Baiduspider",
            "HeadlessChrome/140",
        ] {
            assert!(!is_counted(machine), "{machine}");
        }
    }
}
