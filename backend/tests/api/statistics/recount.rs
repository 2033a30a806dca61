//! The operations answer what a recount of the ledger gives, after a worker was driven through mixed outcomes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::accounts::users::LetterCounts;
use contract::delivery::{DeliveryState, Outcome};
use contract::listing::Page;
use contract::statistics::{
    MailingStatistics, MailingStatisticsDetail, MessageStatistics, MessageStatisticsDetail,
    UserStatistics,
};
use golub::delivery::entity::run;
use golub::delivery::entity::run_sum::{self, SumKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::story::{Ledger, Story, story, totals};
use crate::support::TestApp;

#[actix_web::test]
async fn what_is_answered_is_what_a_recount_of_the_ledger_gives() {
    let Story {
        app,
        anna,
        boris,
        manager,
        shared,
        hers,
        his,
        mixed,
    } = story().await;
    let ledger = Ledger::of(&app).await;
    let always = |_: DateTime<Utc>| true;

    let all = ledger.count(|_| true, always);
    let LetterCounts {
        sent,
        failed,
        skipped,
        unknown,
        ..
    } = all.letters;
    assert!(
        [sent, failed, skipped, unknown, all.failed]
            .iter()
            .all(|count| *count > 0),
        "the story has all outcomes: {all:?}"
    );
    assert_eq!(totals(&manager, "").await.figures, all);
    for (person, id) in [(&anna, anna.id), (&boris, boris.id)] {
        let own = ledger.count(|run| run.owner_id == id, always);
        assert_eq!(totals(person, "").await.figures, own);
        let asked = totals(&manager, &format!("owner_id={id}")).await;
        assert_eq!(asked.figures, own);
    }

    // Periods: letters by when their run was started, attempts by when they were made.
    let edges = [
        "2030-05-02T06:00:00Z",
        "2030-05-02T06:30:00Z",
        "2030-05-03T06:00:00Z",
        "2030-05-04T00:00:00Z",
    ];
    // Of months and their edges: with less than the months nearest to them, and with more.
    let long = [
        ["2030-04-01T00:00:00Z", "2030-06-01T00:00:00Z"],
        ["2030-03-31T21:00:00Z", "2030-05-31T21:00:00Z"],
        ["2030-02-10T00:00:00Z", "2030-05-03T06:00:00Z"],
        ["2030-05-02T06:15:00Z", "2030-09-20T00:00:00Z"],
        ["2029-12-20T00:00:00Z", "2031-01-11T00:00:00Z"],
    ];
    let short = edges.windows(2).map(|pair| [pair[0], pair[1]]);
    for [first, end] in short.chain(long) {
        let (from, to) = (instant(first), instant(end));
        let counted = ledger.count(|_| true, |at| from <= at && at < to);
        let query = format!("from={first}&to={end}");
        let answer = totals(&manager, &query).await;
        assert_eq!(answer.figures, counted, "{query}");
        assert_eq!((answer.from, answer.to), (Some(from), Some(to)));
    }

    for (query, from, to) in [
        (
            "from=2030-05-02T06:15:00Z",
            Some("2030-05-02T06:15:00Z"),
            None,
        ),
        (
            "to=2030-05-03T06:00:00Z",
            None,
            Some("2030-05-03T06:00:00Z"),
        ),
    ] {
        let (from, to) = (from.map(instant), to.map(instant));
        let is_within = |at| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to);
        let counted = ledger.count(|_| true, is_within);
        assert_eq!(totals(&manager, query).await.figures, counted, "{query}");
    }

    // Mailings.
    for (mailing, title, owner) in [
        (hers, "Hers", &anna),
        (his, "His", &boris),
        (mixed, "Mixed", &anna),
    ] {
        let path = format!("statistics/mailings/{mailing}");
        let counted = ledger.count(|run| run.mailing_id == mailing, always);
        let runs = ledger.runs.values().filter(|run| run.mailing_id == mailing);
        let read: MailingStatisticsDetail = owner.get(&path).await.json();
        assert_eq!(read.mailing.figures, counted, "{title}");
        assert_eq!(
            (read.mailing.title.as_str(), read.mailing.runs),
            (title, runs.count() as u64)
        );
        let answered: u64 = read.answers.iter().map(|answer| answer.attempts).sum();
        assert_eq!(answered, counted.attempts);
    }
    let listed: Page<MailingStatistics> = manager.get("statistics/mailings").await.json();
    let mailings: Vec<i64> = listed.items.iter().map(|item| item.mailing_id).collect();
    assert_eq!(mailings[0], mixed, "the latest first");
    assert_eq!(listed.total, 3);
    for item in &listed.items {
        let counted = ledger.count(|run| run.mailing_id == item.mailing_id, always);
        assert_eq!(item.figures, counted, "{}", item.title);
    }

    // The shared message: each sees their own letters of it, a manager all.
    let by_message = |run: &run::Model| run.message_id == Some(shared);
    let path = format!("statistics/messages/{shared}");
    for person in [&anna, &boris] {
        let read: MessageStatisticsDetail = person.get(&path).await.json();
        let own = ledger.count(|run| by_message(run) && run.owner_id == person.id, always);
        assert_eq!(read.message.figures, own);
    }
    let read: MessageStatisticsDetail = manager.get(&path).await.json();
    assert_eq!(read.message.figures, ledger.count(by_message, always));
    assert_eq!(read.message.owner, None);
    let listed: Page<MessageStatistics> = manager.get("statistics/messages").await.json();
    assert_eq!(
        listed.total, 3,
        "one that two people have sent stands there twice"
    );
    let letters: u64 = listed
        .items
        .iter()
        .map(|item| item.figures.all_letters())
        .sum();
    assert_eq!(letters, all.all_letters());

    // Users.
    let listed: Page<UserStatistics> = manager.get("statistics/users").await.json();
    assert_eq!(listed.total, 2);
    for item in &listed.items {
        let counted = ledger.count(|run| run.owner_id == item.user.id, always);
        assert_eq!(item.figures, counted, "{}", item.user.email);
    }
}

#[actix_web::test]
async fn attempts_are_told_by_the_mail_servers_answer() {
    let Story { app, manager, .. } = story().await;
    let ledger = Ledger::of(&app).await;
    let mut counted: BTreeMap<_, u64> = BTreeMap::new();
    for attempt in &ledger.attempts {
        *counted.entry((attempt.outcome, attempt.class)).or_default() += 1;
    }
    let told = totals(&manager, "").await.answers;
    let told_counts: Vec<u64> = told.iter().map(|answer| answer.attempts).collect();
    assert_eq!(told_counts, counted.into_values().collect::<Vec<_>>());
    assert_eq!(told[0].outcome, Outcome::Succeeded);
    let kinds: Vec<_> = told.iter().filter_map(|answer| answer.class).collect();
    assert_eq!(kinds.len(), 2, "greylisted and gone: {told:?}");
}

#[actix_web::test]
async fn a_run_that_is_counted_late_does_not_turn_the_times_back() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let sums = async || {
        let of_mailing = run_sum::Entity::find()
            .filter(run_sum::Column::Kind.eq(SumKind::Mailing))
            .one(app.app.database.read());
        let row = of_mailing.await.unwrap().unwrap();
        (row.runs, row.first_run_at, row.last_run_at, row.last_run_id)
    };
    let begun = app.now();
    let latest = app.past_run(&anna, 7, "Spring", "Hello").await;
    app.at("2030-04-01T06:00:00Z");
    app.past_run(&anna, 7, "Spring", "Hello").await;
    let earliest = app.now();
    assert_eq!(sums().await, (2, earliest, begun, latest.id));
    app.at("2030-04-15T06:00:00Z");
    app.past_run(&anna, 7, "Spring", "Hello").await;
    assert_eq!(sums().await, (3, earliest, begun, latest.id));
    app.statistics_agree().await;
    app.at("2030-05-15T06:00:00Z");
    let last = app.past_run(&anna, 7, "Spring", "Hello").await;
    assert_eq!(sums().await, (4, earliest, app.now(), last.id));
    app.statistics_agree().await;
}

#[actix_web::test]
async fn a_run_counts_in_the_quarter_in_which_it_was_started_to_its_last_moment() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    app.at("2030-05-31T23:59:59.9997Z");
    let run = app.past_run(&anna, 7, "Spring", "Hello").await;
    let person = (9_001, "maria@example.org", "Maria");
    app.delivery(run, person, DeliveryState::Sent, &[]).await;
    app.statistics_agree().await;
    let may = totals(&anna, "to=2030-06-01T00:00:00Z").await;
    assert_eq!(may.figures.letters.sent, 1);
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
