//! Managers look at other people's accounts, let them out and in again.

use contract::accounts::users::{UserDetail, UserTotals, UserView};
use contract::audit::{Act, AuditDetailName};
use contract::delivery::{DeliveryState, Outcome};
use contract::listing::Page;
use contract::notices::NoticeKind;
use contract::permissions::Role;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::entity as user;
use golub::delivery::entity::delivery::State;
use golub::delivery::ledger::begin::Begun;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::records::{acts, entries, last_detail, told};
use crate::delivery::sending::starting_now;
use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

async fn emails(asker: &Client, query: &str) -> Vec<String> {
    let page: Page<UserView> = asker.get(&format!("users?{query}")).await.json();
    let names = page.items.into_iter().map(|user| user.email);
    names
        .map(|email| email.replace("@golub.example", ""))
        .collect()
}

async fn unconfirm(app: &TestApp, person: &Client) {
    let change = user::ActiveModel {
        id: Set(person.id),
        confirmed_at: Set(None),
        ..Default::default()
    };
    let tx = app.app.database.write().await.unwrap();
    change.update(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

fn reason(text: &str) -> Value {
    json!({ "reason": text })
}

#[actix_web::test]
async fn accounts_are_listed_sorted_searched_and_filtered() {
    let app = TestApp::start().await;
    let manager = app.manager("dmitry").await;
    let zoe = app.member("zoe").await;
    let boris = app.member("boris").await;
    app.admin("vera").await;
    app.block(boris.id, true).await;
    unconfirm(&app, &zoe).await;

    assert_eq!(
        emails(&manager, "").await,
        ["vera", "boris", "zoe", "dmitry"]
    );
    assert_eq!(
        emails(&manager, "sort=email").await,
        ["boris", "dmitry", "vera", "zoe"]
    );
    assert_eq!(
        emails(&manager, "sort=-full_name").await,
        ["zoe", "vera", "dmitry", "boris"]
    );
    assert_eq!(emails(&manager, "role=user").await, ["boris", "zoe"]);
    assert_eq!(emails(&manager, "state=blocked").await, ["boris"]);
    assert_eq!(emails(&manager, "state=unconfirmed").await, ["zoe"]);
    assert_eq!(emails(&manager, "state=active").await, ["vera", "dmitry"]);
    assert_eq!(emails(&manager, "role=admin&state=active").await, ["vera"]);
    assert_eq!(emails(&manager, "search=BOR").await, ["boris"]);
    assert_eq!(emails(&manager, "search=zoe@gol").await, ["zoe"]);
    assert!(emails(&manager, "search=oris").await.is_empty());

    let first: Page<UserView> = manager.get("users?sort=email&limit=3").await.json();
    assert_eq!(first.total, 4);
    let after = first.next.unwrap();
    let rest = emails(&manager, &format!("sort=email&limit=3&after={after}")).await;
    assert_eq!(rest, ["zoe"]);
    let totals: UserTotals = manager.get("users/totals").await.json();
    let expected = UserTotals {
        all: 4,
        active: 2,
        blocked: 1,
        unconfirmed: 1,
        staff: 2,
    };
    assert_eq!(totals, expected);
}

#[actix_web::test]
async fn an_account_is_shown_with_what_its_person_has_and_did() {
    let app = TestApp::start().await;
    let manager = app.manager("dmitry").await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    anna.recipient("vera").await;
    let message = app.message(&anna, "Hello").await;
    anna.mailing(message, json!({})).await;
    let run = app.past_run(&anna, 77, "Past", "Hi").await;
    let accepted = [(Outcome::Succeeded, 250, "ok")];
    let to = (1, "x@example.org", "X");
    app.delivery(run, to, DeliveryState::Sent, &accepted).await;
    let again = app.past_run(&anna, 78, "Past", "Hi").await;
    app.delivery(again, to, DeliveryState::Failed, &accepted)
        .await;
    let path = format!("users/{}", anna.id);
    let answer = manager.get(&path).await;
    let detail: UserDetail = answer.json();
    assert_eq!(detail.user.email, anna.email);
    assert_eq!(
        (detail.owns.recipients, detail.owns.messages),
        (2, 1),
        "{detail:?}"
    );
    assert_eq!((detail.owns.mailings, detail.owns.running_mailings), (1, 0));
    assert_eq!((detail.letters.sent, detail.letters.failed), (1, 1));
    assert_eq!((detail.sessions, detail.api_tokens), (1, 0));
    let tag = answer.header("etag");
    assert_eq!(manager.get_known(&path, tag).await.status, 304);
    // Managers see the accounts of staff, too.
    assert_eq!(
        manager.get(&format!("users/{}", manager.id)).await.status,
        200
    );
}

#[actix_web::test]
async fn who_is_blocked_is_out_at_once_and_told_why() {
    let app = TestApp::start().await;
    let manager = app.manager("dmitry").await;
    let anna = app.member("anna").await;
    let path = format!("users/{}/block", anna.id);
    let blocked: UserDetail = manager.post(&path, reason("Spam")).await.json();
    let block = blocked.user.blocked.unwrap();
    assert_eq!(
        (block.reason.as_str(), block.by.as_str()),
        ("Spam", "dmitry")
    );
    assert_eq!(block.at, app.now());
    assert_eq!(blocked.sessions, 0);
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(acts(&app).await, [Act::UserBlocked]);
    assert_eq!(last_detail(&app, AuditDetailName::Reason).await, "Spam");
    let entry = entries(&app).await.remove(0);
    assert_eq!(
        (entry.actor_id, entry.owner_id),
        (Some(manager.id), Some(anna.id))
    );

    // Once more changes nothing and tells nobody.
    let again: UserDetail = manager.post(&path, reason("Another")).await.json();
    assert_eq!(again.user.blocked.unwrap().reason, "Spam");
    let unblock = format!("users/{}/unblock", anna.id);
    for _ in 0..2 {
        let unblocked: UserDetail = manager.act(&unblock).await.json();
        assert_eq!(unblocked.user.blocked, None);
    }
    assert_eq!(acts(&app).await, [Act::UserBlocked, Act::UserUnblocked]);
    let expected = [NoticeKind::Blocked, NoticeKind::Unblocked];
    assert_eq!(
        told(&app).await,
        expected.map(|kind| (anna.email.clone(), kind))
    );
    // The session of before does not come back.
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn the_api_tokens_of_who_is_blocked_are_of_no_use_until_they_are_unblocked() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let shop = json!({"name": "Shop", "scopes": ["see_mailings"]});
    let made = anna.post("me/tokens", shop).await.value();
    let shop = app.bearing(made["token"].as_str().unwrap());
    assert_eq!(shop.get("recipients").await.status, 200);
    app.block(anna.id, true).await;
    let answer = shop.get("recipients").await;
    answer.refused(401, ErrorCode::SignedOut);
    app.block(anna.id, false).await;
    assert_eq!(shop.get("recipients").await.status, 200);
}

#[actix_web::test]
async fn an_address_that_nobody_confirmed_is_told_nothing() {
    let app = TestApp::start().await;
    let manager = app.manager("dmitry").await;
    let anna = app.member("anna").await;
    unconfirm(&app, &anna).await;
    let path = format!("users/{}/block", anna.id);
    assert_eq!(manager.post(&path, reason("Spam")).await.status, 200);
    assert!(told(&app).await.is_empty());
}

#[actix_web::test]
async fn nobody_is_blocked_without_a_reason() {
    let app = TestApp::start().await;
    let manager = app.manager("dmitry").await;
    let anna = app.member("anna").await;
    let path = format!("users/{}/block", anna.id);
    let empty = manager.post(&path, reason(" ")).await;
    empty.wrong_field("reason", FieldCode::Required);
    let long = manager.post(&path, reason(&"x".repeat(501))).await;
    long.wrong_field("reason", FieldCode::TooLong);
    manager
        .post("users/999/block", reason("x"))
        .await
        .refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn staff_is_out_of_a_managers_reach_and_nobody_blocks_themselves() {
    let app = TestApp::start().await;
    let manager = app.manager("dmitry").await;
    let admin = app.admin("vera").await;
    let block = |id: i64| format!("users/{id}/block");
    for role in [Role::ContentManager, Role::Manager, Role::Admin] {
        let staff = app.person(role.word(), role).await;
        manager
            .post(&block(staff.id), reason("x"))
            .await
            .refused(403, ErrorCode::Forbidden);
        let by_admin = admin.post(&block(staff.id), reason("x")).await;
        assert_eq!(by_admin.status, 200, "{role:?}");
        manager
            .act(&format!("users/{}/unblock", staff.id))
            .await
            .refused(403, ErrorCode::Forbidden);
    }
    for person in [&manager, &admin] {
        person
            .post(&block(person.id), reason("x"))
            .await
            .refused(409, ErrorCode::OwnAccount);
    }
}

#[actix_web::test]
async fn letters_already_with_a_sender_are_taken_back_from_a_blocked_owner() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let manager = app.manager("dmitry").await;
    let (anna, _) = starting_now(&app, &["boris", "vera", "galina"]).await;
    let mut worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    let run = app.runs().await.remove(0);
    let worker_id = worker.presence.worker_id();
    let mut held = app.claims(worker_id, run.id).await;
    let first = held.deliveries.pop_front().unwrap().id;
    let begun = app.begins(worker_id, &mut held, first).await;
    assert_eq!(begun, Begun::Yes);

    let path = format!("users/{}/block", anna.id);
    assert_eq!(manager.post(&path, reason("Spam")).await.status, 200);
    let last = held.deliveries[1].id;
    let begun = app.begins(worker_id, &mut held, last).await;
    assert_eq!(begun, Begun::Held);
    let waiting = [State::Sending, State::Queued, State::Queued];
    assert_eq!(app.states().await, waiting);
    worker.run_once().await.unwrap();
    assert_eq!(app.states().await, waiting);

    manager.act(&format!("users/{}/unblock", anna.id)).await;
    worker.run_once().await.unwrap();
    assert_eq!(app.states().await[1..], [State::Sent, State::Sent]);
    app.sums_agree().await;
}
