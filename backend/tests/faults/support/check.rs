//! The ledger against what arrived, letter by letter.
//!
//! Everything is looked at before anything fails, so that a failure shows how much is wrong, and of what kind.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::FromQueryResult;

use super::place::{Place, Run};
use super::sink::{Accepted, Sink};

/// As many complaints of one kind as a failure shows.
const EXAMPLES: usize = 5;

const SENDING: i64 = 1;
const SENT: i64 = 2;
const UNKNOWN: i64 = 5;
const STATES: [&str; 6] = ["queued", "sending", "sent", "failed", "skipped", "unknown"];

/// What was found, in numbers.
#[derive(Debug, Default)]
pub struct Findings {
    pub letters: usize,
    pub by_state: BTreeMap<i64, usize>,
    /// Tries whose outcome nobody knows.
    pub unknown: usize,
    /// The most tries that became unknown at one instant: what one kill cost.
    pub unknown_at_once: usize,
    /// Copies received beyond the first of each letter.
    pub duplicates: usize,
    /// People without a letter of whom the ledger does not say so.
    pub lost: usize,
    pub wrong: Complaints,
}

/// What is wrong, by kind.
#[derive(Debug, Default)]
pub struct Complaints(BTreeMap<&'static str, Vec<String>>);

impl Complaints {
    fn add(&mut self, kind: &'static str, what: String) {
        self.0.entry(kind).or_default().push(what);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Complaints {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (kind, all) in &self.0 {
            writeln!(out, "{kind} ({} times):", all.len())?;
            for what in all.iter().take(EXAMPLES) {
                writeln!(out, "    {what}")?;
            }
        }
        Ok(())
    }
}

/// Is the run supposed to have come to its end?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Yes,
    /// It was left in the middle: what waits may wait, what was handed over must be written down.
    No,
}

#[derive(Debug, FromQueryResult)]
struct Delivery {
    id: i64,
    recipient_id: i64,
    email: String,
    state: i64,
    attempts: i64,
    possible_copies: i64,
}

#[derive(Debug, FromQueryResult)]
struct Attempt {
    delivery_id: i64,
    number: i64,
    at: chrono::DateTime<chrono::Utc>,
    outcome: i64,
}

#[derive(Debug, FromQueryResult)]
struct Count {
    state: i64,
    count: i64,
}

/// Compares a run with what these servers have accepted.
pub fn check(place: &Place, run: &Run, sinks: &[&Sink], ended: Ended) -> Findings {
    let deliveries: Vec<Delivery> = place
        .rows(
            "SELECT id, recipient_id, email, CAST(state AS BIGINT) AS state, attempts, possible_copies \
             FROM deliveries WHERE run_id = $1 ORDER BY id",
            run.id,
        )
        .unwrap();
    let attempts: Vec<Attempt> = place
        .rows(
            "SELECT delivery_id, number, at, CAST(outcome AS BIGINT) AS outcome FROM attempts \
             WHERE run_id = $1 ORDER BY delivery_id, number",
            run.id,
        )
        .unwrap();
    let counts: Vec<Count> = place
        .rows(
            "SELECT CAST(state AS BIGINT) AS state, CAST(SUM(count) AS BIGINT) AS count FROM run_counts \
             WHERE run_id = $1 GROUP BY state",
            run.id,
        )
        .unwrap();
    let mut found = Findings {
        letters: run.recipients.len(),
        ..Findings::default()
    };
    one_delivery_for_each(run, &deliveries, ended, &mut found);
    sums(place, run, &deliveries, counts, ended, &mut found);
    let copies = copies(run, &deliveries, sinks, &mut found);
    copies_agree(&deliveries, &copies, ended, &mut found);
    attempts_agree(&deliveries, &attempts, ended, &mut found);
    found
}

fn one_delivery_for_each(run: &Run, deliveries: &[Delivery], ended: Ended, found: &mut Findings) {
    let mut seen = HashSet::new();
    for delivery in deliveries {
        if !seen.insert(delivery.recipient_id) {
            found
                .wrong
                .add("two deliveries of one recipient", format!("{delivery:?}"));
        }
        match run.recipients.get(&delivery.recipient_id) {
            Some(email) if *email == delivery.email => {}
            other => found.wrong.add(
                "a delivery to nobody of the audience",
                format!("{delivery:?}, {other:?}"),
            ),
        }
    }
    if ended == Ended::Yes {
        for id in run.recipients.keys().filter(|id| !seen.contains(id)) {
            found.lost += 1;
            found
                .wrong
                .add("a recipient without a delivery", format!("recipient {id}"));
        }
    }
}

fn sums(
    place: &Place,
    run: &Run,
    deliveries: &[Delivery],
    counts: Vec<Count>,
    ended: Ended,
    found: &mut Findings,
) {
    for delivery in deliveries {
        *found.by_state.entry(delivery.state).or_default() += 1;
    }
    let mut counted: BTreeMap<i64, usize> = BTreeMap::new();
    for Count { state, count } in counts {
        match usize::try_from(count) {
            Ok(0) => {}
            Ok(count) => {
                counted.insert(state, count);
            }
            Err(_) => found
                .wrong
                .add("a counter below zero", format!("{} {count}", name(state))),
        }
    }
    if counted != found.by_state {
        let (counted, recounted) = (named(&counted), named(&found.by_state));
        found.wrong.add(
            "the counters are not what a recount gives",
            format!("{counted}, recounted {recounted}"),
        );
    }
    let standing = place.standing(run.id).unwrap();
    match standing.audience {
        Some(audience) if audience != deliveries.len() as i64 => {
            let what = format!("audience {audience}, deliveries {}", deliveries.len());
            found
                .wrong
                .add("the states do not add up to the audience", what);
        }
        None if ended == Ended::Yes => found
            .wrong
            .add("a run was never planned", format!("{standing:?}")),
        _ => {}
    }
}

/// How many copies of each delivery arrived. Each must be one of the run's, for the one it is to, and for nobody else.
fn copies(
    run: &Run,
    deliveries: &[Delivery],
    sinks: &[&Sink],
    found: &mut Findings,
) -> HashMap<i64, i64> {
    let by_id: HashMap<i64, &Delivery> = deliveries
        .iter()
        .map(|delivery| (delivery.id, delivery))
        .collect();
    let mut copies: HashMap<i64, i64> = HashMap::new();
    for sink in sinks {
        for letter in sink
            .accepted()
            .iter()
            .filter(|letter| letter.run_id == run.id)
        {
            *copies.entry(letter.delivery_id).or_default() += 1;
            let Accepted { recipient, to, .. } = letter;
            match by_id.get(&letter.delivery_id) {
                Some(delivery) if delivery.email == *recipient && delivery.email == *to => {}
                _ => found
                    .wrong
                    .add("a letter that is not its delivery's", format!("{letter:?}")),
            }
        }
    }
    copies
}

fn copies_agree(
    deliveries: &[Delivery],
    copies: &HashMap<i64, i64>,
    ended: Ended,
    found: &mut Findings,
) {
    for delivery in deliveries {
        let received = copies.get(&delivery.id).copied().unwrap_or(0);
        let Delivery {
            state,
            possible_copies,
            ..
        } = *delivery;
        let is_sent = state == SENT;
        found.duplicates += usize::try_from(received - 1).unwrap_or(0);
        // A letter that is on its way at this moment may have arrived.
        let on_its_way = i64::from(ended == Ended::No && state == SENDING);
        if received > i64::from(is_sent) + possible_copies + on_its_way {
            found.wrong.add(
                "more copies than the delivery says may have arrived",
                format!("{received} copies of {delivery:?}"),
            );
        }
        if is_sent && received == 0 {
            found.lost += 1;
            found
                .wrong
                .add("sent, and nothing arrived", format!("{delivery:?}"));
        }
        if ended == Ended::Yes && state <= SENDING {
            found.lost += 1;
            found
                .wrong
                .add("left behind", format!("{} {delivery:?}", name(state)));
        }
    }
}

fn attempts_agree(
    deliveries: &[Delivery],
    attempts: &[Attempt],
    ended: Ended,
    found: &mut Findings,
) {
    let mut of: HashMap<i64, Vec<&Attempt>> = HashMap::new();
    for attempt in attempts {
        of.entry(attempt.delivery_id).or_default().push(attempt);
    }
    let mut at_once: HashMap<chrono::DateTime<chrono::Utc>, usize> = HashMap::new();
    for attempt in attempts.iter().filter(|attempt| attempt.outcome == 2) {
        found.unknown += 1;
        *at_once.entry(attempt.at).or_default() += 1;
    }
    found.unknown_at_once = at_once.into_values().max().unwrap_or(0);
    for delivery in deliveries {
        let tries = of.remove(&delivery.id).unwrap_or_default();
        let in_order = tries
            .iter()
            .zip(1..)
            .all(|(attempt, number)| attempt.number == number);
        if !in_order || tries.len() as i64 != delivery.attempts {
            found.wrong.add(
                "the attempts are not counted through",
                format!("{delivery:?}: {tries:?}"),
            );
        }
        let outcomes = |wanted| {
            tries
                .iter()
                .filter(|attempt| attempt.outcome == wanted)
                .count() as i64
        };
        let (succeeded, unknown) = (outcomes(0), outcomes(2));
        let is_sent = i64::from(delivery.state == SENT);
        if succeeded < is_sent || succeeded > is_sent + delivery.possible_copies {
            found.wrong.add(
                "the log and the state disagree about success",
                format!("{delivery:?}: {tries:?}"),
            );
        }
        if delivery.possible_copies > 0 && unknown == 0 && ended == Ended::Yes {
            found.wrong.add(
                "possible copies without a try that may have made one",
                format!("{delivery:?}: {tries:?}"),
            );
        }
        if delivery.state == UNKNOWN && unknown == 0 {
            found.wrong.add(
                "unknown, and the log does not say why",
                format!("{delivery:?}: {tries:?}"),
            );
        }
    }
    for (id, tries) in of {
        found.wrong.add(
            "attempts of no delivery",
            format!("delivery {id}: {tries:?}"),
        );
    }
}

fn name(state: i64) -> &'static str {
    usize::try_from(state)
        .ok()
        .and_then(|state| STATES.get(state))
        .unwrap_or(&"?")
}

fn named(counts: &BTreeMap<i64, usize>) -> String {
    let each: Vec<String> = counts
        .iter()
        .map(|(state, count)| format!("{} {count}", name(*state)))
        .collect();
    each.join(", ")
}

impl Findings {
    /// Both, as one.
    pub fn and(mut self, other: Self) -> Self {
        let Self {
            letters,
            by_state,
            unknown,
            unknown_at_once,
            duplicates,
            lost,
            wrong,
        } = other;
        self.letters += letters;
        for (state, count) in by_state {
            *self.by_state.entry(state).or_default() += count;
        }
        self.unknown += unknown;
        self.unknown_at_once = Ord::max(self.unknown_at_once, unknown_at_once);
        self.duplicates += duplicates;
        self.lost += lost;
        for (kind, all) in wrong.0 {
            self.wrong.0.entry(kind).or_default().extend(all);
        }
        self
    }

    /// Says with each complaint what was tried.
    pub fn about(mut self, what: &str) -> Self {
        for complaint in self.wrong.0.values_mut().flatten() {
            *complaint = format!("{what}: {complaint}");
        }
        self
    }

    /// At most so many tries may have become unknown.
    pub fn at_most_unknown(mut self, limit: usize) -> Self {
        if self.unknown > limit {
            self.wrong.add(
                "more unknown than the window allows",
                format!("{} of at most {limit}", self.unknown),
            );
        }
        self
    }

    /// Nobody got two.
    pub fn no_duplicates(mut self) -> Self {
        if self.duplicates > 0 {
            self.wrong
                .add("letters that came twice", self.duplicates.to_string());
        }
        self
    }
}
