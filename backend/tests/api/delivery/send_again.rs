//! Somebody asks to send again what failed, or may have arrived.

use std::time::Duration;

use contract::audit::Act as Done;
use contract::delivery::{RunState, RunView};
use contract::mailings::{MailingStatus, Retried};
use contract::problem::ErrorCode;
use golub::delivery::entity::attempt::OutcomeNumber;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::EndReasonWord;
use serde_json::{Value, json};

use super::sending::{starting_now, status};
use crate::support::smtp_server::{Act, SmtpServer, Step};
use crate::support::{Client, TestApp};

const NOW: &str = "2030-05-01T06:00:00Z";
const SPAM: &str = "554 5.7.1 Looks like spam";
const GONE: &str = "550 5.1.1 No such user";

async fn retry(by: &Client, mailing: i64, body: Value) -> Retried {
    let answer = by.post(&format!("mailings/{mailing}/retry"), body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Anna has these recipients, and a mailing to them of this form that starts now.
async fn mailing_to(app: &TestApp, names: &[&str], change: Value) -> (Client, i64) {
    let anna = app.member("anna").await;
    for name in names {
        anna.recipient(name).await;
    }
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, change).await.id;
    (anna, mailing)
}

#[actix_web::test]
async fn what_failed_is_sent_again_after_the_mailing_is_completed() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera"]).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Failed, State::Sent]);
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);
    let run = app.runs().await.remove(0).id;
    server.recovers();

    // Without a body: all failures.
    let answer = anna.act(&format!("mailings/{mailing}/retry")).await;
    let retried: Retried = answer.json();
    let expected = Retried {
        run_ids: vec![run],
        queued: 1,
        left_out: 0,
    };
    assert_eq!(retried, expected);
    let view: RunView = anna.get(&format!("runs/{run}")).await.json();
    assert_eq!((view.state, view.finished_at), (RunState::Sending, None));
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent, State::Sent]);
    assert_eq!(server.letters_to("boris@example.org").len(), 1);
    assert_eq!(server.letters_to("vera@example.org").len(), 1);
    let numbers: Vec<i64> = app
        .attempts()
        .await
        .iter()
        .filter(|attempt| attempt.email == "boris@example.org")
        .map(|attempt| attempt.number)
        .collect();
    assert_eq!(numbers, [1, 2]);
    let view: RunView = anna.get(&format!("runs/{run}")).await.json();
    assert_eq!(view.state, RunState::Finished);
    assert_eq!(view.finished_at, Some(app.now()));
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);

    // Nothing is left: nothing happens.
    let nothing = retry(&anna, mailing, json!({})).await;
    assert_eq!(nothing, Retried::default());
    app.run_worker().await;
    assert_eq!(server.letters().len(), 2);
}

#[actix_web::test]
async fn only_failures_of_the_wanted_kinds_are_sent_again() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    server.refuses("vera@example.org", "552 5.2.2 Mailbox full");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera"]).await;
    app.run_worker().await;
    server.recovers();
    let none = retry(
        &anna,
        mailing,
        json!({"classes": ["connection", "authentication"]}),
    )
    .await;
    assert_eq!(none, Retried::default());
    let some = retry(&anna, mailing, json!({"classes": ["quota"]})).await;
    assert_eq!(some.queued, 1);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Failed, State::Sent]);
}

#[actix_web::test]
async fn a_letter_that_may_have_arrived_is_sent_again_only_if_asked_for() {
    let server = SmtpServer::start().await;
    server.once(Step::Letter, Act::Close);
    let app = TestApp::sending_to(&server).await;
    let hold = json!({"starts_at": NOW, "recurrence": {"kind": "once"}, "on_unknown": "hold"});
    let (anna, mailing) = mailing_to(&app, &["boris"], hold).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Unknown]);
    assert_eq!(retry(&anna, mailing, json!({})).await.queued, 0);

    // The server loses the next answer, too: it is held again.
    server.once(Step::Letter, Act::Close);
    let lost = || json!({"classes": [], "unknown": true});
    assert_eq!(retry(&anna, mailing, lost()).await.queued, 1);
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!(
        (delivery.state, delivery.possible_copies),
        (State::Unknown, 2)
    );

    assert_eq!(retry(&anna, mailing, lost()).await.queued, 1);
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!((delivery.state, delivery.possible_copies), (State::Sent, 2));
    let outcomes: Vec<OutcomeNumber> = app.attempts().await.iter().map(|a| a.outcome).collect();
    assert_eq!(
        outcomes,
        [
            OutcomeNumber::Unknown,
            OutcomeNumber::Unknown,
            OutcomeNumber::Succeeded
        ]
    );
}

#[actix_web::test]
async fn the_schedule_of_retries_begins_anew() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "450 4.2.1 Not now");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    for _ in 0..8 {
        app.run_worker().await;
        app.pass(Duration::from_secs(12 * 3600));
    }
    let delivery = app.deliveries().await.remove(0);
    assert_eq!(delivery.reason, Some(EndReasonWord::GaveUp));
    let before = delivery.attempts;

    // Long after the five days that a letter is tried for.
    app.pass(Duration::from_secs(10 * 24 * 3600));
    retry(&anna, mailing, json!({})).await;
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    let first = app.app.config.delivery.retry_after[0].0;
    assert_eq!((delivery.state, delivery.reason), (State::Queued, None));
    assert_eq!(delivery.due_at, app.now() + first);
    assert_eq!(delivery.attempts, before + 1);
}

#[actix_web::test]
async fn the_suppressed_the_unsubscribed_and_the_deleted_are_left_out() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", GONE);
    server.refuses("vera@example.org", SPAM);
    server.refuses("zoe@example.org", SPAM);
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    let vera = anna.recipient("vera").await;
    let zoe = anna.recipient("zoe").await;
    let message = app.message(&anna, "Hello").await;
    let once = json!({"starts_at": NOW, "recurrence": {"kind": "once"}});
    let mailing = anna.mailing(message, once).await.id;
    app.run_worker().await;
    server.recovers();
    anna.delete(&format!("recipients/{vera}")).await;
    app.unsubscribe(zoe).await;
    let nobody = retry(&anna, mailing, json!({})).await;
    assert_eq!(
        (nobody.run_ids, nobody.queued, nobody.left_out),
        (vec![], 0, 3)
    );
    let lift = format!("recipients/{boris}/suppression");
    assert_eq!(anna.delete(&lift).await.status, 204);
    let retried = retry(&anna, mailing, json!({})).await;
    assert_eq!((retried.queued, retried.left_out), (1, 2));
    app.run_worker().await;
    assert_eq!(
        app.states().await,
        [State::Sent, State::Failed, State::Failed]
    );
}

#[actix_web::test]
async fn many_go_back_to_the_queue_in_steps_each_once() {
    let server = SmtpServer::start().await;
    server.always(Step::Rcpt, Act::Say(SPAM));
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.delivery.plan_step = 4;
    })
    .await;
    let anna = app.member("anna").await;
    // Fewer refusals in all than make a streak, behind which the mail server would be left alone.
    app.many_recipients(&anna, 9).await;
    let message = app.message(&anna, "Hello").await;
    let once = json!({"starts_at": NOW, "recurrence": {"kind": "once"}});
    let mailing = anna.mailing(message, once).await.id;
    app.run_worker().await;
    let run = app.runs().await.remove(0).id;
    // Asked twice, it is done once; and what fails again meanwhile is not sent for ever.
    for _ in 0..2 {
        assert_eq!(retry(&anna, mailing, json!({})).await.queued, 9);
    }
    app.run_worker().await;
    assert_eq!(app.counts(run).await.failed, 9);
    assert_eq!(app.attempts().await.len(), 18);
    let run = app.runs().await.remove(0);
    assert!(run.finished_at.is_some());
    assert_eq!(run.retry_wanted, None);
    for delivery in app.deliveries().await {
        assert_eq!((delivery.attempts, delivery.schedule_from), (2, 1));
    }
}

#[actix_web::test]
async fn a_second_wish_joins_the_first() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    server.refuses("vera@example.org", "552 5.2.2 Mailbox full");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera"]).await;
    app.run_worker().await;
    server.recovers();
    retry(&anna, mailing, json!({"classes": ["quota"]})).await;
    retry(&anna, mailing, json!({"classes": ["permanent"]})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent, State::Sent]);
}

#[actix_web::test]
async fn a_stop_ends_that_too() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    let app = TestApp::sending_to(&server).await;
    let daily = json!({"starts_at": NOW, "recurrence": {"kind": "daily"}});
    let (anna, mailing) = mailing_to(&app, &["boris"], daily).await;
    app.run_worker().await;
    server.recovers();
    assert_eq!(retry(&anna, mailing, json!({})).await.queued, 1);
    let path = format!("mailings/{mailing}");
    assert_eq!(anna.act(&format!("{path}/stop")).await.status, 200);
    app.run_worker().await;
    assert!(server.letters().is_empty());
    assert_eq!(app.states().await, [State::Failed]);
    let run = app.runs().await.remove(0);
    assert_eq!((run.retry_wanted, run.finished_at), (None, Some(app.now())));
    let again = anna.act(&format!("{path}/retry")).await;
    again.refused(409, ErrorCode::MailingCompleted);
}

#[actix_web::test]
async fn a_mailing_whose_window_is_over_sends_nothing_again() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    let app = TestApp::sending_to(&server).await;
    let window = json!({
        "starts_at": NOW, "ends_at": "2030-05-01T07:00:00Z", "recurrence": {"kind": "once"}
    });
    let (anna, mailing) = mailing_to(&app, &["boris"], window).await;
    app.run_worker().await;
    assert_eq!(retry(&anna, mailing, json!({})).await.queued, 1);
    app.at("2030-05-01T07:00:00Z");
    let path = format!("mailings/{mailing}/retry");
    anna.act(&path)
        .await
        .refused(409, ErrorCode::MailingCompleted);
    app.run_worker().await;
    anna.act(&path)
        .await
        .refused(409, ErrorCode::MailingCompleted);
}

#[actix_web::test]
async fn a_paused_mailing_and_that_of_a_blocked_owner_wait() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    let app = TestApp::sending_to(&server).await;
    let daily = json!({"starts_at": NOW, "recurrence": {"kind": "daily"}});
    let (anna, mailing) = mailing_to(&app, &["boris"], daily).await;
    app.run_worker().await;
    let manager = app.manager("mara").await;
    let path = format!("mailings/{mailing}");
    anna.act(&format!("{path}/pause")).await;
    let retry = format!("{path}/retry");
    anna.act(&retry)
        .await
        .refused(409, ErrorCode::MailingPaused);
    anna.act(&format!("{path}/resume")).await;
    app.block(anna.id, true).await;
    manager
        .act(&retry)
        .await
        .refused(409, ErrorCode::OwnerBlocked);
}

#[actix_web::test]
async fn a_later_run_supersedes_the_earlier_ones_letters() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    let app = TestApp::sending_to(&server).await;
    let daily = json!({"starts_at": NOW, "recurrence": {"kind": "daily"}});
    let (anna, mailing) = mailing_to(&app, &["boris"], daily).await;
    app.run_worker().await;
    app.pass(Duration::from_secs(24 * 3600));
    app.run_worker().await;
    let [first, second] = &app.runs().await[..] else {
        panic!("two runs")
    };
    let path = format!("mailings/{mailing}/retry");
    let of = |run: i64| anna.post(&path, json!({"run_id": run}));
    of(first.id).await.refused(409, ErrorCode::RunSuperseded);
    of(second.id + 1000).await.refused(422, ErrorCode::Invalid);
    let retried: Retried = of(second.id).await.json();
    assert_eq!(retried.run_ids, [second.id]);
    let latest = retry(&anna, mailing, json!({})).await;
    assert_eq!(latest.run_ids, [second.id]);
}

#[actix_web::test]
async fn managers_may_send_again_what_is_others_and_that_is_written_down() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", SPAM);
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let (manager, vera) = (app.manager("mara").await, app.member("vera").await);
    let path = format!("mailings/{mailing}/retry");
    vera.act(&path).await.refused(404, ErrorCode::NotFound);
    assert_eq!(retry(&manager, mailing, json!({})).await.queued, 1);
    assert_eq!(app.acts_upon(anna.id).await, [Done::MailingRetried]);
    assert_eq!(retry(&anna, mailing, json!({})).await.queued, 1);
    assert_eq!(app.acts_upon(anna.id).await, [Done::MailingRetried]);
}

#[actix_web::test]
async fn a_wish_for_nothing_is_refused_and_a_mailing_that_never_ran_has_nothing() {
    let app = TestApp::start().await;
    let (anna, mailing) = mailing_to(&app, &["boris"], json!({})).await;
    let path = format!("mailings/{mailing}/retry");
    for wrong in [
        json!({"classes": []}),
        json!({"classes": ["bad luck"]}),
        json!({"classes": "quota"}),
        json!({"unknown": 1}),
    ] {
        let answer = anna.post(&path, &wrong).await;
        assert!([400, 422].contains(&answer.status), "{wrong}");
    }
    assert_eq!(retry(&anna, mailing, json!({})).await, Retried::default());
}
