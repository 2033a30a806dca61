//! Days as each zone has them.

use contract::delivery::{DeliveryState, Outcome};
use contract::problem::{ErrorCode, FieldCode};
use contract::statistics::{DailyStatistics, Statistics};

use crate::support::{Client, TestApp};

const TAKEN: (Outcome, u16, &str) = (Outcome::Succeeded, 250, "2.0.0 Ok");

/// A letter is sent at each of these instants.
async fn sent_at(instants: &[&str]) -> (TestApp, Client) {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    for (number, at) in (1..).zip(instants) {
        app.at(at);
        let run = app.past_run(&anna, 7, "Spring", "Hello").await;
        let to = (9_000 + number, "maria@example.org", "Maria");
        app.delivery(run, to, DeliveryState::Sent, &[TAKEN]).await;
    }
    (app, anna)
}

async fn by_day(person: &Client, query: &str) -> Vec<(String, u64, u64)> {
    let path = format!("statistics/daily?{query}");
    let daily: DailyStatistics = person.get(&path).await.json();
    let days = daily.days.iter();
    days.map(|day| {
        let figures = &day.figures;
        (day.date.to_string(), figures.letters.sent, figures.accepted)
    })
    .collect()
}

#[actix_web::test]
async fn a_letter_stands_on_the_day_of_the_zone_that_is_asked_for() {
    // 23:50 in Kolkata, then ten past midnight, half an hour past the hour in UTC.
    let (_app, anna) = sent_at(&["2030-05-01T18:20:00Z", "2030-05-01T18:40:00Z"]).await;
    let days = |zone: &str| format!("from=2030-05-01&to=2030-05-02&time_zone={zone}");
    let first = ("2030-05-01".to_owned(), 2, 2);
    let nothing = |day: &str| (day.to_owned(), 0, 0);
    assert_eq!(
        by_day(&anna, &days("UTC")).await,
        [first, nothing("2030-05-02")]
    );
    assert_eq!(
        by_day(&anna, &days("Asia/Kolkata")).await,
        [
            ("2030-05-01".to_owned(), 1, 1),
            ("2030-05-02".to_owned(), 1, 1)
        ]
    );
    assert_eq!(
        by_day(&anna, &days("Pacific/Auckland")).await,
        [nothing("2030-05-01"), ("2030-05-02".to_owned(), 2, 2)]
    );
}

#[actix_web::test]
async fn days_on_which_the_clocks_change_have_all_their_letters_once() {
    // Berlin: 23 hours on 31 March, 25 on 27 October.
    let (_app, anna) = sent_at(&[
        "2030-03-30T22:59:00Z",
        "2030-03-30T23:00:00Z",
        "2030-03-31T21:59:00Z",
        "2030-03-31T22:00:00Z",
        "2030-10-26T21:59:00Z",
        "2030-10-26T22:00:00Z",
        "2030-10-27T22:59:00Z",
        "2030-10-27T23:00:00Z",
    ])
    .await;
    let spring = "from=2030-03-30&to=2030-04-01&time_zone=Europe/Berlin";
    let counts = |days: Vec<(String, u64, u64)>| -> Vec<u64> {
        days.iter().map(|(_, letters, _)| *letters).collect()
    };
    assert_eq!(counts(by_day(&anna, spring).await), [1, 2, 1]);
    let autumn = "from=2030-10-26&to=2030-10-28&time_zone=Europe/Berlin";
    assert_eq!(counts(by_day(&anna, autumn).await), [1, 2, 1]);
    let daily: DailyStatistics = anna.get(&format!("statistics/daily?{autumn}")).await.json();
    let hours: Vec<i64> = daily
        .days
        .iter()
        .map(|day| (day.to - day.from).num_hours())
        .collect();
    assert_eq!(hours, [24, 25, 24]);
    // The days of a year add up to what the whole is.
    let year = by_day(
        &anna,
        "from=2030-01-01&to=2030-12-31&time_zone=Europe/Berlin",
    )
    .await;
    let sum: u64 = counts(year).iter().sum();
    let totals: Statistics = anna.get("statistics").await.json();
    assert_eq!(sum, totals.figures.letters.sent);
}

#[actix_web::test]
async fn thirty_days_to_today_of_ones_own_zone_are_told_if_nothing_else_is_asked() {
    // Half past eleven in the evening; in Moscow, where the tests' people live, it is tomorrow.
    let (app, anna) = sent_at(&["2030-05-29T22:30:00Z"]).await;
    app.at("2030-05-29T23:30:00Z");
    let daily: DailyStatistics = anna.get("statistics/daily").await.json();
    assert_eq!(daily.time_zone, "Europe/Moscow");
    assert_eq!(daily.days.len(), 30);
    let last = daily.days.last().unwrap();
    assert_eq!(
        (last.date.to_string().as_str(), last.figures.accepted),
        ("2030-05-30", 1)
    );
    assert_eq!(daily.days[0].date.to_string(), "2030-05-01");
}

#[actix_web::test]
async fn the_days_of_one_mailing_or_message_can_be_asked_for() {
    let (app, anna) = sent_at(&["2030-05-01T12:00:00Z"]).await;
    let run = app.past_run(&anna, 8, "Summer", "Hello").await;
    app.delivery(
        run,
        (9_100, "mark@example.org", "Mark"),
        DeliveryState::Sent,
        &[TAKEN],
    )
    .await;
    let of = |mailing: i64| format!("from=2030-05-01&to=2030-05-01&mailing_id={mailing}");
    assert_eq!(
        by_day(&anna, &of(7)).await,
        [("2030-05-01".to_owned(), 1, 1)]
    );
    assert_eq!(by_day(&anna, "from=2030-05-01&to=2030-05-01").await[0].1, 2);
    let path = |query: &str| format!("statistics/daily?{query}");
    anna.get(&path("mailing_id=99"))
        .await
        .refused(404, ErrorCode::NotFound);
    anna.get(&path("message_id=99"))
        .await
        .refused(404, ErrorCode::NotFound);
    anna.get(&path("mailing_id=7&message_id=7"))
        .await
        .wrong_field("message_id", FieldCode::OutOfRange);
    let boris = app.member("boris").await;
    boris
        .get(&path(&of(7)))
        .await
        .refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn days_that_nobody_has_are_refused() {
    let (_app, anna) = sent_at(&[]).await;
    let cases = [
        ("from=2030-05-02&to=2030-05-01", "to", FieldCode::OutOfRange),
        ("from=2029-01-01&to=2030-05-01", "to", FieldCode::OutOfRange),
        (
            "from=1969-12-31&to=1970-01-01",
            "from",
            FieldCode::OutOfRange,
        ),
        ("to=9999-12-31", "to", FieldCode::OutOfRange),
        (
            "time_zone=Mars/Olympus",
            "time_zone",
            FieldCode::UnknownZone,
        ),
    ];
    for (query, field, code) in cases {
        let answer = anna.get(&format!("statistics/daily?{query}")).await;
        answer.wrong_field(field, code);
    }
    let backwards = "statistics?from=2030-05-02T00:00:00Z&to=2030-05-01T00:00:00Z";
    anna.get(backwards)
        .await
        .wrong_field("to", FieldCode::OutOfRange);
    let whole_year = "statistics/daily?from=2028-01-01&to=2028-12-31";
    let daily: DailyStatistics = anna.get(whole_year).await.json();
    assert_eq!(daily.days.len(), 366);
}

#[actix_web::test]
async fn a_period_is_rounded_to_quarters_and_says_so() {
    let (_app, anna) = sent_at(&["2030-05-01T12:14:00Z", "2030-05-01T12:16:00Z"]).await;
    let path = "statistics?from=2030-05-01T12:07:00Z&to=2030-05-01T12:15:00Z";
    let totals: Statistics = anna.get(path).await.json();
    assert_eq!(
        totals.from.unwrap().to_rfc3339(),
        "2030-05-01T12:00:00+00:00"
    );
    assert_eq!(totals.to.unwrap().to_rfc3339(), "2030-05-01T12:15:00+00:00");
    assert_eq!(totals.figures.accepted, 1);
    let path = "statistics?to=2030-05-01T12:15:00.000001Z";
    let totals: Statistics = anna.get(path).await.json();
    assert_eq!(totals.figures.accepted, 2);
}
