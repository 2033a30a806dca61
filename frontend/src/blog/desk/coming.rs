//! What becomes of an article when it is saved: who will read it, and from when on.

use chrono::{DateTime, Utc};

use super::draft::{Draft, Instant, When};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// Nobody but those who write reads it.
    Draft,
    /// Readers have it, and lose it.
    TakenBack,
    /// It appears as soon as it is saved.
    AtOnce,
    /// The same, with a date that is past.
    Dated(DateTime<Utc>),
    /// It appears by itself.
    Later(DateTime<Utc>),
    /// Readers have it, lose it, and get it again by then.
    AwayUntil(DateTime<Utc>),
    /// It is out, and keeps its date.
    Stays(DateTime<Utc>),
    /// There is no whole date yet.
    Unknown,
}

impl Coming {
    pub fn of(draft: &Draft, now: DateTime<Utc>, instant: Instant) -> Self {
        let at = draft.appears_at(instant).ok().flatten();
        match (draft.when, at) {
            (When::Draft, _) if is_out(draft, now) => Self::TakenBack,
            (When::Draft, _) => Self::Draft,
            (When::Now, _) => Self::AtOnce,
            (When::AsIs, Some(at)) => Self::Stays(at),
            (When::Later, Some(at)) if at <= now => Self::Dated(at),
            (When::Later, Some(at)) if is_out(draft, now) => Self::AwayUntil(at),
            (When::Later, Some(at)) => Self::Later(at),
            (When::AsIs | When::Later, None) => Self::Unknown,
        }
    }
}

/// Whether readers have it, as it was read.
pub fn is_out(draft: &Draft, now: DateTime<Utc>) -> bool {
    draft.published_at.is_some_and(|at| at <= now)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::*;

    fn utc(shown: NaiveDateTime, _: &str) -> DateTime<Utc> {
        shown.and_utc()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn coming(published_at: Option<&str>, when: When, day: &str) -> Coming {
        let now = at("2030-05-02T06:00:00Z");
        let draft = Draft {
            when,
            day: day.to_owned(),
            published_at: published_at.map(at),
            ..Draft::new(now, "", |at, _| at.naive_utc())
        };
        Coming::of(&draft, now, utc)
    }

    #[test]
    fn what_readers_have_and_would_lose_is_told_apart_from_what_they_never_had() {
        let out = Some("2030-05-01T06:00:00Z");
        let scheduled = Some("2030-05-03T06:00:00Z");
        let morning = at("2030-05-04T09:00:00Z");
        for (published_at, when, told) in [
            (None, When::Draft, Coming::Draft),
            (scheduled, When::Draft, Coming::Draft),
            (out, When::Draft, Coming::TakenBack),
            (None, When::Now, Coming::AtOnce),
            (None, When::Later, Coming::Later(morning)),
            (scheduled, When::Later, Coming::Later(morning)),
            (out, When::Later, Coming::AwayUntil(morning)),
            (out, When::AsIs, Coming::Stays(at("2030-05-01T06:00:00Z"))),
        ] {
            assert_eq!(coming(published_at, when, "2030-05-04"), told);
        }
    }

    #[test]
    fn a_date_that_is_past_or_missing_is_told() {
        let past = Coming::Dated(at("2030-05-01T09:00:00Z"));
        for published_at in [None, Some("2030-04-01T06:00:00Z")] {
            assert_eq!(coming(published_at, When::Later, "2030-05-01"), past);
        }
        assert_eq!(coming(None, When::Later, ""), Coming::Unknown);
    }
}
