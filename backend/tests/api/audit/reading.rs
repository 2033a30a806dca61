//! Reading the audit log: who sees what of it, narrowed and page by page.

use contract::audit::{Act, AuditDetailName};
use contract::permissions::Role;
use contract::problem::{ErrorCode, FieldCode};
use golub::audit::{self, Actor, Entry};

use super::{acts_in, detail, log};
use crate::support::{Client, TestApp};

/// An entry of a sign-in, by the account itself or by somebody else in its name.
async fn write(app: &TestApp, actor: &Client, client: &str, entry: Entry) {
    let tx = app.app.database.write().await.unwrap();
    let actor = Actor {
        id: (actor.id > 0).then_some(actor.id),
        name: actor.email.clone(),
        client: client.to_owned(),
        api_token: (client.is_empty()).then(|| "nightly".to_owned()),
    };
    audit::record(&tx, &actor, entry, app.app.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn of(act: Act, owner: &Client) -> Entry {
    let owner = contract::listing::Owner {
        id: owner.id,
        email: owner.email.clone(),
        full_name: String::new(),
    };
    Entry::of_account(act, owner)
}

#[actix_web::test]
async fn an_owner_sees_what_was_done_to_theirs_but_not_from_where_others_did_it() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let admin = app.admin("root").await;
    write(&app, &anna, "203.0.113.7", of(Act::SignedIn, &anna)).await;
    write(&app, &admin, "198.51.100.1", of(Act::RoleChanged, &anna)).await;
    write(&app, &admin, "", of(Act::UserChanged, &anna)).await;
    write(&app, &app.guest(), "", of(Act::UserBlocked, &anna)).await;
    write(&app, &boris, "203.0.113.8", of(Act::SignedIn, &boris)).await;

    let own = log(&anna, "me/audit-log").await;
    assert_eq!((own.total, own.items.len()), (4, 4));
    let told: Vec<_> = own
        .items
        .iter()
        .map(|entry| (entry.act, entry.client.as_str(), entry.details.len()))
        .collect();
    assert_eq!(
        told,
        [
            (Act::UserBlocked, "", 0),
            (Act::UserChanged, "", 0),
            (Act::RoleChanged, "", 0),
            (Act::SignedIn, "203.0.113.7", 0),
        ]
    );
    // The command line is nobody.
    assert_eq!(own.items[0].actor, None);
    assert_eq!(own.items[1].actor.as_ref().unwrap().id, admin.id);
    let others = acts_in(&anna, "me/audit-log?by_others=true").await;
    assert_eq!(
        others,
        [Act::UserBlocked, Act::UserChanged, Act::RoleChanged]
    );
    let by_oneself = acts_in(&anna, "me/audit-log?by_others=false").await;
    assert_eq!(by_oneself, [Act::SignedIn]);
    assert_eq!(acts_in(&boris, "me/audit-log").await, [Act::SignedIn]);

    let all = log(&admin, "audit-log").await.items;
    assert_eq!(all.len(), 5);
    assert_eq!(detail(&all[2], AuditDetailName::ApiToken), Some("nightly"));
    assert_eq!(all[3].client, "198.51.100.1");
    assert_eq!(log(&admin, "me/audit-log").await.total, 0);
}

#[actix_web::test]
async fn the_whole_log_is_for_administrators_alone() {
    let app = TestApp::start().await;
    app.guest()
        .get("audit-log")
        .await
        .refused(401, ErrorCode::SignedOut);
    for role in [Role::User, Role::ContentManager, Role::Manager] {
        let person = app.person(role.word(), role).await;
        person
            .get("audit-log")
            .await
            .refused(403, ErrorCode::Forbidden);
    }
}

#[actix_web::test]
async fn the_log_is_narrowed_by_act_actor_owner_and_time() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    app.at("2030-05-01T06:00:00Z");
    write(&app, &anna, "203.0.113.7", of(Act::SignedIn, &anna)).await;
    app.at("2030-05-02T06:00:00Z");
    write(&app, &admin, "198.51.100.1", of(Act::SignedIn, &admin)).await;
    app.at("2030-05-03T06:00:00Z");
    write(&app, &admin, "198.51.100.1", of(Act::UserBlocked, &anna)).await;
    let cases = [
        ("act=signed_in", vec![Act::SignedIn, Act::SignedIn]),
        ("act=user_blocked,%20role_changed", vec![Act::UserBlocked]),
        ("act=", vec![Act::UserBlocked, Act::SignedIn, Act::SignedIn]),
        (
            &format!("actor_id={}", admin.id),
            vec![Act::UserBlocked, Act::SignedIn],
        ),
        (
            &format!("owner_id={}&act=signed_in", anna.id),
            vec![Act::SignedIn],
        ),
        (
            "from=2030-05-02T06:00:00Z",
            vec![Act::UserBlocked, Act::SignedIn],
        ),
        ("to=2030-05-02T06:00:00Z", vec![Act::SignedIn]),
        ("from=2030-05-03T06:00:01Z", vec![]),
    ];
    for (query, acts) in cases {
        assert_eq!(
            acts_in(&admin, &format!("audit-log?{query}")).await,
            acts,
            "{query}"
        );
    }
    let wrong = admin.get("audit-log?act=signed_in,danced").await;
    wrong.wrong_field("act", FieldCode::OutOfRange);
    let wrong = admin.get("audit-log?limit=201").await;
    wrong.wrong_field("limit", FieldCode::OutOfRange);
}

#[actix_web::test]
async fn the_log_is_read_page_by_page_while_it_grows() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    for _ in 0..5 {
        write(&app, &anna, "203.0.113.7", of(Act::SignedIn, &anna)).await;
    }
    for path in ["audit-log?limit=2", "me/audit-log?limit=2"] {
        let reader = if path.starts_with("me") {
            &anna
        } else {
            &admin
        };
        let mut ids = Vec::new();
        let mut page = log(reader, path).await;
        let total = page.total;
        loop {
            ids.extend(page.items.iter().map(|entry| entry.id));
            write(&app, &anna, "203.0.113.7", of(Act::PasswordChanged, &anna)).await;
            let Some(next) = page.next else { break };
            page = log(reader, &format!("{path}&after={next}")).await;
        }
        assert_eq!(ids.len() as u64, total);
        assert!(ids.is_sorted_by(|newer, older| newer > older), "{ids:?}");
    }
}
