//! A turn: one transaction that records what has come, claims and begins what may leave next.
//!
//! Outcomes come first, for they make room in the window; then what is held for servers that are given nothing goes
//! back; then claims, where a lane holds little and its server grants them; then each claim held begins its share.
//! All of it is committed at once or not at all. What the transaction may change is noted as in doubt before it
//! begins, and is taken out of memory into it ([`super::load`]), so that memory cannot contradict the database after
//! a failure.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::mail_servers::BreakerState;
use sea_orm::{ConnectionTrait, DbErr};

use super::super::ledger::begin::{Begun, begin, release};
use super::super::ledger::claim::{self, Wanted, claim, may_claim};
use super::super::ledger::counts::Deltas;
use super::super::ledger::record::{Policy, Tried, record};
use super::super::rules;
use super::doubt::Doubt;
use super::errands::Errands;
use super::lane::{HeldClaim, Lane};
use super::load::Load;
use super::places::Places;
use super::shares::shares;
use super::{Sender, Sent};
use crate::mail_servers::{
    Grant, MailServers, Signs, Standing, Turns, give_back, grant, hold, report,
};
use crate::problem::ApiError;

/// Outcomes written in one transaction.
const GROUP: usize = 512;
/// Claims that are done with are deleted when there are so many.
const FINISHED: usize = 16;

/// What a turn did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Turned {
    /// Did anything change?
    pub progressed: bool,
    /// Is there room for more, and did the last look find something?
    pub again: bool,
}

/// The transaction and what is the same throughout.
struct Turn<'a, C> {
    tx: &'a C,
    worker_id: i64,
    now: DateTime<Utc>,
    monotonic: Duration,
    deltas: Deltas,
}

/// What the outcomes of a turn say about one lane's server.
struct Heard {
    signs: Signs,
    /// Letters that were not tried.
    untried: u64,
    /// Were some of them never given to a carrier?
    has_untouched: bool,
}

impl Sender {
    pub(super) async fn turn(&mut self, sent: &mut Sent) -> Result<Turned, ApiError> {
        let group = Ord::min(GROUP, self.unwritten.len());
        let mut errands = self.errands().await?;
        if group == 0 && errands.is_empty() && !self.can_move() {
            return Ok(Turned::default());
        }
        let facts = self.runs.facts(&self.app, &self.unwritten[..group]).await?;
        let delivery = &self.app.config.delivery;
        let retry_after: Vec<Duration> = delivery.retry_after.iter().map(|wait| wait.0).collect();
        let policy = Policy {
            retry_after: &retry_after,
            // Another server can take at once what one could not.
            unreachable_for: match self.lanes.len() > 1 && self.lanes.iter().any(Lane::is_open) {
                true => Duration::ZERO,
                false => delivery.unreachable_for,
            },
        };
        let forgotten = match self.finished.len() {
            enough if enough >= FINISHED => enough,
            _ => 0,
        };

        self.doubt = self.doubts(&errands);
        let mut loads = self.load(group);
        let tx = self.app.database.write().await?;
        let mut turn = Turn {
            tx: &tx,
            worker_id: self.presence.worker_id(),
            now: self.app.clock.now(),
            monotonic: self.app.clock.monotonic(),
            deltas: Deltas::default(),
        };
        let outcomes = &self.unwritten[..group];
        let (worker_id, now) = (turn.worker_id, turn.now);
        let lanes = self.lanes.iter();
        let heard: Vec<Heard> = lanes.map(|lane| Heard::from(lane, outcomes)).collect();
        turn.hold_servers(&self.lanes, &loads, &heard).await?;
        record(&tx, outcomes, &facts, policy, &mut turn.deltas, now).await?;
        let standings = turn.report(&self.lanes, &heard).await?;
        for (lane, standing) in &standings {
            loads[*lane].is_open &= standing.state == BreakerState::Closed;
        }
        claim::forget(&tx, worker_id, &self.finished[..forgotten]).await?;
        let mut progressed = group > 0;
        for (lane, load) in self.lanes.iter().zip(&mut loads) {
            progressed |= turn.release_closed(lane, load).await?;
        }
        let servers = self.app.servers(self.channel);
        let (lanes, turns, places) = (&self.lanes, &mut self.turns, &mut self.places);
        let claims = turn
            .claim(servers, lanes, turns, places, &mut loads, &mut errands)
            .await?;
        for (lane, load) in self.lanes.iter().zip(&mut loads) {
            progressed |= turn.begin(load).await?;
            turn.give_back_probe(lane, load).await?;
        }
        let Turn {
            deltas, monotonic, ..
        } = turn;
        deltas.write(&tx, worker_id).await?;
        tx.commit().await?;

        // Committed: from here on nothing can fail.
        self.doubt = Doubt::default();
        self.finished.drain(..forgotten);
        let written: Vec<Tried> = self.unwritten.drain(..group).collect();
        sent.count(&written);
        for run in errands.served() {
            self.rotation.served(*run);
        }
        for (lane, standing) in standings {
            self.lanes[lane].hear(&standing, now);
            if standing.state != BreakerState::Closed {
                self.lanes[lane].close();
            }
        }
        self.unload(loads, &written, monotonic);
        Ok(Turned {
            progressed: progressed || claims > 0 || errands.gave_up_place(),
            again: claims > 0 && self.wants_more(),
        })
    }
}

impl<C: ConnectionTrait> Turn<'_, C> {
    /// Where the rows of several servers may be held, they all are first, in one order: two workers that held one each
    /// would wait for each other's.
    async fn hold_servers(
        &self,
        lanes: &[Lane],
        loads: &[Load],
        heard: &[Heard],
    ) -> Result<(), DbErr> {
        let mut servers = Vec::new();
        for ((lane, load), heard) in lanes.iter().zip(loads).zip(heard) {
            let moves = load.wants > 0 || heard.untried > 0 || !load.claims.is_empty();
            if moves && lane.counts_letters() || !heard.signs.is_good() {
                servers.push(&lane.server);
            }
        }
        if servers.len() > 1 {
            hold(self.tx, servers).await?;
        }
        Ok(())
    }

    /// Tells what each server did, and gives back the tokens of what was not tried.
    async fn report(
        &mut self,
        lanes: &[Lane],
        heard: &[Heard],
    ) -> Result<Vec<(usize, Standing)>, DbErr> {
        let mut standings = Vec::new();
        for (place, (lane, heard)) in lanes.iter().zip(heard).enumerate() {
            let Heard {
                signs,
                untried,
                has_untouched,
            } = heard;
            if !signs.is_empty() {
                let (tx, worker_id, now) = (self.tx, self.worker_id, self.now);
                let deltas = &mut self.deltas;
                let standing = report(tx, &lane.server, worker_id, signs, deltas, now).await?;
                standings.push((place, standing));
            }
            // A probe that was tried has been reported.
            self.give_back(lane, *untried, *has_untouched).await?;
        }
        Ok(standings)
    }

    async fn give_back(&self, lane: &Lane, letters: u64, with_probe: bool) -> Result<(), DbErr> {
        let Some(granted) = lane.grant.filter(|_| letters > 0) else {
            return Ok(());
        };
        let untried = Grant {
            letters,
            is_probe: granted.is_probe && with_probe,
            taken_at: granted.taken_at,
        };
        give_back(self.tx, &lane.server, self.worker_id, untried).await
    }

    /// What is held for a server that is given nothing goes back. Says whether there was something.
    async fn release_closed(&mut self, lane: &Lane, load: &mut Load) -> Result<bool, DbErr> {
        if load.is_open || load.claims.is_empty() {
            return Ok(false);
        }
        let held = load.claims.iter().map(|held| held.claim.deliveries.len());
        self.give_back(lane, held.sum::<usize>() as u64, true)
            .await?;
        for mut held in load.claims.drain(..) {
            release(self.tx, &mut held.claim, &mut self.deltas, self.now).await?;
            load.released.push(held.claim.id);
        }
        Ok(true)
    }

    /// Claims for the lanes whose turn it is, of the runs whose turn it is. Says how many claims were made.
    async fn claim(
        &mut self,
        servers: &MailServers,
        lanes: &[Lane],
        turns: &mut Turns,
        places: &mut Places,
        loads: &mut [Load],
        errands: &mut Errands,
    ) -> Result<usize, DbErr> {
        let mut claims = 0;
        if errands.is_empty() || !may_claim(self.tx, self.worker_id).await? {
            return Ok(claims);
        }
        while !errands.is_empty() {
            let has_room: Vec<bool> = loads.iter().map(|load| load.wants > 0).collect();
            let Some(place) = turns.next(servers, &has_room) else {
                break;
            };
            let (lane, load) = (&lanes[place], &mut loads[place]);
            if !self.ask(lane, load).await? {
                continue;
            }
            let Some(errand) = errands.next() else { break };
            let limit = load.wants;
            let wanted = Wanted {
                claim_id: errand.claim_id,
                run_id: errand.run.run_id,
                limit: limit as u64,
                after: places.of(errand.run.run_id),
            };
            let claimed =
                claim(self.tx, self.worker_id, wanted, &mut self.deltas, self.now).await?;
            let gave_up = places.note(errand.run.run_id, limit, claimed.as_ref(), self.monotonic);
            let count = claimed.as_ref().map_or(0, |claim| claim.deliveries.len());
            load.wants -= Ord::min(count, limit);
            let letters = errand.letters.clone();
            errands.done(errand, count == limit, gave_up);
            if let Some(claim) = claimed {
                load.claims.push(HeldClaim { claim, letters });
                claims += 1;
            }
        }
        for (lane, load) in lanes.iter().zip(loads) {
            // What was granted and found no letters.
            if let Some(granted) = load.grant {
                let untried = Grant {
                    letters: load.wants as u64,
                    ..granted
                };
                give_back(self.tx, &lane.server, self.worker_id, untried).await?;
                // A probe without a letter tells nothing about the server.
                load.grant = Some(granted).filter(|_| !granted.is_probe || load.wants == 0);
            }
        }
        Ok(claims)
    }

    /// Asks for letters, once in a turn. Says whether there are any to claim.
    async fn ask(&self, lane: &Lane, load: &mut Load) -> Result<bool, DbErr> {
        if load.grant.is_none() {
            let wanted = load.wants as u64;
            load.grant = grant(self.tx, &lane.server, self.worker_id, wanted).await?;
            load.wants = load.grant.map_or(0, |granted| granted.letters as usize);
            load.is_open |= load.grant.is_some();
        }
        Ok(load.wants > 0)
    }

    /// The letter that was to try the server may turn out not to be wanted: it tells nothing about the server.
    async fn give_back_probe(&self, lane: &Lane, load: &mut Load) -> Result<(), DbErr> {
        let Some(granted) = load.grant.filter(|granted| granted.is_probe) else {
            return Ok(());
        };
        let mut held = load.claims.iter();
        if held.any(|held| !held.claim.deliveries.is_empty()) {
            return Ok(());
        }
        load.grant = None;
        give_back(self.tx, &lane.server, self.worker_id, granted).await
    }

    /// Begins a share of each claim. Says whether anything changed.
    async fn begin(&mut self, load: &mut Load) -> Result<bool, DbErr> {
        let lengths = load.claims.iter().map(|held| held.claim.deliveries.len());
        let shares = shares(&lengths.collect::<Vec<_>>(), load.room);
        if shares.iter().all(|share| *share == 0) {
            return Ok(false);
        }
        let (tx, worker_id, now) = (self.tx, self.worker_id, self.now);
        let rules = rules::current(tx).await?;
        for (place, share) in shares.into_iter().enumerate() {
            let claim = &mut load.claims[place].claim;
            let Some(last) = share.checked_sub(1) else {
                continue;
            };
            let through = claim.deliveries[last].id;
            let deltas = &mut self.deltas;
            match begin(tx, worker_id, rules, claim, through, deltas, now).await? {
                Begun::Yes => load.begun.push((place, through)),
                // Whoever took it over has all of it.
                Begun::Lost => claim.deliveries.clear(),
                Begun::Held => {}
            }
        }
        Ok(true)
    }
}

impl Heard {
    fn from(lane: &Lane, outcomes: &[Tried]) -> Self {
        let mut heard = Self {
            signs: Signs::default(),
            untried: 0,
            has_untouched: false,
        };
        for tried in outcomes.iter().filter(|tried| lane.serves(tried)) {
            match &tried.reply {
                Some(reply) => heard.signs.note(tried.delivery.id, reply),
                None => heard.has_untouched = true,
            }
            heard.untried += u64::from(!tried.counts());
        }
        heard
    }
}

impl Sent {
    fn count(&mut self, written: &[Tried]) {
        let tried = written.iter().filter(|tried| tried.counts()).count() as u64;
        self.tried += tried;
        self.untried += written.len() as u64 - tried;
    }
}
