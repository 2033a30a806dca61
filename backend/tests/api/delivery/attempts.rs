//! The log of attempts: filtered, summed up, and masked where it is open to all.

use chrono::{DateTime, Utc};
use contract::delivery::{AttemptTotals, AttemptView, DeliveryState, Outcome};
use contract::instance::AttemptLog;
use contract::listing::Page;
use contract::problem::{ErrorCode, FieldCode};
use golub::delivery::entity::attempt;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::history::PastRun;
use crate::support::{Client, TestApp};

const GREYLISTED: (Outcome, u16, &str) = (Outcome::Failed, 450, "4.7.1 Greylisted");
const TAKEN: (Outcome, u16, &str) = (Outcome::Succeeded, 250, "2.0.0 Ok: queued as 4F2A1");
const GONE: (Outcome, u16, &str) = (
    Outcome::Failed,
    550,
    "5.1.1 <gone@example.org>: User gone unknown",
);
const LOST: (Outcome, u16, &str) = (Outcome::Unknown, 0, "the answer never came");

/// Two days of two people: five attempts of Anna's, one of Boris's.
struct Log {
    app: TestApp,
    anna: Client,
    boris: Client,
    first: PastRun,
    delivery: i64,
}

async fn log(attempt_log: AttemptLog) -> Log {
    let app = TestApp::with(|config| config.instance.attempt_log = attempt_log).await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let first = app
        .past_run(&anna, 7, "Spring", "For {{ full_name }} <{{ email }}>")
        .await;
    let delivery = app
        .delivery(
            first,
            (9_001, "Maria@example.org", "Мария"),
            DeliveryState::Sent,
            &[GREYLISTED, TAKEN],
        )
        .await;
    app.delivery(
        first,
        (9_002, "gone@example.org", "Gone"),
        DeliveryState::Failed,
        &[GONE],
    )
    .await;
    app.at("2030-05-02T06:00:00Z");
    let second = app.past_run(&anna, 8, "Summer", "Summer").await;
    app.delivery(
        second,
        (9_001, "Maria@example.org", "Мария"),
        DeliveryState::Sent,
        &[LOST, TAKEN],
    )
    .await;
    let his = app.past_run(&boris, 9, "His", "To {{ full_name }}").await;
    app.delivery(
        his,
        (9_003, "mark@example.org", "Mark"),
        DeliveryState::Sent,
        &[TAKEN],
    )
    .await;
    Log {
        app,
        anna,
        boris,
        first,
        delivery,
    }
}

#[actix_web::test]
async fn an_attempt_tells_who_what_when_and_the_servers_words() {
    let log = log(AttemptLog::Own).await;
    let Log { anna, delivery, .. } = &log;
    let page = attempts(anna, &format!("delivery_id={delivery}")).await;
    let [second, first] = &page.items[..] else {
        panic!("two tries")
    };
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(
        (first.outcome, second.outcome),
        (Outcome::Failed, Outcome::Succeeded)
    );
    assert_eq!(first.smtp_code, Some(450));
    assert_eq!(first.response, "4.7.1 Greylisted");
    assert_eq!(first.recipient_email, "Maria@example.org");
    assert_eq!(first.subject, "For Мария <Maria@example.org>");
    assert_eq!(first.mailing_title, "Spring");
    assert_eq!((first.mailing_id, first.milliseconds), (7, 12));
    assert_eq!(first.owner.email, anna.email);
    // When: of each day's tries, its own instant.
    assert_eq!(first.at.to_rfc3339(), "2030-05-01T06:00:00+00:00");
    let second_day = attempts(anna, "mailing_id=8&outcome=succeeded").await;
    let at = second_day.items[0].at.to_rfc3339();
    assert_eq!(at, "2030-05-02T06:00:00+00:00");
}

#[actix_web::test]
async fn the_log_and_its_sums_are_narrowed_by_the_same_filters() {
    let Log {
        app, anna, first, ..
    } = log(AttemptLog::Own).await;
    let admin = app.admin("adam").await;
    let totals = |attempts, succeeded, failed, unknown, letters| AttemptTotals {
        attempts,
        succeeded,
        failed,
        unknown,
        letters,
        capped: false,
    };
    let hers = totals(5, 2, 2, 1, 2);
    let cases = [
        (String::new(), hers),
        ("outcome=failed".to_owned(), totals(2, 0, 2, 0, 0)),
        ("outcome=unknown".to_owned(), totals(1, 0, 0, 1, 0)),
        ("mailing_id=8".to_owned(), totals(2, 1, 0, 1, 1)),
        (format!("run_id={}", first.id), totals(3, 1, 2, 0, 1)),
        ("code=550".to_owned(), totals(1, 0, 1, 0, 0)),
        ("search=MARIA%40".to_owned(), totals(4, 2, 1, 1, 2)),
        ("search=aria".to_owned(), AttemptTotals::default()),
        (
            "from=2030-05-02T00:00:00Z".to_owned(),
            totals(2, 1, 0, 1, 1),
        ),
        ("to=2030-05-02T06:00:00Z".to_owned(), totals(3, 1, 2, 0, 1)),
        (
            "from=2030-05-02T00:20:00Z&to=2030-05-03T00:40:00Z".to_owned(),
            totals(2, 1, 0, 1, 1),
        ),
        (
            "search=maria&outcome=succeeded&to=2030-05-02T00:00:00Z".to_owned(),
            totals(1, 1, 0, 0, 1),
        ),
        (format!("owner_id={}", admin.id), AttemptTotals::default()),
    ];
    for (query, expected) in cases {
        let path = format!("attempts/totals?{query}");
        assert_eq!(
            anna.get(&path).await.json::<AttemptTotals>(),
            expected,
            "{query}"
        );
        let listed = attempts(&anna, &query).await;
        assert_eq!(listed.total, expected.attempts, "{query}");
        let newest_first = listed.items.windows(2).all(|pair| pair[0].id > pair[1].id);
        assert!(newest_first, "{query}");
    }
    let all: AttemptTotals = admin.get("attempts/totals").await.json();
    assert_eq!(all, totals(6, 3, 2, 1, 3));
    let path = format!("attempts/totals?owner_id={}", anna.id);
    assert_eq!(admin.get(&path).await.json::<AttemptTotals>(), hers);
    assert_eq!(attempts(&admin, "search=mar").await.total, 5);
}

#[actix_web::test]
async fn a_letter_accepted_twice_counts_when_it_was_first_accepted() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    app.at("2030-05-01T10:05:00Z");
    let run = app.past_run(&anna, 7, "Spring", "Spring").await;
    let person = (9_001, "maria@example.org", "Мария");
    let tries = [LOST, TAKEN, TAKEN];
    app.delivery(run, person, DeliveryState::Sent, &tries).await;
    let again = "2030-05-01T10:50:00Z".parse::<DateTime<Utc>>().unwrap();
    attempt::Entity::update_many()
        .col_expr(attempt::Column::At, Expr::value(again))
        .filter(attempt::Column::Number.eq(3))
        .exec(app.app.database.read())
        .await
        .unwrap();
    for (from, to, attempts, letters) in [
        ("10:00", "11:00", 3, 1),
        ("10:00", "10:30", 2, 1),
        ("10:30", "11:00", 1, 0),
    ] {
        let path = format!("attempts/totals?from=2030-05-01T{from}:00Z&to=2030-05-01T{to}:00Z");
        let totals: AttemptTotals = anna.get(&path).await.json();
        assert_eq!(
            (totals.attempts, totals.letters),
            (attempts, letters),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn the_log_is_paged_and_refuses_what_it_cannot_read() {
    let log = log(AttemptLog::Own).await;
    let anna = &log.anna;
    let mut ids = Vec::new();
    let mut after = String::new();
    loop {
        let page = attempts(anna, &format!("limit=2&after={after}")).await;
        ids.extend(page.items.iter().map(|attempt| attempt.id));
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(ids.len(), 5);
    assert!(ids.windows(2).all(|pair| pair[0] > pair[1]));
    for wrong in [
        "outcome=lost",
        "from=yesterday",
        "mailing_id=x",
        "code=99999",
    ] {
        for path in ["attempts", "attempts/totals"] {
            let answer = anna.get(&format!("{path}?{wrong}")).await;
            answer.refused(400, ErrorCode::UnreadableRequest);
        }
    }
    for far in ["from=%2B99999-01-01T00:00:00Z", "to=-5000-01-01T00:00:00Z"] {
        let field = far.split('=').next().unwrap();
        let answer = anna.get(&format!("attempts?{far}")).await;
        answer.wrong_field(field, FieldCode::OutOfRange);
    }
}

#[actix_web::test]
async fn a_private_log_shows_people_their_own_alone() {
    let Log {
        app, anna, boris, ..
    } = log(AttemptLog::Own).await;
    let theirs = format!("owner_id={}", anna.id);
    assert_eq!(attempts(&boris, "").await.total, 1);
    assert_eq!(attempts(&boris, &theirs).await.total, 0);
    assert_eq!(attempts(&boris, "mailing_id=7").await.total, 0);
    assert_eq!(attempts(&app.manager("mona").await, "").await.total, 6);
    app.guest()
        .get("attempts")
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn an_open_log_masks_the_recipients_of_others() {
    let Log {
        app, anna, boris, ..
    } = log(AttemptLog::Everyone).await;
    let answer = boris.get("attempts").await;
    let text = answer.text().to_lowercase();
    for secret in ["maria@", "gone@", "user gone", "мария", "\"gone"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let page: Page<AttemptView> = answer.json();
    assert_eq!(page.total, 6);
    let shown: Vec<(&str, &str)> = page
        .items
        .iter()
        .map(|attempt| (attempt.recipient_email.as_str(), attempt.subject.as_str()))
        .collect();
    assert_eq!(shown[0], ("mark@example.org", "To Mark"));
    assert_eq!(shown[5], ("M•••@example.org", "For ••• <M•••@example.org>"));
    assert_eq!(
        page.items[3].response,
        "5.1.1 <g•••@example.org>: User g••• unknown"
    );
    let totals: AttemptTotals = boris.get("attempts/totals").await.json();
    assert_eq!(totals.attempts, 6);

    // A search would tell masked addresses letter by letter: it goes through one's own.
    assert_eq!(attempts(&boris, "search=ma").await.total, 1);
    let sums: AttemptTotals = boris.get("attempts/totals?search=gone").await.json();
    assert_eq!(sums, AttemptTotals::default());
    assert_eq!(attempts(&anna, "search=ma").await.total, 4);

    // Those who see everything see it as it is.
    let manager = app.manager("mona").await;
    let all = attempts(&manager, "search=gone").await;
    assert_eq!(all.items[0].recipient_email, "gone@example.org");
    assert_eq!(all.items[0].response, GONE.2);
}

#[actix_web::test]
async fn history_stays_when_the_people_in_it_go() {
    let Log {
        app, anna, first, ..
    } = log(AttemptLog::Own).await;
    app.forget_person(&anna).await;
    let manager = app.manager("mona").await;
    let page = attempts(&manager, &format!("run_id={}", first.id)).await;
    assert_eq!(page.total, 3);
    assert_eq!(page.items[0].owner.id, anna.id);
    assert_eq!(page.items[0].owner.email, "");
}

async fn attempts(person: &Client, query: &str) -> Page<AttemptView> {
    person.get(&format!("attempts?{query}")).await.json()
}
