//! Runs and deliveries: what the ledger tells those it belongs to.

use contract::delivery::{
    DeliveryDetail, DeliveryState, DeliveryView, Outcome, RunState, RunView, Trigger,
};
use contract::listing::Page;
use contract::problem::ErrorCode;
use golub::mail::captured;
use serde_json::json;

use crate::support::{Client, TestApp};

#[actix_web::test]
async fn a_mailing_that_went_out_can_be_followed_to_each_letter() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let maria = add(&anna, "Мария Петрова", "Maria@почта.рф").await;
    let ivan = add(&anna, "Иван", "ivan@example.org").await;
    let message = app.message(&anna, "News for {{ full_name }}").await;
    let once = json!({"title": "May news", "starts_at": app.now(), "recurrence": {"kind": "once"}});
    let mailing = anna.mailing(message, once).await.id;
    app.run_worker().await;

    let runs: Page<RunView> = anna.get(&format!("mailings/{mailing}/runs")).await.json();
    assert_eq!((runs.total, runs.next), (1, None));
    let run = &runs.items[0];
    assert_eq!(
        (run.trigger, run.state),
        (Trigger::Schedule, RunState::Finished)
    );
    assert_eq!((run.audience, run.counts.sent), (Some(2), 2));
    assert_eq!(run.counts.total(), 2);
    assert_eq!(run.mailing_title, "May news");
    assert_eq!(run.planned_for, app.now());
    let one = anna.get(&format!("runs/{}", run.id)).await;
    assert_eq!(one.json::<RunView>(), *run);

    let listed = deliveries(&anna, run.id, "").await;
    assert_eq!(listed.total, 2);
    let [second, first] = &listed.items[..] else {
        panic!("two deliveries")
    };
    assert_eq!(first.recipient_id, Some(maria));
    assert_eq!(second.recipient_id, Some(ivan));
    assert_eq!(first.recipient_email, "Maria@почта.рф");
    assert_eq!((first.state, first.attempts), (DeliveryState::Sent, 1));

    let detail = anna.get(&format!("deliveries/{}", first.id)).await;
    let detail: DeliveryDetail = detail.json();
    assert_eq!(detail.delivery, *first);
    assert_eq!(detail.subject, "News for Мария Петрова");
    assert_eq!(detail.tries.len(), 1);
    assert_eq!(detail.tries[0].outcome, Outcome::Succeeded);
    assert_eq!(detail.tries[0].recipient_email, "Maria@почта.рф");
    assert_eq!(detail.tries[0].subject, detail.subject);

    // The letters bear the id that the ledger tells.
    let folder = app.app.mail_servers.outbox().unwrap();
    let mut ids = Vec::new();
    for letter in captured::list(folder, None, 10).await.unwrap().letters {
        let opened = captured::read(folder, letter.id).await.unwrap().unwrap();
        ids.push(opened.message_id);
    }
    assert!(ids.contains(&detail.message_id), "{ids:?}");
}

#[actix_web::test]
async fn deliveries_are_filtered_by_state_and_found_by_address_and_name() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let run = app.past_run(&anna, 7, "News", "News").await;
    let maria = add(&anna, "Мария Петрова", "masha@example.org").await;
    let sent = &[(Outcome::Succeeded, 250, "Ok")];
    let refused = &[(Outcome::Failed, 550, "No such user")];
    app.delivery(
        run,
        (maria, "Maria@Example.org", "Мария Петрова"),
        DeliveryState::Sent,
        sent,
    )
    .await;
    app.delivery(
        run,
        (9_001, "mark@example.org", "Mark"),
        DeliveryState::Failed,
        refused,
    )
    .await;
    app.delivery(
        run,
        (9_002, "oleg@example.org", "Oleg"),
        DeliveryState::Queued,
        &[],
    )
    .await;

    let cases: [(&str, &[&str]); 8] = [
        ("state=failed", &["mark@example.org"]),
        ("state=sending", &[]),
        ("search=MAR", &["mark@example.org", "Maria@Example.org"]),
        ("search=mar&state=sent", &["Maria@Example.org"]),
        // Her address as it is now, and her name.
        ("search=masha", &["Maria@Example.org"]),
        (
            "search=%D0%BF%D0%B5%D1%82%D1%80%D0%BE%D0%B2",
            &["Maria@Example.org"],
        ),
        ("search=example", &[]),
        ("search=%00x%25", &[]),
    ];
    for (query, expected) in cases {
        let page = deliveries(&anna, run.id, query).await;
        let found: Vec<&str> = page
            .items
            .iter()
            .map(|delivery| delivery.recipient_email.as_str())
            .collect();
        assert_eq!(found, expected, "{query}");
        assert_eq!(page.total, expected.len() as u64, "{query}");
    }
    let first = deliveries(&anna, run.id, "limit=2").await;
    let rest = deliveries(
        &anna,
        run.id,
        &format!("limit=2&after={}", first.next.unwrap()),
    )
    .await;
    assert_eq!((first.items.len(), rest.items.len()), (2, 1));
    assert_eq!(rest.next, None);
    for wrong in ["limit=0", "sort=email", "after=x"] {
        let path = format!("runs/{}/deliveries?{wrong}", run.id);
        anna.get(&path).await.refused(422, ErrorCode::Invalid);
    }
    let path = format!("runs/{}/deliveries?state=lost", run.id);
    anna.get(&path)
        .await
        .refused(400, ErrorCode::UnreadableRequest);

    // One who is gone since has no id any more, and stays in the ledger.
    anna.delete(&format!("recipients/{maria}")).await;
    let page = deliveries(&anna, run.id, "search=maria").await;
    assert_eq!(page.items[0].recipient_id, None);
    assert_eq!(page.items[0].recipient_name, "Мария Петрова");
}

#[actix_web::test]
async fn runs_and_deliveries_are_private_even_where_the_log_is_open() {
    let app = TestApp::with(|config| {
        config.instance.attempt_log = contract::instance::AttemptLog::Everyone;
    })
    .await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let (manager, admin) = (app.manager("mona").await, app.admin("adam").await);
    let message = app.message(&anna, "News").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    let run = app.past_run(&anna, mailing, "News", "News").await;
    let to = (9_001, "mark@example.org", "Mark");
    let delivery = app
        .delivery(
            run,
            to,
            DeliveryState::Failed,
            &[(Outcome::Failed, 550, "No")],
        )
        .await;
    let paths = [
        format!("mailings/{mailing}/runs"),
        format!("runs/{}", run.id),
        format!("runs/{}/deliveries", run.id),
        format!("deliveries/{delivery}"),
    ];
    for path in &paths {
        for allowed in [&anna, &manager, &admin] {
            assert_eq!(allowed.get(path).await.status, 200, "{path}");
        }
        boris.get(path).await.refused(404, ErrorCode::NotFound);
        app.guest()
            .get(path)
            .await
            .refused(401, ErrorCode::SignedOut);
    }
    for path in [
        "mailings/999999/runs",
        "runs/999999",
        "runs/999999/deliveries",
        "deliveries/999999",
        "runs/x",
    ] {
        admin.get(path).await.refused(404, ErrorCode::NotFound);
    }
}

#[actix_web::test]
async fn a_deleted_mailings_runs_stay_readable() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let run = app.past_run(&anna, 77, "Gone since", "News").await;

    let runs: Page<RunView> = anna.get("mailings/77/runs").await.json();
    assert_eq!(runs.items[0].mailing_title, "Gone since");
    assert_eq!(anna.get(&format!("runs/{}", run.id)).await.status, 200);
    boris
        .get("mailings/77/runs")
        .await
        .refused(404, ErrorCode::NotFound);
    // One that has not run yet has an empty list.
    let message = app.message(&anna, "News").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    let path = format!("mailings/{mailing}/runs");
    assert_eq!(anna.get(&path).await.value()["total"], 0);
}

#[actix_web::test]
async fn runs_are_paged_with_the_newest_first() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let mut ids = Vec::new();
    for day in 1..=5 {
        app.at(&format!("2030-05-0{day}T06:00:00Z"));
        ids.push(app.past_run(&anna, 7, "Daily", "News").await.id);
    }
    let oldest_first = ids.clone();
    ids.reverse();
    for (sort, expected) in [
        ("", &ids),
        ("-started_at", &ids),
        ("planned_for", &oldest_first),
    ] {
        let mut paged = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("mailings/7/runs?sort={sort}&limit=2&after={after}");
            let page: Page<RunView> = anna.get(&path).await.json();
            assert_eq!(page.total, 5);
            paged.extend(page.items.iter().map(|run| run.id));
            match page.next {
                Some(next) => after = next,
                None => break,
            }
        }
        assert_eq!(paged, *expected, "{sort}");
    }
}

#[actix_web::test]
async fn a_reading_that_is_known_is_not_sent_again() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let run = app.past_run(&anna, 7, "News", "News").await;
    let to = (9_001, "mark@example.org", "Mark");
    let delivery = app.delivery(run, to, DeliveryState::Sent, &[]).await;
    for path in [format!("runs/{}", run.id), format!("deliveries/{delivery}")] {
        let tag = anna.get(&path).await.header("etag").to_owned();
        assert_eq!(anna.get_known(&path, &tag).await.status, 304, "{path}");
    }
    let path = format!("runs/{}", run.id);
    let tag = anna.get(&path).await.header("etag").to_owned();
    let to = (9_002, "oleg@example.org", "Oleg");
    app.delivery(run, to, DeliveryState::Unknown, &[]).await;
    let moved_on = anna.get_known(&path, &tag).await.value();
    assert_eq!(moved_on["counts"]["unknown"], 1);
}

#[actix_web::test]
async fn the_service_says_whether_it_captures_mail() {
    let app = TestApp::start().await;
    assert_eq!(
        app.guest().get("instance").await.value()["captures_mail"],
        true
    );
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some("smtp://127.0.0.1:9?tls=none".parse().unwrap());
        config.sms.transport = Some(golub::config::SmsTransport::Off);
    })
    .await;
    assert_eq!(
        app.guest().get("instance").await.value()["captures_mail"],
        false
    );
}

async fn deliveries(person: &Client, run_id: i64, query: &str) -> Page<DeliveryView> {
    person
        .get(&format!("runs/{run_id}/deliveries?{query}"))
        .await
        .json()
}

async fn add(owner: &Client, name: &str, email: &str) -> i64 {
    let body = json!({"email": email, "full_name": name});
    owner.post("recipients", body).await.id()
}
