//! What a monitoring system may ask: `/metrics`, in the text format of Prometheus.
//!
//! What this process alone knows it counts itself ([`Meters`]); what all processes share is asked of the database
//! when somebody looks ([`gather`]). Nothing names a person, an address or a mailing.

mod gather;
mod histogram;
pub mod listen;
mod process;
pub mod routes;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::mailings::Channel;

use self::histogram::Histogram;
use crate::mail::Verdict;
use crate::mail_servers::MailServers;

/// What this process counts. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Meters(Arc<Counted>);

#[derive(Debug)]
struct Counted {
    started_at: DateTime<Utc>,
    servers: BTreeMap<String, ServerMeter>,
    /// By channel.
    begun: [AtomicU64; 2],
    unwritten: [AtomicU64; 2],
}

/// What one mail server did with the letters of this process.
#[derive(Debug, Default)]
struct ServerMeter {
    outcomes: [AtomicU64; OUTCOMES.len()],
    seconds: Histogram,
}

/// The outcomes, by their place in a meter.
const OUTCOMES: [(&str, Verdict); 5] = [
    ("accepted", Verdict::Accepted),
    ("refused_for_now", Verdict::Transient),
    ("refused", Verdict::Permanent),
    ("unknown", Verdict::Unknown),
    ("untried", Verdict::NotTried),
];

impl Meters {
    pub fn new<'a>(servers: impl IntoIterator<Item = &'a MailServers>, now: DateTime<Utc>) -> Self {
        let servers = servers
            .into_iter()
            .flat_map(MailServers::iter)
            .map(|server| (server.name.clone(), ServerMeter::default()));
        Self(Arc::new(Counted {
            started_at: now,
            servers: servers.collect(),
            begun: Default::default(),
            unwritten: Default::default(),
        }))
    }

    /// A letter was tried with this server, and its answer took so long.
    pub fn tried(&self, server: &str, verdict: Verdict, took: Duration) {
        let Some(meter) = self.0.servers.get(server) else {
            return;
        };
        let place = OUTCOMES.iter().position(|(_, known)| *known == verdict);
        if let Some(count) = place.and_then(|place| meter.outcomes.get(place)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        if verdict != Verdict::NotTried {
            meter.seconds.add(took);
        }
    }

    /// How many letters of a channel are begun and not answered, and how many answers are not written yet.
    pub fn holds(&self, channel: Channel, begun: usize, unwritten: usize) {
        let place = match channel {
            Channel::Email => 0,
            Channel::Sms => 1,
        };
        self.0.begun[place].store(begun as u64, Ordering::Relaxed);
        self.0.unwritten[place].store(unwritten as u64, Ordering::Relaxed);
    }
}
