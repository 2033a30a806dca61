//! What forms add up to, without a browser: the clocks here are those of Moscow.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use contract::listing::Owner;
use contract::mailings::{
    AudienceView, Channel, MailingStatus, MailingView, OnUnknown, Recurrence, Weekday,
};
use contract::problem::{FieldCode, Named};

use super::draft::{Clocks, Draft, MonthlyBy, Rhythm, Start};

const MOSCOW: Clocks = Clocks {
    local: |instant, _| instant.naive_utc() + Duration::hours(3),
    instant: |shown, _| (shown - Duration::hours(3)).and_utc(),
};

fn at(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
        .expect("a date and a time")
        .and_utc()
}

fn now() -> DateTime<Utc> {
    at("2026-11-21 06:30:17")
}

fn draft() -> Draft {
    Draft {
        message_id: Some(7),
        ..Draft::new(now(), "Europe/Moscow", MOSCOW)
    }
}

/// A mailing as the API would tell of it.
pub fn example() -> MailingView {
    MailingView {
        id: 1,
        title: "Autumn".to_owned(),
        status: MailingStatus::Created,
        message: Some(Named {
            id: 7,
            title: "Autumn".to_owned(),
        }),
        audience: AudienceView {
            all: true,
            count: 3,
            without_phone: None,
            recipient_ids: Vec::new(),
        },
        channel: Channel::Email,
        starts_at: at("2026-12-01 06:00:25"),
        ends_at: None,
        time_zone: "Europe/Moscow".to_owned(),
        recurrence: Recurrence::Weekly {
            weekdays: Vec::new(),
        },
        on_unknown: OnUnknown::Hold,
        next_run_at: Some(at("2026-12-01 06:00:25")),
        owner: Owner {
            id: 2,
            email: "anna@example.org".to_owned(),
            full_name: String::new(),
        },
        last_run: None,
        runs: 0,
        stopped: None,
        completed_at: None,
        created_at: now(),
        updated_at: now(),
    }
}

#[test]
fn now_is_the_minute_one_is_in() {
    let mailing = draft().mailing(now(), MOSCOW).expect("nothing is wrong");
    assert_eq!(mailing.starts_at, at("2026-11-21 06:30:00"));
    assert_eq!(mailing.recurrence, Recurrence::Once);
    assert!(mailing.audience.all);
    assert_eq!(mailing.title, None);
}

#[test]
fn later_is_tomorrow_at_nine_on_the_clocks_of_the_zone() {
    let later = Draft {
        start: Start::Later,
        ..draft()
    };
    let mailing = later.mailing(now(), MOSCOW).expect("nothing is wrong");
    assert_eq!(mailing.starts_at, at("2026-11-22 06:00:00"));
}

#[test]
fn a_rhythm_suggests_the_day_of_the_start() {
    let mut planned = Draft {
        start: Start::Later,
        start_day: "2026-11-30".to_owned(),
        ..draft()
    };
    planned.take_rhythm(Rhythm::Weekly, now(), MOSCOW);
    assert_eq!(
        planned.recurrence(),
        Recurrence::Weekly {
            weekdays: vec![Weekday::Mon]
        }
    );
    planned.take_rhythm(Rhythm::Monthly, now(), MOSCOW);
    assert_eq!(planned.day, 30);
    planned.monthly_by = MonthlyBy::Weekday;
    // The 30th is a fifth Monday.
    let last_monday = Recurrence::Monthly {
        day: None,
        week: Some(-1),
        weekday: Some(Weekday::Mon),
    };
    assert_eq!(planned.recurrence(), last_monday);
}

#[test]
fn suggested_days_move_with_the_start_and_chosen_ones_stay() {
    // The 21st of November 2026 is a Saturday.
    let mut planned = draft();
    planned.take_rhythm(Rhythm::Weekly, now(), MOSCOW);
    assert!(planned.weekdays.contains(&Weekday::Sat));
    planned.move_start(now(), MOSCOW, |draft| draft.start = Start::Later);
    assert_eq!(
        planned.recurrence(),
        Recurrence::Weekly {
            weekdays: vec![Weekday::Sun]
        }
    );
    planned.weekdays.insert(Weekday::Wed);
    planned.move_start(now(), MOSCOW, |draft| {
        draft.start_day = "2026-11-27".to_owned()
    });
    let chosen = vec![Weekday::Wed, Weekday::Sun];
    assert_eq!(
        planned.recurrence(),
        Recurrence::Weekly { weekdays: chosen }
    );
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let empty = Draft {
        message_id: None,
        everyone: false,
        start: Start::Later,
        start_day: String::new(),
        rhythm: Rhythm::Weekly,
        ..draft()
    };
    let errors = empty.mailing(now(), MOSCOW).expect_err("much is missing");
    for field in ["message_id", "audience", "starts_at", "recurrence"] {
        assert_eq!(
            errors.of(field).first().map(|e| e.code),
            Some(FieldCode::Required),
            "{field}"
        );
    }
}

#[test]
fn an_end_before_the_start_is_refused_at_the_end() {
    let backwards = Draft {
        start: Start::Later,
        has_end: true,
        end_day: "2026-11-22".to_owned(),
        end_time: "08:00".to_owned(),
        ..draft()
    };
    let errors = backwards
        .mailing(now(), MOSCOW)
        .expect_err("it ends before it starts");
    assert_eq!(errors.of("ends_at")[0].code, FieldCode::EndBeforeStart);
}

#[test]
fn an_untouched_form_changes_nothing() {
    let before = Draft::of(&example(), Default::default(), now(), MOSCOW);
    let after = before.mailing(now(), MOSCOW).expect("nothing is wrong");
    assert_eq!(before.change(&before, after), Default::default());
    // The 1st of December 2026 is a Tuesday.
    assert_eq!(
        before.recurrence(),
        Recurrence::Weekly {
            weekdays: vec![Weekday::Tue]
        }
    );
}

#[test]
fn only_what_was_touched_changes() {
    let before = Draft::of(&example(), Default::default(), now(), MOSCOW);
    let touched = Draft {
        title: " Winter ".to_owned(),
        has_end: true,
        ..before.clone()
    };
    let after = touched.mailing(now(), MOSCOW).expect("nothing is wrong");
    let change = touched.change(&before, after);
    assert_eq!(change.title.as_deref(), Some("Winter"));
    assert!(change.ends_at.flatten().is_some());
    assert_eq!(
        (change.starts_at, change.recurrence, change.audience),
        (None, None, None)
    );

    let ended = MailingView {
        ends_at: Some(at("2026-12-31 15:00:00")),
        ..example()
    };
    let before = Draft::of(&ended, Default::default(), now(), MOSCOW);
    assert_eq!(
        (before.end_day.as_str(), before.end_time.as_str()),
        ("2026-12-31", "18:00")
    );
    let endless = Draft {
        has_end: false,
        ..before.clone()
    };
    let after = endless.mailing(now(), MOSCOW).expect("nothing is wrong");
    assert_eq!(endless.change(&before, after).ends_at, Some(None));
}
