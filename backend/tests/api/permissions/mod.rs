//! Who may do what, exhaustively: every operation, by everyone, with one's own and with somebody else's.

mod rights;
mod rows;
mod stage;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use contract::accounts::second_factor::SecondFactorFor;
use contract::permissions::{Permission, Role};
use contract::problem::{ErrorCode, Problem};
use golub::accounts::entity as user;
use golub::accounts::sessions::entity as session;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use self::rights::{Expected, IN, Key};
pub use self::rows::{Row, rows};
pub use self::stage::Stage;
use crate::openapi;
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

#[actix_web::test]
async fn every_operation_lets_in_whom_it_should_and_nobody_else() {
    let stage = Stage::set().await;
    let mut wrong = Vec::new();
    for row in rows() {
        let Row {
            operation, rights, ..
        } = &row;
        let theirs = stage.stranger.clone();
        let answer = stage.ask(&row, &stage.app.guest(), &theirs).await;
        let cell = format!("{operation} {:?} by a guest", row.thing);
        note(&mut wrong, cell, &answer, rights.guest);
        for (number, role) in Role::ALL.into_iter().enumerate() {
            for (whose, expected) in [
                ("own", rights.own[number]),
                ("foreign", rights.foreign[number]),
            ] {
                let person = stage.asker(&row, role).await;
                let owner = if whose == "own" { &person } else { &theirs };
                let answer = stage.ask(&row, &person, owner).await;
                let cell = format!("{operation} {whose} {:?} by {}", row.thing, role.word());
                note(&mut wrong, cell, &answer, expected);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn who_is_blocked_or_not_confirmed_is_nobody_whatever_they_hold() {
    let stage = Stage::set().await;
    let blocked = stage.newcomer(Role::Admin).await;
    stage.app.block(blocked.id, true).await;
    let unconfirmed = stage.newcomer(Role::Admin).await;
    let never = user::Entity::update_many()
        .col_expr(
            user::Column::ConfirmedAt,
            Expr::value(None::<DateTime<Utc>>),
        )
        .filter(user::Column::Id.eq(unconfirmed.id));
    write(&stage.app, never).await;
    let mut wrong = Vec::new();
    for row in rows() {
        for (person, name) in [(&blocked, "blocked"), (&unconfirmed, "unconfirmed")] {
            let answer = stage.ask(&row, person, &stage.stranger).await;
            let cell = format!("{} {:?} by who is {name}", row.operation, row.thing);
            match row.rights.key {
                Key::Open => note(&mut wrong, cell, &answer, row.rights.guest),
                _ => refused(&mut wrong, cell, &answer, ErrorCode::SignedOut),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn who_must_set_up_a_second_factor_does_that_first() {
    let everyone = |config: &mut golub::config::Config| {
        config.accounts.second_factor = SecondFactorFor::Everyone
    };
    let stage = Stage::with(everyone).await;
    let mut wrong = Vec::new();
    for row in rows() {
        let person = stage.asker(&row, Role::Admin).await;
        let cell = format!("{} {:?} by who must set up", row.operation, row.thing);
        match row.rights.key {
            Key::Scope(_) | Key::Proof => {
                // The guard says so before it is looked at what it is about.
                let answer = stage.ask_at(&row, &person, &row.path("1")).await;
                let code = ErrorCode::SecondFactorSetupRequired;
                refused(&mut wrong, cell, &answer, code);
            }
            Key::Known | Key::Session | Key::ProofToSetUp => {
                let answer = stage.ask(&row, &person, &person).await;
                note(&mut wrong, cell, &answer, row.rights.own[3]);
            }
            Key::Open => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn what_could_lock_somebody_out_asks_for_a_fresh_proof() {
    let stage = Stage::set().await;
    let admin = stage.newcomer(Role::Admin).await;
    let long_ago = session::Entity::update_many()
        .col_expr(
            session::Column::ProvedAt,
            Expr::value(None::<DateTime<Utc>>),
        )
        .filter(session::Column::UserId.eq(admin.id));
    write(&stage.app, long_ago).await;
    let mut wrong = Vec::new();
    for row in rows() {
        if matches!(row.rights.key, Key::Proof | Key::ProofToSetUp) {
            let answer = stage.ask(&row, &admin, &admin).await;
            let cell = format!("{} {:?} without a proof", row.operation, row.thing);
            refused(&mut wrong, cell, &answer, ErrorCode::ProofRequired);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn an_api_token_opens_what_its_scopes_name_and_nothing_else() {
    let stage = Stage::set().await;
    let admin = &stage.people[3];
    let all = stage.with_token(admin, &Permission::ALL).await;
    let mut keys = Vec::new();
    for scope in Permission::ALL {
        keys.push((scope, stage.with_token(admin, &[scope]).await));
    }
    let mut wrong = Vec::new();
    for row in rows() {
        let cell = format!("{} {:?} by a token", row.operation, row.thing);
        for (scope, token) in &keys {
            let cell = format!("{cell} for {scope:?}");
            match row.rights.key {
                Key::Known => {
                    let answer = stage.ask(&row, token, admin).await;
                    note(&mut wrong, cell, &answer, row.rights.own[3]);
                }
                Key::Scope(scopes) if scopes.contains(scope) => {
                    let newcomer;
                    let (person, token) = if row.spends {
                        let person = stage.newcomer(Role::Admin).await;
                        newcomer = (stage.with_token(&person, &[*scope]).await, person);
                        (&newcomer.1, &newcomer.0)
                    } else {
                        (admin, token)
                    };
                    let answer = stage.ask(&row, token, person).await;
                    note(&mut wrong, cell, &answer, row.rights.own[3]);
                }
                Key::Scope(_) => {
                    let answer = stage.ask_at(&row, token, &row.path("1")).await;
                    refused(&mut wrong, cell, &answer, ErrorCode::ScopeMissing);
                }
                Key::Open | Key::Session | Key::Proof | Key::ProofToSetUp => {}
            }
        }
        if matches!(
            row.rights.key,
            Key::Session | Key::Proof | Key::ProofToSetUp
        ) {
            let answer = stage.ask_at(&row, &all, &row.path("1")).await;
            refused(&mut wrong, cell, &answer, ErrorCode::SessionRequired);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn an_api_token_reaches_what_is_somebody_elses_only_with_the_scope_for_it() {
    let stage = Stage::set().await;
    let mut wrong = Vec::new();
    for row in rows() {
        let (near, far) = match (row.rights.key, row.rights.beyond) {
            (Key::Scope([scope]), [_, ..]) => {
                (vec![*scope], [&[*scope], row.rights.beyond].concat())
            }
            (Key::Scope([own, anybodys]), []) => (vec![*own], vec![*anybodys]),
            _ => continue,
        };
        // Without the scope an administrator's token reaches as far as a user.
        let admin = stage.newcomer(Role::Admin).await;
        for (scopes, expected) in [(near, row.rights.foreign[0]), (far, row.rights.foreign[3])] {
            let token = stage.with_token(&admin, &scopes).await;
            let answer = stage.ask(&row, &token, &stage.stranger).await;
            let cell = format!("{} foreign {:?} by {scopes:?}", row.operation, row.thing);
            note(&mut wrong, cell, &answer, expected);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn no_operation_is_missing_here_and_none_is_here_that_is_not() {
    let document = openapi::document(&TestApp::start().await).await;
    let described: BTreeSet<String> = openapi::operations(&document)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut rows: BTreeSet<String> = rows().iter().map(|row| row.operation.to_owned()).collect();
    // These have more to be tried than a body tells: they stand below.
    rows.extend(["POST /api/v1/mailings".to_owned()]);
    let missing: Vec<&String> = described.difference(&rows).collect();
    assert!(missing.is_empty(), "without a row: {missing:?}");
    let unknown: Vec<&String> = rows.difference(&described).collect();
    assert!(unknown.is_empty(), "not in the document: {unknown:?}");
}

#[actix_web::test]
async fn a_mailing_is_made_by_those_who_keep_mailings_from_what_they_may_use() {
    let stage = Stage::set().await;
    let plan = async |caller: &Client, message: i64| {
        let body = json!({
            "message_id": message, "audience": {"all": true},
            "starts_at": "2030-06-01T09:00:00Z", "time_zone": "Europe/Moscow"
        });
        caller.post("mailings", body).await.status
    };
    let shared = stage.app.shared_message(&stage.stranger, "Shared").await;
    let private = stage.app.message(&stage.stranger, "Private").await;
    assert_eq!(plan(&stage.app.guest(), shared).await, 401);
    for (person, expected_shared, expected_private) in [
        (&stage.people[0], 201, 422),
        (&stage.people[1], 201, 422),
        (&stage.people[2], 403, 403),
    ] {
        assert_eq!(
            plan(person, shared).await,
            expected_shared,
            "{}",
            person.email
        );
        assert_eq!(
            plan(person, private).await,
            expected_private,
            "{}",
            person.email
        );
    }
    assert_eq!(plan(&stage.people[3], shared).await, 201);
}

fn note(wrong: &mut Vec<String>, cell: String, answer: &Answer, expected: Expected) {
    let right = match expected {
        IN => (200..300).contains(&answer.status),
        refusal => answer.status == refusal,
    };
    if !right {
        let expected = if expected == IN {
            "2xx".to_owned()
        } else {
            expected.to_string()
        };
        wrong.push(format!(
            "{cell}: {} instead of {expected}: {}",
            answer.status,
            answer.text()
        ));
    }
}

fn refused(wrong: &mut Vec<String>, cell: String, answer: &Answer, expected: ErrorCode) {
    let code = serde_json::from_slice(&answer.body).map(|problem: Problem| problem.code);
    if !code.is_ok_and(|code| code == expected) {
        let text = answer.text();
        wrong.push(format!(
            "{cell}: {} instead of {expected:?}: {text}",
            answer.status
        ));
    }
}

async fn write<E: EntityTrait>(app: &TestApp, change: sea_orm::UpdateMany<E>) {
    let tx = app.app.database.write().await.unwrap();
    change.exec(&tx).await.unwrap();
    tx.commit().await.unwrap();
}
