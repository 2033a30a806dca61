//! `golub doctor`: looks at everything that has to be right before letters leave, and says in plain words what is not.
//!
//! It changes nothing: no schema is brought up to date, no worker entered, no letter sent. What it finds is a list of
//! [`Finding`]s in the order in which one would mend them. The parts look at the settings, the data folder, where
//! pictures are kept, the database, the mail servers, the SMS service, the clock, and who sends.

mod clock;
mod data;
mod database;
mod files;
mod mail;
mod settings;
mod sms;
mod workers;

use std::time::Duration;

use serde::Serialize;

use crate::clock::Clock;
use crate::config::Config;

pub use settings::unreadable as unreadable_settings;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    Fine,
    /// It cannot be seen from here.
    Unchecked,
    /// It works, and somebody may come to regret it.
    Warning,
    /// Golub does not start, or letters do not leave, or promises do not hold.
    Broken,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, in a word or two.
    pub about: &'static str,
    pub health: Health,
    pub says: String,
}

impl Finding {
    fn fine(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, Health::Fine, says)
    }

    fn unchecked(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, Health::Unchecked, says)
    }

    fn warning(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, Health::Warning, says)
    }

    fn broken(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, Health::Broken, says)
    }

    fn new(about: &'static str, health: Health, says: impl Into<String>) -> Self {
        let says = says.into();
        Self {
            about,
            health,
            says,
        }
    }
}

/// Looks at everything. Whether other workers live shows in whether their beats go on for as long as `listen`.
pub async fn examine(config: &Config, clock: &Clock, listen: Duration) -> Vec<Finding> {
    let mut findings = settings::look(config);
    findings.extend(data::look(&config.data));
    findings.push(files::look(config).await);
    match database::open(config).await {
        Ok(database) => {
            findings.extend(database::look(&database).await);
            findings.extend(mail::look(config, clock).await);
            findings.extend(sms::look(config, clock).await);
            findings.push(clock::look(&database, clock).await);
            findings.push(workers::look(&database, listen).await);
            // Whatever closing says, everything has been said.
            let _ = database.close().await;
        }
        Err(finding) => {
            findings.push(finding);
            findings.extend(mail::look(config, clock).await);
            findings.extend(sms::look(config, clock).await);
        }
    }
    findings
}

/// The worst of them.
pub fn worst(findings: &[Finding]) -> Health {
    let all = findings.iter().map(|finding| finding.health);
    all.max().unwrap_or(Health::Fine)
}
