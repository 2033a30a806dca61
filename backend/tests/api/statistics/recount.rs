//! The operations answer what a recount of the ledger gives, after a worker was driven through mixed outcomes.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::accounts::users::LetterCounts;
use contract::delivery::{Outcome, RunView};
use contract::listing::Page;
use contract::statistics::{
    Figures, MailingStatistics, MailingStatisticsDetail, MessageStatistics,
    MessageStatisticsDetail, Statistics, UserStatistics,
};
use golub::delivery::entity::attempt::{self, OutcomeNumber};
use golub::delivery::entity::delivery::{self, State};
use golub::delivery::entity::run;
use serde_json::json;

use crate::support::smtp_server::{Act, SmtpServer, Step};
use crate::support::{Client, TestApp};

const HOUR: Duration = Duration::from_secs(3_600);

/// Two people's mailings over three days, with letters that were sent, refused, put off, lost and skipped.
struct Story {
    app: TestApp,
    anna: Client,
    boris: Client,
    manager: Client,
    shared: i64,
    hers: i64,
    his: i64,
    mixed: i64,
}

async fn story() -> Story {
    let server = SmtpServer::start().await;
    server.refuses("gone@example.org", "550 5.1.1 No such user");
    server.refuses("later@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let manager = app.manager("mona").await;
    for name in ["maria", "gone", "later"] {
        anna.recipient(name).await;
    }
    for name in ["mark", "later"] {
        boris.recipient(name).await;
    }
    let shared = app.shared_message(&anna, "Shared").await;
    let hers = anna.mailing(shared, json!({"title": "Hers"})).await.id;
    let his = boris.mailing(shared, json!({"title": "His"})).await.id;
    // The first day at 09:00 in Moscow, then a retry; then the next day, which supersedes what is left.
    app.at("2030-05-02T06:00:00Z");
    app.run_worker().await;
    app.pass(HOUR);
    app.run_worker().await;
    app.at("2030-05-03T06:00:00Z");
    app.run_worker().await;
    // Some answers are lost, and the letters held.
    server.recovers();
    let own = app.message(&anna, "Own").await;
    let change =
        json!({"title": "Mixed", "on_unknown": "hold", "starts_at": "2030-06-01T06:00:00Z"});
    let mixed = anna.mailing(own, change).await.id;
    server.once(Step::Letter, Act::Close);
    anna.act(&format!("mailings/{mixed}/send")).await.value();
    app.run_worker().await;
    app.pass(HOUR * 12);
    app.run_worker().await;
    for (person, mailing) in [(&anna, hers), (&boris, his)] {
        let stop = json!({"reason": "Enough"});
        let stopped = person.post(&format!("mailings/{mailing}/stop"), stop).await;
        stopped.value();
    }
    app.run_worker().await;
    Story {
        app,
        anna,
        boris,
        manager,
        shared,
        hers,
        his,
        mixed,
    }
}

/// The ledger as it is.
struct Ledger {
    runs: BTreeMap<i64, run::Model>,
    deliveries: Vec<delivery::Model>,
    attempts: Vec<attempt::Model>,
}

impl Ledger {
    async fn of(app: &TestApp) -> Self {
        let runs = app.runs().await.into_iter();
        Self {
            runs: runs.map(|run| (run.id, run)).collect(),
            deliveries: app.deliveries().await,
            attempts: app.attempts().await,
        }
    }

    /// Counts letter by letter and try by try, those of some runs in some time.
    fn count(
        &self,
        of: impl Fn(&run::Model) -> bool,
        within: impl Fn(DateTime<Utc>) -> bool,
    ) -> Figures {
        let mut letters = LetterCounts::default();
        for delivery in &self.deliveries {
            let run = &self.runs[&delivery.run_id];
            if of(run) && within(run.started_at) {
                *match delivery.state {
                    State::Queued | State::Sending => &mut letters.queued,
                    State::Sent => &mut letters.sent,
                    State::Failed => &mut letters.failed,
                    State::Skipped => &mut letters.skipped,
                    State::Unknown => &mut letters.unknown,
                } += 1;
            }
        }
        let ended = |outcome: OutcomeNumber| {
            let attempts = self.attempts.iter().filter(|attempt| {
                of(&self.runs[&attempt.run_id]) && within(attempt.at) && attempt.outcome == outcome
            });
            attempts.collect::<Vec<_>>()
        };
        let succeeded = ended(OutcomeNumber::Succeeded);
        let firsts = succeeded.iter().filter(|attempt| {
            !self.attempts.iter().any(|earlier| {
                earlier.delivery_id == attempt.delivery_id
                    && earlier.outcome == OutcomeNumber::Succeeded
                    && earlier.number < attempt.number
            })
        });
        let (accepted, succeeded) = (firsts.count() as u64, succeeded.len() as u64);
        let failed = ended(OutcomeNumber::Failed).len() as u64;
        let unknown = ended(OutcomeNumber::Unknown).len() as u64;
        let attempts = succeeded + failed + unknown;
        Figures {
            letters,
            attempts,
            succeeded,
            failed,
            unknown,
            success_rate: (attempts > 0).then(|| rate(succeeded, attempts)),
            accepted,
        }
    }
}

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
    for pair in edges.windows(2) {
        let (from, to) = (instant(pair[0]), instant(pair[1]));
        let counted = ledger.count(|_| true, |at| from <= at && at < to);
        let query = format!("from={}&to={}", pair[0], pair[1]);
        let answer = totals(&manager, &query).await;
        assert_eq!(answer.figures, counted, "{query}");
        assert_eq!((answer.from, answer.to), (Some(from), Some(to)));
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
async fn completed_mailings_are_reported_and_open_into_their_finished_runs() {
    let Story {
        app: _app,
        anna,
        manager,
        hers,
        his,
        mixed,
        ..
    } = story().await;
    let completed: Page<MailingStatistics> = manager
        .get("statistics/mailings?status=completed")
        .await
        .json();
    let mut ids: Vec<i64> = completed.items.iter().map(|item| item.mailing_id).collect();
    ids.sort_unstable();
    assert_eq!(ids, [hers, his]);
    assert!(
        completed
            .items
            .iter()
            .all(|item| item.completed_at.is_some())
    );
    let open: Page<MailingStatistics> = anna.get("statistics/mailings?status=open").await.json();
    let ids: Vec<i64> = open.items.iter().map(|item| item.mailing_id).collect();
    assert_eq!(ids, [mixed]);
    let runs = format!("mailings/{mixed}/runs?state=finished");
    let runs: Page<RunView> = anna.get(&runs).await.json();
    assert_eq!(runs.total, 1);
    let none = format!("mailings/{mixed}/runs?state=planning");
    let none: Page<RunView> = anna.get(&none).await.json();
    assert_eq!(none.total, 0, "a filter that leaves nothing is no 404");
    // Pages.
    let first: Page<MailingStatistics> = manager.get("statistics/mailings?limit=2").await.json();
    let next = first.next.unwrap();
    let rest = format!("statistics/mailings?limit=2&after={next}");
    let rest: Page<MailingStatistics> = manager.get(&rest).await.json();
    assert_eq!(
        (first.items.len(), rest.items.len(), rest.next),
        (2, 1, None)
    );
    // Search.
    let found: Page<MailingStatistics> =
        manager.get("statistics/mailings?search=hers").await.json();
    assert_eq!(found.items.len(), 1);
}

#[actix_web::test]
async fn a_period_lists_what_something_happened_to_in_it() {
    let Story {
        app: _app,
        anna,
        hers,
        mixed,
        ..
    } = story().await;
    let of = async |query: &str| -> Vec<i64> {
        let path = format!("statistics/mailings?{query}");
        let page: Page<MailingStatistics> = anna.get(&path).await.json();
        assert_eq!(page.total, page.items.len() as u64);
        page.items.iter().map(|item| item.mailing_id).collect()
    };
    assert_eq!(of("to=2030-05-02T06:00:00Z").await, [0; 0]);
    assert_eq!(of("to=2030-05-03T00:00:00Z").await, [hers]);
    assert_eq!(of("from=2030-05-03T06:00:00Z").await, [mixed, hers]);
    assert_eq!(of("from=2031-01-01T00:00:00Z").await, [0; 0]);
}

#[actix_web::test]
async fn what_was_deleted_or_pruned_keeps_its_figures_and_titles() {
    let server = SmtpServer::start().await;
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.delivery.keep_for = Some(HOUR * 24);
    })
    .await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let change = json!({"title": "Spring", "starts_at": "2030-05-01T06:00:00Z", "recurrence": {"kind": "once"}});
    let mailing = anna.mailing(message, change).await.id;
    app.run_worker().await;
    let before = totals(&anna, "").await;
    assert_eq!(before.figures.letters.sent, 1);
    let gone = anna.delete(&format!("mailings/{mailing}")).await.status;
    assert_eq!(gone, 204);
    let gone = anna.delete(&format!("messages/{message}")).await.status;
    assert_eq!(gone, 204);
    app.pass(HOUR * 50);
    app.run_worker().await;
    assert_eq!(app.deliveries().await.len() + app.attempts().await.len(), 0);

    assert_eq!(totals(&anna, "").await, before);
    let path = format!("statistics/mailings/{mailing}");
    let read: MailingStatisticsDetail = anna.get(&path).await.json();
    let read = read.mailing;
    assert_eq!((read.title.as_str(), read.status), ("Spring", None));
    assert_eq!(read.figures, before.figures);
    let listed: Page<MailingStatistics> = anna
        .get("statistics/mailings?status=completed")
        .await
        .json();
    assert_eq!(listed.items, [read]);
    let path = format!("statistics/messages/{message}");
    let read: MessageStatisticsDetail = anna.get(&path).await.json();
    assert_eq!(
        (read.message.subject.as_str(), read.message.deleted),
        ("Hello", true)
    );
    assert_eq!(read.message.figures, before.figures);
}

/// To four places.
fn rate(succeeded: u64, attempts: u64) -> f64 {
    (succeeded as f64 / attempts as f64 * 10_000.0).round() / 10_000.0
}

async fn totals(person: &Client, query: &str) -> Statistics {
    person.get(&format!("statistics?{query}")).await.json()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
