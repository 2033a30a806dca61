//! An address that was refused for good gets nothing more, until its owner wants it to.

use contract::audit::Act as Done;
use contract::delivery::{DeliveryDetail, DeliveryState, EndReason, FailureClass};
use contract::listing::Page;
use contract::mailings::MailingStatus;
use contract::problem::ErrorCode;
use contract::recipients::RecipientView;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::EndReasonWord;
use golub::delivery::rules;
use golub::recipients::suppression;
use serde_json::json;

use super::sending::status;
use crate::support::smtp_server::{Act, SmtpServer, Step};
use crate::support::{Client, TestApp};

const NOW: &str = "2030-05-01T06:00:00Z";
const GONE: &str = "550 5.1.1 <boris@example.org>: No such user";

/// Anna has Boris, and a mailing to him that starts now.
async fn writing_to_boris(app: &TestApp) -> (Client, i64, i64) {
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    let mailing = another(app, &anna).await;
    (anna, boris, mailing)
}

async fn another(app: &TestApp, owner: &Client) -> i64 {
    let message = app.message(owner, "Hello").await;
    let once = json!({"starts_at": NOW, "recurrence": {"kind": "once"}});
    owner.mailing(message, once).await.id
}

async fn read(owner: &Client, recipient: i64) -> RecipientView {
    owner.get(&format!("recipients/{recipient}")).await.json()
}

#[actix_web::test]
async fn a_refused_address_is_suppressed_with_the_servers_words_and_the_date() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", GONE);
    let app = TestApp::sending_to(&server).await;
    let (anna, boris, _) = writing_to_boris(&app).await;
    let before = read(&anna, boris).await;
    assert_eq!(before.suppression, None);
    app.run_worker().await;

    let delivery = app.deliveries().await.remove(0);
    let now = read(&anna, boris).await;
    let suppression = now.suppression.unwrap();
    assert_eq!((suppression.at, suppression.code), (app.now(), Some(550)));
    assert!(
        suppression.response.contains("No such user"),
        "{}",
        suppression.response
    );
    assert_eq!(suppression.delivery_id, Some(delivery.id));
    assert_eq!((delivery.state, delivery.reason), (State::Failed, None));

    // Whoever edits the recipient meanwhile is not told that somebody else did.
    assert_eq!(now.updated_at, before.updated_at);
}

#[actix_web::test]
async fn the_suppressed_get_nothing_more_and_that_is_no_failure() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", GONE);
    let app = TestApp::sending_to(&server).await;
    let (anna, _, first) = writing_to_boris(&app).await;
    app.run_worker().await;
    assert_eq!(status(&anna, first).await, MailingStatus::Completed);
    server.recovers();

    let second = another(&app, &anna).await;
    app.run_worker().await;
    let skipped = app.deliveries().await.remove(1);
    assert_eq!(
        (skipped.state, skipped.reason),
        (State::Skipped, Some(EndReasonWord::Suppressed))
    );
    assert_eq!(skipped.attempts, 0);
    assert!(server.letters().is_empty());
    let counts = app.counts(skipped.run_id).await;
    assert_eq!((counts.skipped, counts.failed), (1, 0));
    assert_eq!(status(&anna, second).await, MailingStatus::Completed);

    let read: DeliveryDetail = anna.get(&format!("deliveries/{}", skipped.id)).await.json();
    assert_eq!(read.delivery.state, DeliveryState::Skipped);
    assert_eq!(read.delivery.reason, Some(EndReason::Suppressed));
    assert!(read.tries.is_empty());
}

#[actix_web::test]
async fn refusals_of_anything_but_the_address_suppress_nobody() {
    let refusals = [
        (Step::Rcpt, "550 5.7.1 Relaying denied"),
        (Step::Rcpt, "550 5.1.2 Bad destination system address"),
        (Step::Rcpt, "552 5.2.2 Mailbox full"),
        (Step::Rcpt, "550 No such user"),
        // The basic code beats the enhanced one.
        (Step::Rcpt, "450 5.1.1 Try later"),
        // It is the content then.
        (Step::Letter, "550 5.1.1 No such user"),
    ];
    for (step, said) in refusals {
        let server = SmtpServer::start().await;
        server.once(step, Act::Say(said));
        let app = TestApp::sending_to(&server).await;
        let (anna, boris, _) = writing_to_boris(&app).await;
        app.run_worker().await;
        assert_eq!(app.attempts().await.len(), 1, "{said}");
        assert_eq!(read(&anna, boris).await.suppression, None, "{said}");
    }
}

#[actix_web::test]
async fn a_suppression_belongs_to_one_owners_recipient() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", GONE);
    let app = TestApp::sending_to(&server).await;
    let (anna, boris, _) = writing_to_boris(&app).await;
    let vera = app.member("vera").await;
    let hers = vera.recipient("boris").await;
    app.run_worker().await;
    assert!(read(&anna, boris).await.suppression.is_some());
    assert_eq!(read(&vera, hers).await.suppression, None);
    server.recovers();
    another(&app, &vera).await;
    app.run_worker().await;
    assert_eq!(server.letters().len(), 1);
}

#[actix_web::test]
async fn its_owner_can_lift_it_and_letters_go_there_again() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", GONE);
    let app = TestApp::sending_to(&server).await;
    let (anna, boris, _) = writing_to_boris(&app).await;
    app.run_worker().await;
    server.recovers();
    let lift = format!("recipients/{boris}/suppression");
    let vera = app.member("vera").await;
    vera.delete(&lift).await.refused(404, ErrorCode::NotFound);
    assert_eq!(anna.delete(&lift).await.status, 204);
    assert_eq!(read(&anna, boris).await.suppression, None);
    anna.delete(&lift).await.refused(404, ErrorCode::NotFound);
    another(&app, &anna).await;
    app.run_worker().await;
    assert_eq!(server.letters_to("boris@example.org").len(), 1);
}

#[actix_web::test]
async fn that_staff_lifted_it_is_written_down() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    let manager = app.manager("mara").await;
    let boris = anna.recipient("boris").await;
    app.suppress(boris).await;
    let lift = format!("recipients/{boris}/suppression");
    manager
        .delete(&lift)
        .await
        .refused(403, ErrorCode::Forbidden);
    assert!(read(&manager, boris).await.suppression.is_some());
    assert_eq!(admin.delete(&lift).await.status, 204);
    assert_eq!(app.acts_upon(anna.id).await, [Done::SuppressionLifted]);
    app.suppress(boris).await;
    assert_eq!(anna.delete(&lift).await.status, 204);
    assert_eq!(app.acts_upon(anna.id).await, [Done::SuppressionLifted]);
}

#[actix_web::test]
async fn another_address_lifts_it_and_the_same_one_does_not() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    app.suppress(boris).await;
    let path = format!("recipients/{boris}");
    for change in [
        json!({"full_name": "Boris"}),
        json!({"email": "Boris@example.org"}),
    ] {
        let view: RecipientView = anna.patch(&path, change).await.json();
        assert!(view.suppression.is_some());
    }
    let change = json!({"email": "boris@example.com"});
    let view: RecipientView = anna.patch(&path, change).await.json();
    assert_eq!(view.suppression, None);
}

#[actix_web::test]
async fn a_refusal_of_the_former_address_does_not_suppress_the_new_one() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", GONE);
    let app = TestApp::sending_to(&server).await;
    let (anna, boris, _) = writing_to_boris(&app).await;
    app.plan_only().await;
    let change = json!({"email": "boris@example.com"});
    let path = format!("recipients/{boris}");
    assert_eq!(anna.patch(&path, change).await.status, 200);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Failed]);
    assert_eq!(read(&anna, boris).await.suppression, None);
}

#[actix_web::test]
async fn the_list_tells_the_suppressed_from_the_others() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    let vera = anna.recipient("vera").await;
    app.suppress(boris).await;
    for (query, expected) in [
        ("?suppressed=true", vec![boris]),
        ("?suppressed=false", vec![vera]),
        ("?suppressed=true&search=boris", vec![boris]),
        ("?suppressed=true&search=vera", vec![]),
        ("", vec![vera, boris]),
    ] {
        let page: Page<RecipientView> = anna.get(&format!("recipients{query}")).await.json();
        let ids: Vec<i64> = page.items.iter().map(|item| item.id).collect();
        assert_eq!(ids, expected, "{query}");
    }
    let page: Page<RecipientView> = anna.get("recipients?suppressed=true").await.json();
    assert!(page.items[0].suppression.is_some());
    anna.get("recipients?suppressed=perhaps")
        .await
        .refused(400, ErrorCode::UnreadableRequest);
}

#[actix_web::test]
async fn a_dead_address_that_nobody_else_writes_to_makes_nobody_look_again() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (_, boris, _) = writing_to_boris(&app).await;
    let before = rules::current(app.app.database.read()).await.unwrap();
    server.once(Step::Rcpt, Act::Say(GONE));
    app.run_worker().await;
    let alone = rules::current(app.app.database.read()).await.unwrap();
    assert_eq!(alone, before, "nobody holds anything else for him");
    assert_eq!(app.deliveries().await[0].recipient_id, boris);
}

#[actix_web::test]
async fn suppressions_of_one_streak_of_refusals_can_be_taken_back() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (boris, vera) = (anna.recipient("boris").await, anna.recipient("vera").await);
    app.suppress(boris).await;
    app.suppress(vera).await;
    let tx = app.app.database.write().await.unwrap();
    // By another delivery than the one that suppressed Vera.
    suppression::undo(&tx, [(7, boris), (8, vera)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(read(&anna, boris).await.suppression, None);
    assert!(read(&anna, vera).await.suppression.is_some());
}

#[actix_web::test]
async fn the_kind_of_failure_stands_with_the_letter_and_with_the_try() {
    let cases = [
        ("450 4.2.1 Not now", FailureClass::Transient),
        ("554 5.7.1 Spam", FailureClass::Permanent),
        ("452 4.2.2 Mailbox full", FailureClass::Quota),
        (
            "530 5.7.0 Authentication required",
            FailureClass::Authentication,
        ),
    ];
    for (said, class) in cases {
        let server = SmtpServer::start().await;
        server.once(Step::Rcpt, Act::Say(said));
        let app = TestApp::sending_to(&server).await;
        let (anna, _, _) = writing_to_boris(&app).await;
        app.run_worker().await;
        let id = app.deliveries().await[0].id;
        let read: DeliveryDetail = anna.get(&format!("deliveries/{id}")).await.json();
        assert_eq!(read.delivery.class, Some(class), "{said}");
        assert_eq!(read.tries[0].class, Some(class), "{said}");
    }
}
