//! What has changed in the database, as far as this process has heard, so that what was read can be kept until then.
//!
//! Time is counted in changes. Who wants to keep something notes the time before reading it ([`Changes::now`]) and from
//! which [`Part`]s of the database it was made; it holds while none of them has changed since ([`Changes::hold`]).
//! What was being read when a change came does therefore not hold, and nobody needs to know who keeps what.
//!
//! Changes are told by each write of this process at its commit (`write.rs`), and by what listens to others
//! (`kept/hearing.rs`). While nobody listens, nothing holds. Who listens says each time until when that is enough: if
//! its thread stands still, or the whole process does, what was kept is not taken for true when others go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Instant;

/// Rows share a place by their id: those that share one are forgotten together, which is too early and never too late.
const PLACES: usize = 1024;

/// The tables from whose rows answers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Users,
    Recipients,
    Messages,
    Mailings,
    Articles,
}

impl Table {
    pub const ALL: [Self; 5] = [
        Self::Users,
        Self::Recipients,
        Self::Messages,
        Self::Mailings,
        Self::Articles,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Recipients => "recipients",
            Self::Messages => "messages",
            Self::Mailings => "mailings",
            Self::Articles => "blog_articles",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|table| table.name().eq_ignore_ascii_case(name))
    }
}

/// Something that an answer was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Row(Table, i64),
    /// A count, or a choice among all rows.
    All(Table),
}

/// What one statement did to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub table: Table,
    pub rows: Rows,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// There are more than before, and the others are as they were.
    New,
    These(Vec<i64>),
    /// Nobody knows which.
    Any,
}

/// When what has changed last. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Changes(Arc<Times>);

#[derive(Debug)]
struct Times {
    now: AtomicU64,
    everything: AtomicU64,
    tables: [TableTimes; Table::ALL.len()],
    /// In real time: what tests make of the clock has no part in it.
    began: Instant,
    /// Until then whoever writes is heard, in milliseconds since it began.
    heard_until: AtomicU64,
}

const FOR_GOOD: u64 = u64::MAX;

#[derive(Debug)]
struct TableTimes {
    /// Of any change.
    last: AtomicU64,
    /// Of a change to nobody knows which rows.
    any_row: AtomicU64,
    rows: Vec<AtomicU64>,
}

impl Changes {
    pub fn now(&self) -> u64 {
        self.0.now.load(SeqCst)
    }

    /// Are these parts as they were then?
    pub fn hold(&self, parts: &[Part], since: u64) -> bool {
        let is_older = |time: &AtomicU64| time.load(SeqCst) <= since;
        self.are_heard()
            && is_older(&self.0.everything)
            && parts.iter().all(|part| match *part {
                Part::All(table) => is_older(&self.times(table).last),
                Part::Row(table, id) => {
                    let times = self.times(table);
                    is_older(&times.any_row) && is_older(times.of(id))
                }
            })
    }

    /// This was changed, and whoever reads from now on sees it.
    pub fn tell(&self, change: &Change) {
        let time = self.0.now.fetch_add(1, SeqCst) + 1;
        let times = self.times(change.table);
        times.last.fetch_max(time, SeqCst);
        match &change.rows {
            Rows::New => {}
            Rows::Any => {
                times.any_row.fetch_max(time, SeqCst);
            }
            Rows::These(ids) => {
                for id in ids {
                    times.of(*id).fetch_max(time, SeqCst);
                }
            }
        }
    }

    /// Anything may have changed.
    pub fn tell_everything(&self) {
        let time = self.0.now.fetch_add(1, SeqCst) + 1;
        self.0.everything.fetch_max(time, SeqCst);
    }

    /// Is whoever writes heard at present?
    pub fn are_heard(&self) -> bool {
        let until = self.0.heard_until.load(SeqCst);
        until == FOR_GOOD || self.since_beginning(Instant::now()) < until
    }

    /// From now on whoever writes is heard, because nobody else is there.
    pub fn hear(&self) {
        // What came before was not.
        self.tell_everything();
        self.0.heard_until.store(FOR_GOOD, SeqCst);
    }

    /// Whoever writes is heard by somebody who listens, and will say so again before then.
    pub fn hear_until(&self, then: Instant) {
        let until = self.since_beginning(then);
        self.0.heard_until.store(until, SeqCst);
    }

    /// From now on somebody may write unheard: nothing holds.
    pub fn miss(&self) {
        self.0.heard_until.store(0, SeqCst);
    }

    fn since_beginning(&self, at: Instant) -> u64 {
        let past = at.saturating_duration_since(self.0.began);
        u64::try_from(past.as_millis()).unwrap_or(FOR_GOOD - 1)
    }

    fn times(&self, table: Table) -> &TableTimes {
        &self.0.tables[table as usize]
    }
}

impl TableTimes {
    fn of(&self, id: i64) -> &AtomicU64 {
        &self.rows[id as usize % PLACES]
    }
}

impl Default for Times {
    fn default() -> Self {
        Self {
            now: AtomicU64::default(),
            everything: AtomicU64::default(),
            tables: Default::default(),
            began: Instant::now(),
            heard_until: AtomicU64::default(),
        }
    }
}

impl Default for TableTimes {
    fn default() -> Self {
        Self {
            last: AtomicU64::default(),
            any_row: AtomicU64::default(),
            rows: std::iter::repeat_with(AtomicU64::default)
                .take(PLACES)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const ROW: Part = Part::Row(Table::Messages, 7);
    const ALL: Part = Part::All(Table::Messages);

    fn changed(table: Table, rows: Rows) -> [bool; 2] {
        let changes = Changes::default();
        changes.hear();
        let before = changes.now();
        changes.tell(&Change { table, rows });
        [ROW, ALL].map(|part| changes.hold(&[part], before))
    }

    #[test]
    fn what_was_read_holds_until_its_row_or_its_table_changes() {
        let messages = Table::Messages;
        assert_eq!(changed(messages, Rows::These(vec![3, 7])), [false, false]);
        assert_eq!(changed(messages, Rows::These(vec![8])), [true, false]);
        assert_eq!(changed(messages, Rows::New), [true, false]);
        assert_eq!(changed(messages, Rows::Any), [false, false]);
        assert_eq!(changed(Table::Mailings, Rows::Any), [true, true]);
    }

    #[test]
    fn nothing_holds_while_somebody_is_not_heard_and_nothing_of_before_afterwards() {
        let changes = Changes::default();
        assert!(!changes.hold(&[ROW], changes.now()));
        changes.hear();
        let before = changes.now();
        assert!(changes.hold(&[ROW], before));
        changes.miss();
        assert!(!changes.hold(&[ROW], before));
        changes.hear();
        assert!(!changes.hold(&[ROW], before));
        assert!(changes.hold(&[ROW], changes.now()));
    }

    #[test]
    fn who_listens_is_believed_until_then_and_no_longer() {
        let changes = Changes::default();
        let before = changes.now();
        changes.hear_until(Instant::now() + Duration::from_secs(3600));
        assert!(changes.hold(&[ROW], before));
        changes.hear_until(Instant::now());
        assert!(!changes.hold(&[ROW], before));
        // Nothing was missed: it holds again when somebody was heard again.
        changes.hear_until(Instant::now() + Duration::from_secs(3600));
        assert!(changes.hold(&[ROW], before));
    }

    #[test]
    fn rows_with_ids_that_nobody_gives_have_a_place_too() {
        let changes = Changes::default();
        changes.hear();
        for id in [0, -1, i64::MIN, i64::MAX] {
            let rows = Rows::These(vec![id]);
            let before = changes.now();
            changes.tell(&Change {
                table: Table::Users,
                rows,
            });
            assert!(!changes.hold(&[Part::Row(Table::Users, id)], before));
        }
    }
}
