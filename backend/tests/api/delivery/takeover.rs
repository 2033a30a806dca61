//! Workers that die, sleep or come late, and what the ledger makes of it.

use std::collections::HashMap;
use std::time::Duration;

use contract::mailings::OnUnknown;
use golub::accounts::deletion::sweep::sweep_pass;
use golub::database::Engine;
use golub::delivery::entity::attempt::OutcomeNumber;
use golub::delivery::entity::attempt_count;
use golub::delivery::entity::delivery::State;
use golub::delivery::ledger::begin::Begun;
use golub::delivery::ledger::claim::Claim;
use golub::delivery::ledger::counts::Deltas;
use golub::delivery::ledger::record::{Policy, RunFacts, Tried, record};
use golub::delivery::presence::AbsentError;
use golub::delivery::rules;
use golub::delivery::worker::Worker;
use golub::mail::{Reply, Stage, Verdict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::sending::starting_now;
use crate::support::TestApp;
use crate::support::smtp_server::SmtpServer;

/// A worker has claimed all three letters of a run and begun the first two when it goes silent.
async fn silent_after_two(app: &TestApp) -> (Worker, Claim) {
    starting_now(app, &["boris", "vera", "galina"]).await;
    let worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    let run = app.runs().await.remove(0);
    let worker_id = worker.presence.worker_id();
    let mut held = app.claims(worker_id, run.id).await;
    let second = held.deliveries[1].id;
    assert_eq!(app.begins(worker_id, &mut held, second).await, Begun::Yes);
    app.sums_agree().await;
    (worker, held)
}

/// The silent worker is held to be dead: on SQLite since its lock is gone, elsewhere since its beat stands still.
async fn bury(app: &TestApp, worker: Worker) -> Option<Worker> {
    if app.app.database.engine() == Engine::Sqlite {
        drop(worker);
        return None;
    }
    let next = app.worker().await;
    app.pass(app.app.config.worker.takeover_after);
    drop(worker);
    Some(next)
}

async fn record_one(app: &TestApp, worker_id: i64, tried: &Tried) {
    let facts = RunFacts {
        on_unknown: OnUnknown::Resend,
        started_at: app.app.clock.now(),
        retried_at: None,
        ends_at: None,
    };
    let policy = Policy {
        retry_after: &[Duration::from_secs(60)],
        unreachable_for: Duration::from_secs(30),
    };
    let runs = HashMap::from([(tried.delivery.run_id, facts)]);
    let now = app.app.clock.now();
    let tx = app.app.database.write().await.unwrap();
    let mut deltas = Deltas::default();
    let group = std::slice::from_ref(tried);
    record(&tx, group, &runs, policy, &mut deltas, now)
        .await
        .unwrap();
    // The parts of a worker share its counters: who held them while waiting for more could wait in a circle.
    let counted =
        attempt_count::Entity::find().filter(attempt_count::Column::WorkerId.eq(worker_id));
    let before = counted.clone().all(app.app.database.read()).await.unwrap();
    assert_eq!(
        counted.all(&tx).await.unwrap(),
        before,
        "counters are written last"
    );
    deltas.write(&tx, worker_id).await.unwrap();
    tx.commit().await.unwrap();
    app.sums_agree().await;
}

fn accepted(app: &TestApp, held: &Claim, place: usize) -> Tried {
    Tried {
        delivery: held.deliveries[place].clone(),
        server: Some("default".into()),
        claim_id: held.id,
        at: app.app.clock.now(),
        took: Duration::from_millis(7),
        reply: Some(Reply::ours(Verdict::Accepted, Stage::Letter, "2.0.0 Ok")),
    }
}

#[actix_web::test]
async fn what_a_dead_worker_had_begun_is_unknown_and_the_rest_goes_back() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (worker, _) = silent_after_two(&app).await;
    match bury(&app, worker).await {
        Some(mut next) => app.drive(&mut next).await,
        None => app.run_worker().await,
    }
    let deliveries = app.deliveries().await;
    assert!(
        deliveries
            .iter()
            .all(|delivery| delivery.state == State::Sent)
    );
    let copies: Vec<i64> = deliveries
        .iter()
        .map(|delivery| delivery.possible_copies)
        .collect();
    assert_eq!(copies, [1, 1, 0]);
    let unknown = app
        .attempts()
        .await
        .iter()
        .filter(|attempt| attempt.outcome == OutcomeNumber::Unknown)
        .count();
    assert_eq!(unknown, 2);
    for delivery in deliveries {
        let received = server.letters_to(&delivery.email).len() as i64;
        assert!(received <= 1 + delivery.possible_copies);
    }
}

#[actix_web::test]
async fn a_worker_that_was_taken_over_can_begin_nothing_more() {
    let app = TestApp::start().await;
    let (worker, mut held) = silent_after_two(&app).await;
    let old_id = worker.presence.worker_id();
    let next = bury(&app, worker).await;
    match next {
        Some(next) => next.presence.beat_if_due().await.unwrap(),
        None => drop(app.worker().await),
    }
    let third = held.deliveries[2].id;
    let begun = app.begins(old_id, &mut held, third).await;
    assert_eq!(begun, Begun::Lost);
    app.sums_agree().await;
}

#[actix_web::test]
async fn a_late_outcome_is_recorded_beside_the_lost_try() {
    let app = TestApp::start().await;
    let (worker, held) = silent_after_two(&app).await;
    let old_id = worker.presence.worker_id();
    let late = accepted(&app, &held, 0);
    app.pass(Duration::from_secs(1));
    match bury(&app, worker).await {
        Some(next) => next.presence.beat_if_due().await.unwrap(),
        None => drop(app.worker().await),
    }
    assert_eq!(
        app.states().await,
        [State::Queued, State::Queued, State::Queued]
    );
    for _ in 0..2 {
        record_one(&app, old_id, &late).await;
        let first = app.deliveries().await.remove(0);
        assert_eq!(
            (first.state, first.attempts, first.possible_copies),
            (State::Sent, 2, 1)
        );
    }
    assert_eq!(app.attempts().await.len(), 3);
}

#[actix_web::test]
async fn a_late_answer_tells_nothing_of_whom_an_account_that_is_gone_wrote_to() {
    let app = TestApp::start().await;
    let admin = app.admin("adam").await;
    let (worker, held) = silent_after_two(&app).await;
    let old_id = worker.presence.worker_id();
    let mut late = accepted(&app, &held, 0);
    late.reply.as_mut().unwrap().text = "2.0.0 <boris@example.org> is glad".to_owned();
    app.pass(Duration::from_secs(1));
    match bury(&app, worker).await {
        Some(next) => next.presence.beat_if_due().await.unwrap(),
        None => drop(app.worker().await),
    }
    let owner = app.runs().await.remove(0).owner_id;
    assert_eq!(admin.delete(&format!("users/{owner}")).await.status, 204);
    app.worker().await.planner.pass().await.unwrap();
    while sweep_pass(&app.app).await.unwrap() > 0 {}
    assert_eq!(app.deliveries().await[0].email, "");
    record_one(&app, old_id, &late).await;
    let first = app.deliveries().await.remove(0);
    assert_eq!((first.state, first.attempts), (State::Sent, 2));
    assert_eq!(first.response.as_deref(), Some(""));
    for attempt in app.attempts().await {
        assert!(!attempt.response.contains('@'), "{attempt:?}");
    }
}

/// The first letter of a silent worker, taken over and claimed anew by another one.
async fn claimed_anew(app: &TestApp) -> (Worker, Claim, i64, Tried) {
    let (worker, held) = silent_after_two(app).await;
    let old_id = worker.presence.worker_id();
    let late = accepted(app, &held, 0);
    app.pass(Duration::from_secs(1));
    let next = match bury(app, worker).await {
        Some(next) => {
            next.presence.beat_if_due().await.unwrap();
            next
        }
        None => app.worker().await,
    };
    let run = app.runs().await.remove(0);
    let anew = app.claims(next.presence.worker_id(), run.id).await;
    assert_eq!(anew.deliveries.len(), 3);
    (next, anew, old_id, late)
}

#[actix_web::test]
async fn a_late_acceptance_takes_the_letter_from_who_has_not_begun_it() {
    let app = TestApp::start().await;
    let (next, mut anew, old_id, late) = claimed_anew(&app).await;
    let (first, second) = (anew.deliveries[0].id, anew.deliveries[1].id);
    let next_id = next.presence.worker_id();
    anew.rules = Some(rules::current(app.app.database.read()).await.unwrap());
    record_one(&app, old_id, &late).await;
    assert_eq!(app.begins(next_id, &mut anew, second).await, Begun::Yes);
    assert!(anew.deliveries.iter().all(|held| held.id != first));
    assert_eq!(app.states().await[0], State::Sent);
}

#[actix_web::test]
async fn a_letter_that_was_accepted_late_is_not_sent_again_after_a_refusal() {
    for late_comes_first in [true, false] {
        let app = TestApp::start().await;
        let (next, mut anew, old_id, late) = claimed_anew(&app).await;
        let next_id = next.presence.worker_id();
        let second = anew.deliveries[1].id;
        assert_eq!(app.begins(next_id, &mut anew, second).await, Begun::Yes);
        let refused = Tried {
            reply: Some(Reply {
                code: Some(451),
                ..Reply::ours(Verdict::Transient, Stage::Recipient, "later")
            }),
            ..accepted(&app, &anew, 0)
        };
        let mut outcomes = [(old_id, &late), (next_id, &refused)];
        if !late_comes_first {
            outcomes.reverse();
        }
        for (worker_id, tried) in outcomes.into_iter().chain(outcomes) {
            record_one(&app, worker_id, tried).await;
        }
        let first = app.deliveries().await.remove(0);
        assert_eq!((first.state, first.attempts), (State::Sent, 3));
    }
}

#[actix_web::test]
async fn an_outcome_written_twice_changes_nothing_the_second_time() {
    let app = TestApp::start().await;
    let (worker, held) = silent_after_two(&app).await;
    let tried = accepted(&app, &held, 0);
    for _ in 0..2 {
        record_one(&app, worker.presence.worker_id(), &tried).await;
    }
    let first = app.deliveries().await.remove(0);
    assert_eq!((first.state, first.attempts), (State::Sent, 1));
    assert_eq!(app.attempts().await.len(), 1);
}

#[actix_web::test]
async fn on_sqlite_one_process_sends_at_a_time() {
    let app = TestApp::start().await;
    if app.app.database.engine() == Engine::Postgres {
        // Many may send there; the next test is about them.
        return;
    }
    let worker = app.worker().await;
    assert!(matches!(app.try_worker().await, Err(AbsentError::Busy)));
    drop(worker);
    assert!(app.try_worker().await.is_ok());
}

#[actix_web::test]
async fn two_workers_send_every_letter_once() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 600).await;
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, serde_json::json!({})).await.id;
    anna.act(&format!("mailings/{mailing}/send")).await.value();
    let mut first = app.worker().await;
    if let Ok(mut second) = app.try_worker().await {
        let (one, two) = tokio::join!(first.run_until_idle(), second.run_until_idle());
        one.unwrap();
        two.unwrap();
    }
    app.drive(&mut first).await;
    assert_eq!(server.letters().len(), 600);
    assert!(app.states().await.iter().all(|state| *state == State::Sent));
}
