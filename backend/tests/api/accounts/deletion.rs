//! The end of an account: at once its person is out, and soon all that was theirs is gone; counts stay.

use contract::accounts::profile::GoesWithAccount;
use contract::audit::Act;
use contract::notices::NoticeKind;
use contract::problem::ErrorCode;
use golub::accounts::deletion::sweep::sweep_pass;
use golub::accounts::entity as user;
use golub::accounts::sessions::entity as session;
use golub::audit::entity as audit;
use golub::database::search;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::EndReasonWord;
use golub::delivery::entity::{attempt, delivery, run};
use golub::idempotency::entity as idempotency_key;
use golub::mailings::{
    audience_entity as audience, audience_recipient_entity as member, entity as mailing,
};
use golub::messages::entity as message;
use golub::recipients::entity as recipient;
use image::ImageFormat;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::records::{acts, told};
use super::{PASSWORD, boris, sign_in};
use crate::delivery::sending::starting_now;
use crate::support::pictures::quarters;
use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

/// Passes until nothing is left of anybody.
async fn sweep(app: &TestApp) -> u64 {
    let mut all = 0;
    loop {
        match sweep_pass(&app.app).await.unwrap() {
            0 => return all,
            rows => all += rows,
        }
    }
}

async fn account(app: &TestApp, id: i64) -> user::Model {
    let user = user::Entity::find_by_id(id);
    user.one(app.app.database.read()).await.unwrap().unwrap()
}

#[actix_web::test]
async fn who_is_deleted_is_out_at_once_and_unknown() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    let boris = golub::accounts::make::create_user(&app.app, boris()).await;
    let boris = boris.unwrap();
    let token = super::access(&sign_in(&app, &boris.email, PASSWORD).await);
    let path = format!("users/{}", boris.id);
    assert_eq!(admin.delete(&path).await.status, 204);
    app.bearing(&token)
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);
    sign_in(&app, &boris.email, PASSWORD)
        .await
        .refused(401, ErrorCode::WrongCredentials);
    let unknown = sign_in(&app, &format!("deleted.{}", boris.id), "").await;
    unknown.refused(401, ErrorCode::WrongCredentials);
    for (method, path) in [("GET", &path), ("DELETE", &path)] {
        let answer = if method == "GET" {
            admin.get(path).await
        } else {
            admin.delete(path).await
        };
        answer.refused(404, ErrorCode::NotFound);
    }
    for list in ["users", "users?search=boris", "users?role=user"] {
        let listed = admin.get(list).await.text().to_owned();
        assert!(!listed.contains("boris"), "{listed}");
    }
    assert_eq!(admin.get("users/totals").await.value()["all"], 1);
    assert_eq!(
        told(&app).await,
        [(boris.email.clone(), NoticeKind::AccountDeleted)]
    );
    assert_eq!(acts(&app).await.last(), Some(&Act::UserDeleted));
    // The address is free again.
    let again = json!({"email": boris.email, "role": "user", "time_zone": "UTC"});
    assert_eq!(admin.post("users", again).await.status, 201);
}

#[actix_web::test]
async fn ones_own_account_goes_with_its_cookie() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    anna.mailing(message, json!({})).await;
    let owns: GoesWithAccount = anna.get("me/owns").await.json();
    let expected = GoesWithAccount {
        recipients: 1,
        messages: 1,
        mailings: 1,
        running_mailings: 0,
    };
    assert_eq!(owns, expected);
    let gone = anna.delete("me").await;
    assert_eq!(gone.status, 204);
    assert!(gone.header("set-cookie").contains("Max-Age=0"));
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(acts(&app).await, [Act::AccountDeleted]);
    assert_eq!(
        told(&app).await,
        [(anna.email.clone(), NoticeKind::AccountDeleted)]
    );
}

#[actix_web::test]
async fn while_a_run_is_under_way_the_rest_is_skipped_before_anything_is_swept() {
    let server = SmtpServer::start().await;
    server.refuses(
        "vera@example.org",
        "450 4.7.1 vera@example.org is greylisted",
    );
    let app = TestApp::sending_to(&server).await;
    let (anna, _) = starting_now(&app, &["boris", "vera"]).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent, State::Queued]);
    assert_eq!(anna.delete("me").await.status, 204);
    assert_eq!(sweep(&app).await, 0);
    server.recovers();
    app.pass(std::time::Duration::from_secs(3_600));
    app.run_worker().await;
    let deliveries = app.deliveries().await;
    assert_eq!(
        (deliveries[1].state, deliveries[1].reason),
        (State::Skipped, Some(EndReasonWord::Stopped))
    );
    assert!(server.letters_to("vera@example.org").is_empty());
    assert!(sweep(&app).await > 0);
    app.sums_agree().await;
    let counts = app.counts(app.runs().await[0].id).await;
    assert_eq!((counts.sent, counts.skipped), (1, 1));
    assert!(account(&app, anna.id).await.swept_at.is_some());
}

#[actix_web::test]
async fn a_mailing_of_somebody_who_is_gone_never_starts() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    anna.mailing(message, json!({})).await;
    assert_eq!(anna.delete("me").await.status, 204);
    app.at("2030-05-03T06:00:00Z");
    app.run_worker().await;
    assert!(app.runs().await.is_empty());
}

/// All that is kept, as text.
async fn everything(app: &TestApp) -> String {
    async fn rows<E: EntityTrait>(app: &TestApp) -> String {
        let rows = E::find().into_json().all(app.app.database.read()).await;
        Value::from(rows.unwrap()).to_string()
    }
    [
        rows::<user::Entity>(app).await,
        rows::<session::Entity>(app).await,
        rows::<recipient::Entity>(app).await,
        rows::<message::Entity>(app).await,
        rows::<mailing::Entity>(app).await,
        rows::<audience::Entity>(app).await,
        rows::<member::Entity>(app).await,
        rows::<idempotency_key::Entity>(app).await,
        rows::<run::Entity>(app).await,
        rows::<delivery::Entity>(app).await,
        rows::<attempt::Entity>(app).await,
        rows::<search::Entity>(app).await,
        rows::<audit::Entity>(app).await,
    ]
    .join("\n")
}

#[actix_web::test]
async fn nothing_personal_is_left_and_what_was_counted_is() {
    let server = SmtpServer::start().await;
    server.refuses("vera@example.org", "550 5.1.1 vera@example.org is unknown");
    let app = TestApp::sending_to(&server).await;
    let admin = app.admin("admin").await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera"]).await;
    let chosen = json!({"audience": {"recipient_ids": [anna.recipient("galina").await]}});
    let message = app.message(&anna, "Secret subject").await;
    anna.mailing(message, chosen).await;
    app.run_worker().await;
    let path = format!("users/{}", anna.id);
    let change = json!({"email": "anna.s@golub.example", "full_name": "anna"});
    assert_eq!(admin.patch(&path, change).await.status, 200);
    let words = [
        "anna",
        "boris",
        "vera@",
        "galina",
        "Secret",
        "Привет",
        "привет",
    ];
    let before = everything(&app).await;
    for word in words {
        assert!(before.contains(word), "{word}");
    }
    assert_eq!(admin.delete(&path).await.status, 204);
    sweep(&app).await;
    let after = everything(&app).await;
    for word in words {
        let kept: Vec<&str> = after.lines().filter(|rows| rows.contains(word)).collect();
        assert!(kept.is_empty(), "{word}: {kept:?}");
    }
    app.sums_agree().await;
    let attempts = app.attempts().await;
    let codes = attempts.iter().filter_map(|attempt| attempt.smtp_code);
    let mut codes: Vec<i16> = codes.collect();
    codes.sort_unstable();
    assert_eq!(codes, [250, 250, 550]);
    // Managers still see that there was something, and nobody's.
    let runs = admin.get(&format!("mailings/{mailing}/runs")).await.value();
    assert_eq!(runs["items"][0]["counts"]["sent"], 2);
    let listed = admin.get("attempts").await.value();
    assert_eq!(listed["items"][0]["owner"]["id"], anna.id);
    assert_eq!(listed["items"][0]["owner"]["email"], "");
    let delivery = app.deliveries().await.remove(0).id;
    assert_eq!(
        admin.get(&format!("deliveries/{delivery}")).await.status,
        200
    );
}

#[actix_web::test]
async fn the_picture_goes_with_its_file() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let picture = quarters(300, 300, ImageFormat::Png);
    anna.put_avatar("image/png", picture).await.value();
    let file = account(&app, anna.id).await.avatar.unwrap();
    let path = format!("avatars/{file}.jpg");
    assert!(app.app.files.get(&path).await.unwrap().is_some());
    assert_eq!(anna.delete("me").await.status, 204);
    sweep(&app).await;
    assert!(app.app.files.get(&path).await.unwrap().is_none());
    assert_eq!(account(&app, anna.id).await.avatar, None);
}

#[actix_web::test]
async fn much_goes_in_short_steps() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 450).await;
    let other = app.member("other").await;
    app.many_recipients(&other, 3).await;
    assert_eq!(anna.delete("me").await.status, 204);
    // Its one entry in the audit log is both of her and about her.
    assert_eq!(sweep(&app).await, 450 + 2);
    assert!(account(&app, anna.id).await.swept_at.is_some());
    assert_eq!(other.get("recipients").await.value()["total"], 3);
    // What is done with is not looked at again.
    assert_eq!(sweep_pass(&app.app).await.unwrap(), 0);
}

#[actix_web::test]
async fn a_message_that_others_send_goes_over_to_them() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let tom: Client = app.member("tom").await;
    tom.recipient("boris").await;
    let shared = app.shared_message(&anna, "Autumn").await;
    app.shared_message(&anna, "Unused").await;
    let mailings = [
        tom.mailing(shared, json!({})).await.id,
        tom.mailing(shared, json!({})).await.id,
    ];
    assert_eq!(anna.delete("me").await.status, 204);
    sweep(&app).await;
    let messages = tom.get("messages").await.value();
    assert_eq!(messages["total"], 1);
    let copy = &messages["items"][0];
    assert_eq!(copy["subject"], "Autumn");
    assert_eq!(copy["shared"], false);
    for mailing in mailings {
        let mailing = tom.get(&format!("mailings/{mailing}")).await.value();
        assert_eq!(mailing["message"]["id"], copy["id"], "{mailing}");
    }
}
