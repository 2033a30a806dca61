//! A session for a single letter, over whichever server works: for notices and test letters.
//!
//! These letters ask for no grant: they are few, and a code that somebody waits for is not kept back by what a
//! mailing has used up. They move no breaker either, and leave a server alone whose breaker is open.

use chrono::{DateTime, Utc};
use contract::mail_servers::{BreakerCause, BreakerState};
use sea_orm::ConnectionTrait;

use super::reads::{Standing, standings};
use super::{MailServer, MailServers};
use crate::mail::{Session, Stage, Trouble};
use crate::problem::ApiError;

impl MailServers {
    /// Opens a session over the first server that lets us in, of those that work or may be tried again.
    pub async fn any_open(
        &self,
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
    ) -> Result<Result<Session, Trouble>, ApiError> {
        let standings = standings(db, self).await?;
        let mut trouble = held_back(&standings);
        for server in self.in_order(&standings, now) {
            match server.open().await {
                Ok(session) => return Ok(Ok(session)),
                Err(latest) => trouble = latest,
            }
        }
        Ok(Err(trouble))
    }

    /// Those that work first, then those whose time to be tried has come.
    fn in_order(&self, standings: &[Standing], now: DateTime<Utc>) -> Vec<&MailServer> {
        let of = |wanted: fn(&Standing, DateTime<Utc>) -> bool| {
            let pairs = self.iter().zip(standings);
            pairs
                .filter(move |(_, standing)| wanted(standing, now))
                .map(|(server, _)| server)
        };
        let working = of(|standing, _| standing.state == BreakerState::Closed);
        let due =
            of(|standing, now| standing.state != BreakerState::Closed && standing.is_due(now));
        working.chain(due).collect()
    }
}

/// What is said, to anybody, when no server may be tried now. How it refused others' letters is not for everybody.
fn held_back(standings: &[Standing]) -> Trouble {
    let why = standings
        .iter()
        .filter(|standing| standing.cause == Some(BreakerCause::Connection))
        .find_map(|standing| standing.trouble.as_deref())
        .unwrap_or("letters wait until one is tried again");
    Trouble::new(
        Stage::Connect,
        None,
        format!("no mail server works just now: {why}"),
    )
}
