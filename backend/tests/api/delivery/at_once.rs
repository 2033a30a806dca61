//! A run that begins, or begins again, while something else is done about its mailing; letters that are read while they
//! leave.

use contract::delivery::Trigger;
use contract::mailings::MailingStatus;
use contract::problem::ErrorCode;
use golub::accounts::entity as user;
use golub::mailings::acts::start_by_hand;
use golub::mailings::entity::{self as mailing, StatusWord};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, QuerySelect, Set};
use serde_json::{Value, json};

use super::sending::{starting_now, status};
use crate::support::TestApp;
use crate::support::cutting::{holding, meeting, read_beside};
use crate::support::smtp_server::SmtpServer;

#[actix_web::test]
async fn a_mailing_is_not_completed_while_a_run_of_it_is_started() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, id) = starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let tx = app.app.database.write().await.unwrap();
    let not_yet = mailing::ActiveModel {
        id: Set(id),
        status: Set(StatusWord::Running),
        completed_at: Set(None),
        ..Default::default()
    };
    not_yet.update(&tx).await.unwrap();
    tx.commit().await.unwrap();

    let worker = app.worker().await;
    let tx = app.app.database.write().await.unwrap();
    let held = mailing::Entity::find_by_id(id).lock_exclusive();
    let held = held.one(&tx).await.unwrap().unwrap();
    start_by_hand(&app.app, &tx, held, Trigger::Manual, app.now())
        .await
        .unwrap();
    let planned = meeting(&app, tx, worker.planner.pass()).await.unwrap();
    assert_eq!(planned.mailings_completed, 0);
    assert_eq!(status(&anna, id).await, MailingStatus::Running);
    worker.leave().await.unwrap();
    app.run_worker().await;
    assert_eq!(status(&anna, id).await, MailingStatus::Completed);
    assert_eq!(server.letters_to("boris@example.org").len(), 2);
}

#[actix_web::test]
async fn nothing_is_sent_again_while_its_owner_is_deleted() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "554 5.7.1 Looks like spam");
    let app = TestApp::sending_to(&server).await;
    let (anna, id) = starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let manager = app.manager("olga").await;

    let tx = app.app.database.write().await.unwrap();
    let gone = user::ActiveModel {
        id: Set(anna.id),
        deleted_at: Set(Some(app.now())),
        ..Default::default()
    };
    gone.update(&tx).await.unwrap();
    let path = format!("mailings/{id}/retry");
    let refused = meeting(&app, tx, manager.post(&path, json!({}))).await;
    refused.refused(409, ErrorCode::OwnerBlocked);
    assert!(app.runs().await[0].finished_at.is_some());
}

#[actix_web::test]
async fn a_letter_is_told_as_its_last_try_left_it() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, _) = starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let letter = app.deliveries().await.remove(0);
    let one = format!("deliveries/{}", letter.id);
    let all = format!("recipients/{}/timeline", letter.recipient_id);
    for path in [one, all] {
        // The letter is read first.
        let tx = holding(&app, "attempts").await;
        for more in [
            "UPDATE deliveries SET response = response || '!'",
            "UPDATE attempts SET response = response || '!'",
        ] {
            tx.execute_unprepared(more).await.unwrap();
        }
        let answer = read_beside(&app, tx, anna.get(&path)).await.value();
        let letter = match &answer["items"][0]["delivery"] {
            Value::Null => &answer,
            letter => letter,
        };
        assert!(letter["response"].is_string(), "{answer}");
        assert_eq!(letter["response"], letter["tries"][0]["response"]);
    }
}
