//! Administrators make, change and delete accounts, and never leave the service without an administrator.

use actix_web::test::TestRequest;
use contract::accounts::users::UserDetail;
use contract::audit::{Act, AuditDetailName};
use contract::notices::NoticeKind;
use contract::permissions::Role;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::find;
use golub::accounts::users::overseer::Overseer;
use golub::accounts::users::{block, change};
use golub::http::version::IfMatch;
use golub::problem::ApiError;
use serde_json::{Value, json};

use super::records::{acts, entries, last_detail, told};
use crate::support::TestApp;

fn boris() -> Value {
    json!({
        "email": "boris@golub.example", "full_name": "Boris Volkov", "role": "content_manager",
        "language": "ru", "time_zone": "Europe/Moscow", "city": "Kronstadt"
    })
}

#[actix_web::test]
async fn an_account_is_made_without_a_password_and_its_person_gets_a_link() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    let made: UserDetail = admin.post("users", boris()).await.json();
    assert_eq!(made.user.role, Role::ContentManager);
    assert_eq!(made.user.confirmed_at, Some(app.now()));
    assert_eq!(made.user.city, "Kronstadt");
    let kept = find::account(app.app.database.read(), made.user.id).await;
    assert_eq!(kept.unwrap().password_hash, "");
    let boris_email = "boris@golub.example";
    assert_eq!(
        told(&app).await,
        [(boris_email.to_owned(), NoticeKind::PasswordLink)]
    );
    assert_eq!(acts(&app).await, [Act::UserCreated]);
    let found = admin.get("users?search=volk").await.value();
    assert_eq!(found["items"][0]["email"], boris_email);
    let empty = json!({"email": boris_email, "password": ""});
    app.guest()
        .post("auth/login", empty)
        .await
        .refused(401, ErrorCode::WrongCredentials);
    admin
        .post("users", boris())
        .await
        .refused(409, ErrorCode::Taken);
}

#[actix_web::test]
async fn an_account_is_made_once_and_only_with_what_is_right() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    let ask = async || {
        let request = TestRequest::post().uri("/api/v1/users").set_json(boris());
        let keyed = request.insert_header(("Idempotency-Key", "k-1"));
        admin.send(keyed).await.json::<UserDetail>().user.id
    };
    assert_eq!(ask().await, ask().await);
    assert_eq!(acts(&app).await, [Act::UserCreated]);
    for (field, value, code) in [
        ("email", json!("boris"), FieldCode::NotAnAddress),
        ("time_zone", json!("Mars/Olympus"), FieldCode::UnknownZone),
        ("full_name", json!("a\nb"), FieldCode::ControlCharacter),
        ("city", json!("x".repeat(101)), FieldCode::TooLong),
        ("role", json!("king"), FieldCode::WrongType),
        ("password", json!("chosen"), FieldCode::UnknownField),
    ] {
        let mut wrong = boris();
        wrong[field] = value;
        admin.post("users", wrong).await.wrong_field(field, code);
    }
}

#[actix_web::test]
async fn what_is_changed_is_logged_and_the_former_address_is_told() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    let anna = app.member("anna").await;
    let path = format!("users/{}", anna.id);
    let tag = admin.get(&path).await.header("etag").to_owned();
    let change = json!({"email": "Anna.S@golub.example", "full_name": "Anna S", "city": ""});
    let changed: UserDetail = admin.patch_if(&path, &tag, change).await.json();
    assert_eq!(changed.user.email, "Anna.S@golub.example");
    admin
        .patch_if(&path, &tag, json!({"city": "x"}))
        .await
        .refused(412, ErrorCode::Changed);
    assert_eq!(
        told(&app).await,
        [(anna.email.clone(), NoticeKind::EmailChanged)]
    );
    assert_eq!(acts(&app).await, [Act::EmailChanged, Act::UserChanged]);
    // The city was empty before.
    assert_eq!(
        last_detail(&app, AuditDetailName::Fields).await,
        "full_name"
    );
    let found = |search: &str| format!("users?search={search}");
    assert_eq!(admin.get(&found("anna.s")).await.value()["total"], 1);
    assert_eq!(admin.get(&found("anna@golub")).await.value()["total"], 0);
    // Whoever is in may be the one who has taken the account over.
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    // What is so already is no change.
    let version = admin.get(&path).await.header("etag").to_owned();
    let same = admin.patch(&path, json!({"full_name": "Anna S"})).await;
    assert_eq!(same.header("etag"), version);
    assert_eq!(acts(&app).await.len(), 2);
    let taken = json!({"email": "VERA@golub.example"});
    admin
        .patch(&path, taken)
        .await
        .refused(409, ErrorCode::Taken);
}

#[actix_web::test]
async fn a_demotion_signs_out_everywhere_and_a_promotion_does_not() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    let anna = app.member("anna").await;
    let path = format!("users/{}", anna.id);
    let give = async |role: &str| admin.patch(&path, json!({"role": role})).await.status;
    assert_eq!(give("content_manager").await, 200);
    assert_eq!(anna.get("me").await.value()["role"], "content_manager");
    assert_eq!(give("admin").await, 200);
    assert_eq!(anna.get("users").await.status, 200);
    assert_eq!(give("user").await, 200);
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(acts(&app).await, [Act::RoleChanged; 3]);
    assert_eq!(
        last_detail(&app, AuditDetailName::RoleBefore).await,
        "admin"
    );
    assert_eq!(last_detail(&app, AuditDetailName::RoleAfter).await, "user");
}

#[actix_web::test]
async fn nobody_demotes_deletes_or_renames_themselves_here() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    app.admin("who stays").await;
    let path = format!("users/{}", admin.id);
    for change in [
        json!({"role": "user"}),
        json!({"email": "new@golub.example"}),
    ] {
        admin
            .patch(&path, change)
            .await
            .refused(409, ErrorCode::OwnAccount);
    }
    let deleted = admin.delete(&path).await;
    deleted.refused(409, ErrorCode::OwnAccount);
    assert_eq!(
        admin.patch(&path, json!({"city": "Tver"})).await.status,
        200
    );
}

#[actix_web::test]
async fn the_last_administrator_who_can_sign_in_stays() {
    let app = TestApp::start().await;
    let vera = app.admin("vera").await;
    let boss = app.admin("boss").await;
    app.block(boss.id, true).await;
    let by = Overseer::command_line();
    let demoted = change::change(&app.app, &by, vera.id, to_user(), IfMatch(None)).await;
    assert!(matches!(demoted, Err(ApiError::LastAdmin)));
    let blocked = block::block(&app.app, &by, vera.id, spam()).await;
    assert!(matches!(blocked, Err(ApiError::LastAdmin)));
    vera.delete("me").await.refused(409, ErrorCode::LastAdmin);
    // Who is blocked can go: that changes nothing.
    assert_eq!(vera.delete(&format!("users/{}", boss.id)).await.status, 204);
    app.admin("another").await;
    assert_eq!(vera.delete("me").await.status, 204);
}

#[actix_web::test]
async fn two_administrators_who_let_each_other_out_at_once_are_not_both_out() {
    for _ in 0..5 {
        let app = TestApp::start().await;
        let (vera, boss) = (app.admin("vera").await, app.admin("boss").await);
        let by = Overseer::command_line();
        let (first, second) = futures_util::join!(
            change::change(&app.app, &by, vera.id, to_user(), IfMatch(None)),
            block::block(&app.app, &by, boss.id, spam()),
        );
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let refused = [first.err(), second.err()].into_iter().flatten().next();
        assert!(matches!(refused, Some(ApiError::LastAdmin)));
    }
}

#[actix_web::test]
async fn a_password_link_is_sent_and_sessions_are_ended() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    let anna = app.member("anna").await;
    let link = admin.act(&format!("users/{}/password-link", anna.id)).await;
    assert_eq!((link.status, link.text()), (204, ""));
    assert_eq!(
        told(&app).await,
        [(anna.email.clone(), NoticeKind::PasswordLink)]
    );
    assert_eq!(anna.get("me").await.status, 200);
    let ended = admin.delete(&format!("users/{}/sessions", anna.id)).await;
    assert_eq!(ended.status, 204);
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(
        acts(&app).await,
        [Act::PasswordLinkSent, Act::SessionsEnded]
    );
    assert_eq!(last_detail(&app, AuditDetailName::Sessions).await, "1");
    let entry = entries(&app).await.pop().unwrap();
    assert_eq!(entry.actor_id, Some(admin.id));
}

#[actix_web::test]
async fn a_program_keeps_users_and_never_staff() {
    let app = TestApp::start().await;
    let admin = app.admin("vera").await;
    let scopes = json!({"name": "HR", "scopes": ["manage_users", "block_users"]});
    let made = admin.post("me/tokens", scopes).await.value();
    let program = app.bearing(made["token"].as_str().unwrap());
    let before = acts(&app).await.len();
    let staff = [
        app.person("clara", Role::ContentManager).await.id,
        app.manager("mark").await.id,
        app.admin("boss").await.id,
        admin.id,
    ];
    for id in staff {
        let path = |more: &str| format!("users/{id}{more}");
        let refused = [
            program.patch(&path(""), json!({"city": "x"})).await,
            program
                .patch(&path(""), json!({"email": "eve@golub.example"}))
                .await,
            program.patch(&path(""), json!({"role": "user"})).await,
            program.act(&path("/password-link")).await,
            program.delete(&path("/sessions")).await,
        ];
        for answer in refused {
            answer.refused(403, ErrorCode::SessionRequired);
        }
    }
    // Oneself is somebody that nobody deletes or blocks here, by whatever they come.
    for id in &staff[..3] {
        let deleted = program.delete(&format!("users/{id}")).await;
        deleted.refused(403, ErrorCode::SessionRequired);
        let spam = json!({"reason": "Spam"});
        let blocked = program.post(&format!("users/{id}/block"), spam).await;
        blocked.refused(403, ErrorCode::SessionRequired);
    }
    let anna = app.member("anna").await;
    let path = format!("users/{}", anna.id);
    for role in ["content_manager", "manager", "admin"] {
        let promoted = program.patch(&path, json!({"role": role})).await;
        promoted.refused(403, ErrorCode::SessionRequired);
        let new =
            json!({"email": format!("{role}@golub.example"), "role": role, "time_zone": "UTC"});
        let made = program.post("users", new).await;
        made.refused(403, ErrorCode::SessionRequired);
    }
    assert_eq!(acts(&app).await.len(), before);

    assert_eq!(
        program.patch(&path, json!({"city": "Tver"})).await.status,
        200
    );
    for more in ["/password-link", "/unblock"] {
        assert!(program.act(&format!("{path}{more}")).await.status < 300);
    }
    assert_eq!(
        program.delete(&format!("{path}/sessions")).await.status,
        204
    );
    assert_eq!(program.delete(&path).await.status, 204);
    let new = json!({"email": "new@golub.example", "role": "user", "time_zone": "UTC"});
    assert_eq!(program.post("users", new).await.status, 201);
}

fn to_user() -> contract::accounts::users::UserChange {
    contract::accounts::users::UserChange {
        role: Some(Role::User),
        ..Default::default()
    }
}

fn spam() -> contract::accounts::users::NewBlock {
    contract::accounts::users::NewBlock {
        reason: "Spam".to_owned(),
    }
}
