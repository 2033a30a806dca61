//! What is listed: completed mailings, what happened in a period, and what was deleted since.

use contract::delivery::RunView;
use contract::listing::Page;
use contract::statistics::{
    MailingStatistics, MailingStatisticsDetail, MessageStatisticsDetail, RunStatistics,
};
use serde_json::json;

use super::story::{HOUR, Story, story, totals};
use crate::support::TestApp;
use crate::support::smtp_server::SmtpServer;

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
async fn finished_runs_of_mailings_that_go_on_are_listed_without_those_under_way() {
    let Story {
        app,
        anna,
        manager,
        hers,
        mixed,
        ..
    } = story().await;
    let of = async |query: &str| -> Vec<i64> {
        let path = format!("statistics/runs?{query}");
        let page: Page<RunStatistics> = anna.get(&path).await.json();
        assert_eq!(page.total, page.items.len() as u64);
        let own = page.items.iter().all(|item| item.owner.id == anna.id);
        assert!(own, "{query}: {page:?}");
        page.items.iter().map(|item| item.run.id).collect()
    };
    let open = "status=open&state=finished";
    let finished = of(open).await;
    let [finished] = finished[..] else {
        panic!("{finished:?}")
    };
    // It goes out once more, and is not through yet.
    anna.act(&format!("mailings/{mixed}/send")).await.value();
    app.plan_only().await;
    assert_eq!(of("status=open").await.len(), 2);
    assert_eq!(of(open).await, [finished]);
    // What belongs to a mailing in a period, as its figures have it.
    let of_hers = format!("mailing_id={hers}");
    let all = of(&of_hers).await;
    assert_eq!(all.len(), 2, "the newest first: {all:?}");
    let second = format!("{of_hers}&from=2030-05-03T06:00:00Z");
    assert_eq!(of(&second).await, all[..1]);
    let first = format!("{of_hers}&to=2030-05-03T06:00:00Z");
    assert_eq!(of(&first).await, all[1..]);
    let before = format!("{of_hers}&to=2030-05-02T06:00:00Z");
    assert_eq!(of(&before).await, [0; 0]);
    assert_eq!(of("from=2031-01-01T00:00:00Z").await, [0; 0]);
    assert_eq!(of("search=hers").await, all);
    // Who sees everything sees everybody's.
    let everybodys: Page<RunStatistics> = manager.get("statistics/runs").await.json();
    assert_eq!(everybodys.total, 6);
    let annas = format!("statistics/runs?owner_id={}", anna.id);
    let annas: Page<RunStatistics> = manager.get(&annas).await.json();
    assert_eq!(annas.total, 4);
}

#[actix_web::test]
async fn the_answers_of_one_mailing_and_of_one_message_are_given_as_files() {
    let Story {
        app: _app,
        anna,
        shared,
        hers,
        ..
    } = story().await;
    for path in [
        format!("statistics/mailings/{hers}"),
        format!("statistics/messages/{shared}"),
    ] {
        let read = anna.get(&path).await.value();
        let answers = read["answers"].as_array().unwrap();
        assert!(answers.len() > 1, "{path}: {read}");
        let file = anna.get(&format!("{path}?format=csv")).await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let rows: Vec<&str> = file.text().split_terminator("\r\n").skip(1).collect();
        assert_eq!(rows.len(), answers.len(), "{path}: {rows:?}");
        let attempts = |row: &&str| row.rsplit(',').next().and_then(|n| n.parse::<u64>().ok());
        let told: u64 = rows.iter().filter_map(attempts).sum();
        assert_eq!(read["attempts"], told, "{path}: {rows:?}");
        // In a period as on the page.
        let none = format!("{path}?format=csv&to=2030-01-01T00:00:00Z");
        assert_eq!(anna.get(&none).await.text().lines().count(), 1);
    }
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
