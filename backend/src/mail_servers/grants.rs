//! Asking for letters to give to a server, giving them back, and reporting what it did with them.
//!
//! All three happen in transactions of the ledger: tokens are taken with the claim, and the breaker moves with the
//! outcomes that moved it. The row is held only when something on it is to change, so that workers wait for each
//! other only where a budget or a breaker makes them.

use chrono::{DateTime, Utc};
use contract::mail_servers::BreakerState;
use sea_orm::{ConnectionTrait, DbErr};

use super::breaker::Permission;
use super::reads::Standing;
use super::rows::{self, Row};
use super::{MailServer, Signs};
use crate::delivery::ledger::counts::Deltas;
use crate::delivery::ledger::streak;

/// So many letters may be given to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub letters: u64,
    /// It is one letter, to see whether the server works again.
    pub is_probe: bool,
    /// When the tokens were taken; they go back with this.
    pub taken_at: DateTime<Utc>,
}

/// Holds the rows of several servers until the transaction ends, in the order in which everybody does.
pub async fn hold(tx: &impl ConnectionTrait, mut servers: Vec<&MailServer>) -> Result<(), DbErr> {
    servers.sort_unstable_by_key(|server| &server.name);
    for server in servers {
        rows::hold(tx, server).await?;
    }
    Ok(())
}

/// May this worker give letters to this server, and how many? Takes the tokens. None: its breaker is open, its
/// budget is used up, or another worker tries it; [`Standing`] says until when. Belongs into the claim's transaction.
/// Ask for what leaves within half a second.
pub async fn grant(
    tx: &impl ConnectionTrait,
    server: &MailServer,
    worker_id: i64,
    wanted: u64,
) -> Result<Option<Grant>, DbErr> {
    if wanted == 0 {
        return Ok(None);
    }
    if server.limits.is_unlimited() {
        let row = rows::look(tx, server).await?;
        let works = row.is_none_or(|row| row.breaker.state == BreakerState::Closed);
        if works {
            return Ok(Some(Grant {
                letters: wanted,
                is_probe: false,
                taken_at: server.clock.now(),
            }));
        }
    }
    let mut row = rows::hold(tx, server).await?;
    let lives = rows::prober_lives(tx, &row.breaker).await?;
    let permission = row.breaker.permission(lives, row.now);
    let wanted = match permission {
        Permission::No => return Ok(None),
        Permission::Yes => wanted,
        Permission::Probe => 1,
    };
    let letters = row.spent.take(server.limits, wanted, row.now);
    if letters == 0 {
        return Ok(None);
    }
    if permission == Permission::Probe {
        row.breaker.probed_by(worker_id, row.now);
    }
    let taken_at = row.now;
    rows::write(tx, server, row).await?;
    Ok(Some(Grant {
        letters,
        is_probe: permission == Permission::Probe,
        taken_at,
    }))
}

/// Gives back what was granted and not tried: `Grant { letters: untried, ..grant }`. A probe without a letter goes
/// back too, so that the next worker may try at once.
pub async fn give_back(
    tx: &impl ConnectionTrait,
    server: &MailServer,
    worker_id: i64,
    untried: Grant,
) -> Result<(), DbErr> {
    let Grant {
        letters,
        is_probe,
        taken_at,
    } = untried;
    if letters == 0 || (server.limits.is_unlimited() && !is_probe) {
        return Ok(());
    }
    let mut row = rows::hold(tx, server).await?;
    row.spent
        .give_back(server.limits, letters, taken_at, row.now);
    if is_probe {
        row.breaker.probe_given_back(worker_id, row.now);
    }
    rows::write(tx, server, row).await
}

/// What the server did with the letters whose outcomes this transaction records: call it after they are recorded.
/// Opens and closes the breaker; a streak of refusals brings its letters back. Says how the server stands now.
pub async fn report(
    tx: &impl ConnectionTrait,
    server: &MailServer,
    worker_id: i64,
    signs: &Signs,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<Standing, DbErr> {
    let seen = rows::look(tx, server).await?;
    // Most reports are of a server that works and accepts: they need not wait for its row.
    let is_quiet = seen.as_ref().is_none_or(|row| row.breaker.is_quiet());
    if signs.is_empty() || is_quiet && signs.is_good() {
        return Standing::of(tx, server, seen).await;
    }
    let refused_before = streak::refused_before(tx, &signs.refused).await?;
    let mut row = rows::hold(tx, server).await?;
    let before = row.breaker.clone();
    let (patience, at) = (server.patience, row.now);
    let sent_back = row
        .breaker
        .hear(worker_id, signs, &refused_before, patience, at);
    if row.breaker != before {
        tell(server, &before.state, &row);
        rows::write(tx, server, row.clone()).await?;
    }
    let due_at = row.breaker.retry_at.map_or(now, |at| server.clock.here(at));
    streak::send_back(tx, deltas, &sent_back, due_at, now).await?;
    Standing::of(tx, server, Some(row)).await
}

/// The words are for staff: they may name an address, and stay out of the log.
fn tell(server: &MailServer, before: &BreakerState, row: &Row) {
    let (server, retry_at, cause) = (
        &server.name,
        row.breaker.retry_at.map(|at| server.clock.here(at)),
        row.breaker.cause,
    );
    match (before, row.breaker.state) {
        (BreakerState::Closed | BreakerState::HalfOpen, BreakerState::Open) => {
            tracing::warn!(
                server,
                ?cause,
                ?retry_at,
                "a mail server does not work; letters wait or go over others"
            );
        }
        (BreakerState::Open | BreakerState::HalfOpen, BreakerState::Closed) => {
            tracing::info!(server, "a mail server works again");
        }
        _ => {}
    }
}
