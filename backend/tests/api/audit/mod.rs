//! The audit log: what staff did with other people's things is written down.

mod reading;

use contract::audit::{Act, AuditDetailName, AuditEntryView, AuditKind};
use contract::listing::Page;
use contract::problem::ErrorCode;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::support::{Client, TestApp};

async fn log(person: &Client, path: &str) -> Page<AuditEntryView> {
    person.get(path).await.json()
}

async fn acts_in(person: &Client, path: &str) -> Vec<Act> {
    let page = log(person, path).await;
    page.items.into_iter().map(|entry| entry.act).collect()
}

fn detail(entry: &AuditEntryView, name: AuditDetailName) -> Option<&str> {
    let found = entry.details.iter().find(|detail| detail.name == name);
    found.map(|detail| detail.value.as_str())
}

#[actix_web::test]
async fn what_an_admin_does_to_a_recipient_and_a_message_of_others_is_written_down_once() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    let recipient = format!("recipients/{}", anna.recipient("boris").await);
    let message = format!("messages/{}", app.message(&anna, "Hello").await);
    let change = json!({"email": "boris@example.com", "full_name": "boris", "comment": "moved"});
    assert_eq!(admin.patch(&recipient, change).await.status, 200);
    assert_eq!(admin.delete(&recipient).await.status, 204);
    let change = json!({"subject": "Goodbye", "shared": true});
    assert_eq!(admin.patch(&message, change).await.status, 200);
    assert_eq!(admin.delete(&message).await.status, 204);

    let entries = log(&admin, "audit-log").await.items;
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let fields = detail(entry, AuditDetailName::Fields).unwrap_or_default();
            (
                entry.act,
                entry.item.kind,
                entry.item.title.as_str(),
                fields,
            )
        })
        .collect();
    // What it was called when it was done.
    assert_eq!(
        told,
        [
            (Act::MessageDeleted, AuditKind::Message, "Goodbye", ""),
            (
                Act::MessageChanged,
                AuditKind::Message,
                "Hello",
                "subject,shared"
            ),
            (
                Act::RecipientDeleted,
                AuditKind::Recipient,
                "boris@example.com",
                ""
            ),
            (
                Act::RecipientChanged,
                AuditKind::Recipient,
                "boris@example.org",
                "email,comment"
            ),
        ]
    );
    for entry in &entries {
        assert_eq!(entry.at, app.app.clock.now());
        assert_eq!(entry.actor.as_ref().unwrap().name, "root");
        assert_eq!(entry.owner.as_ref().unwrap().id, anna.id);
    }
    assert_eq!(entries[2].item.id, entries[3].item.id);
}

#[actix_web::test]
async fn every_act_upon_somebody_elses_mailing_is_written_down() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let plan = json!({"title": "Daily", "recurrence": {"kind": "daily"}});
    let mailing = anna.mailing(message, plan).await.id;
    let at = |act: &str| format!("mailings/{mailing}{act}");
    assert_eq!(
        admin
            .patch(&at(""), json!({"title": "Every day"}))
            .await
            .status,
        200
    );
    assert_eq!(admin.act(&at("/pause")).await.status, 200);
    assert_eq!(admin.act(&at("/resume")).await.status, 200);
    assert_eq!(admin.act(&at("/send")).await.status, 201);
    let copy = admin.act(&at("/duplicate")).await.id();
    let stop = admin
        .post(&at("/stop"), json!({"reason": "Nobody asked for it"}))
        .await;
    assert_eq!(stop.status, 200);
    assert_eq!(admin.delete(&at("")).await.status, 204);

    let entries = log(&admin, "audit-log").await.items;
    let acts: Vec<Act> = entries.iter().map(|entry| entry.act).collect();
    assert_eq!(
        acts,
        [
            Act::MailingDeleted,
            Act::MailingStopped,
            Act::MailingCreated,
            Act::MailingSent,
            Act::MailingResumed,
            Act::MailingPaused,
            Act::MailingChanged,
        ]
    );
    let reason = detail(&entries[1], AuditDetailName::Reason);
    assert_eq!(reason, Some("Nobody asked for it"));
    assert_eq!(entries[2].item.id, Some(copy));
    assert_eq!(detail(&entries[6], AuditDetailName::Fields), Some("title"));
    assert_eq!(entries[6].item.title, "Daily");
}

#[actix_web::test]
async fn what_a_manager_sends_and_stops_is_written_down_too() {
    let app = TestApp::start().await;
    let (anna, manager) = (app.member("anna").await, app.manager("mara").await);
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    let send = format!("mailings/{mailing}/send");
    assert_eq!(manager.act(&send).await.status, 201);
    let stop = format!("mailings/{mailing}/stop");
    assert_eq!(manager.act(&stop).await.status, 200);
    let entries = log(&anna, "me/audit-log").await.items;
    let acts: Vec<Act> = entries.iter().map(|entry| entry.act).collect();
    assert_eq!(acts, [Act::MailingStopped, Act::MailingSent]);
    assert!(entries[0].details.is_empty(), "{:?}", entries[0].details);
}

#[actix_web::test]
async fn an_act_that_is_refused_leaves_no_entry() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    let (vera, manager) = (app.member("vera").await, app.manager("mara").await);
    let recipient = format!("recipients/{}", anna.recipient("boris").await);
    anna.recipient("maria").await;
    let message = app.message(&anna, "Hello").await;
    let mailing = format!("mailings/{}", anna.mailing(message, json!({})).await.id);
    let message = format!("messages/{message}");
    let refused = [
        (vera.delete(&recipient).await, 404),
        (manager.delete(&recipient).await, 403),
        (admin.delete_if(&recipient, "\"9-x\"").await, 412),
        (admin.patch(&recipient, json!({"email": "x"})).await, 422),
        (
            admin
                .patch(&recipient, json!({"email": "maria@example.org"}))
                .await,
            409,
        ),
        (admin.delete(&message).await, 409),
        (
            admin
                .patch_if(&message, "\"9-x\"", json!({"subject": "x"}))
                .await,
            412,
        ),
        (
            admin
                .patch(&mailing, json!({"time_zone": "Mars/Utopia"}))
                .await,
            422,
        ),
        (admin.act(&format!("{mailing}/resume")).await, 409),
    ];
    for (answer, status) in refused {
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    assert_eq!(log(&admin, "audit-log").await.total, 0);
}

#[actix_web::test]
async fn what_one_does_with_ones_own_is_not_written_down() {
    let app = TestApp::start().await;
    let admin = app.admin("root").await;
    let recipient = format!("recipients/{}", admin.recipient("boris").await);
    let message = app.message(&admin, "Hello").await;
    let mailing = format!("mailings/{}", admin.mailing(message, json!({})).await.id);
    admin
        .patch(&recipient, json!({"comment": "x"}))
        .await
        .value();
    admin.patch(&mailing, json!({"title": "x"})).await.value();
    for act in ["pause", "resume", "send", "stop"] {
        admin.act(&format!("{mailing}/{act}")).await.value();
    }
    for thing in [&mailing, &format!("messages/{message}"), &recipient] {
        assert_eq!(admin.delete(thing).await.status, 204);
    }
    assert_eq!(log(&admin, "audit-log").await.total, 0);
}

#[actix_web::test]
async fn an_act_that_cannot_be_written_down_does_not_happen() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    let recipient = format!("recipients/{}", anna.recipient("boris").await);
    let message = app.message(&anna, "Hello").await;
    let mailing = format!("mailings/{}", anna.mailing(message, json!({})).await.id);
    let before = [
        anna.get(&recipient).await.value(),
        anna.get(&mailing).await.value(),
    ];
    let tx = app.app.database.write().await.unwrap();
    tx.execute_unprepared("DROP TABLE audit_log").await.unwrap();
    tx.commit().await.unwrap();
    let failed = [
        admin.patch(&recipient, json!({"comment": "x"})).await,
        admin.delete(&recipient).await,
        admin.patch(&mailing, json!({"title": "x"})).await,
        admin.act(&format!("{mailing}/pause")).await,
        admin.act(&format!("{mailing}/send")).await,
        admin.act(&format!("{mailing}/stop")).await,
        admin.delete(&mailing).await,
    ];
    for answer in failed {
        answer.refused(500, ErrorCode::Internal);
    }
    let after = [
        anna.get(&recipient).await.value(),
        anna.get(&mailing).await.value(),
    ];
    assert_eq!(after, before);
    // One's own needs no entry.
    assert_eq!(anna.delete(&recipient).await.status, 204);
}

#[actix_web::test]
async fn what_is_done_by_an_api_token_is_written_down_with_its_name() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    let recipient = format!("recipients/{}", anna.recipient("boris").await);
    let token = async |scopes: &[&str]| {
        let new = json!({"name": "Nightly tidying", "scopes": scopes});
        let made = admin.post("me/tokens", new).await.value();
        app.bearing(made["token"].as_str().unwrap())
    };
    let near = token(&["keep_own_mailings"]).await;
    near.delete(&recipient)
        .await
        .refused(404, ErrorCode::NotFound);
    let far = token(&["keep_own_mailings", "edit_everything"]).await;
    assert_eq!(far.delete(&recipient).await.status, 204);
    let entries = log(&admin, "audit-log?act=recipient_deleted").await.items;
    assert_eq!(entries.len(), 1);
    let name = detail(&entries[0], AuditDetailName::ApiToken);
    assert_eq!(name, Some("Nightly tidying"));
}
