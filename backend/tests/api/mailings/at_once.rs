//! Two people at one mailing at the same time.

use std::pin::pin;

use contract::mailings::MailingView;
use futures_util::future::maybe_done;
use golub::database::Engine;
use golub::messages::entity as message;
use golub::recipients::entity as recipient;
use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;

use crate::support::TestApp;
use crate::support::cutting::{meeting, until_waiting};
use crate::support::make::mailing;

#[actix_web::test]
async fn a_copy_keeps_its_audience_while_the_original_is_deleted() {
    let app = TestApp::start().await;
    if app.app.database.engine() == Engine::Sqlite {
        // There one of the two is through before the other begins.
        return;
    }
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let maria = anna.recipient("maria").await;
    let chosen = json!({"audience": {"recipient_ids": [maria]}});
    let path = format!("mailings/{}", anna.mailing(message_id, chosen).await.id);

    let _pause = app.kept.pause();
    let tx = app.app.database.write().await.unwrap();
    let message = message::Entity::find_by_id(message_id).lock_exclusive();
    message.one(&tx).await.unwrap().unwrap();
    let duplicate = format!("{path}/duplicate");
    let mut copying = pin!(maybe_done(anna.act(&duplicate)));
    until_waiting(&app, 1, copying.as_mut()).await;
    let mut deleting = pin!(maybe_done(anna.delete(&path)));
    until_waiting(&app, 2, deleting.as_mut()).await;
    tx.commit().await.unwrap();
    tokio::join!(copying.as_mut(), deleting.as_mut());

    let copy = copying.take_output().unwrap().id();
    assert_eq!(deleting.take_output().unwrap().status, 204);
    let copy: MailingView = anna.get(&format!("mailings/{copy}")).await.json();
    assert_eq!(copy.audience.recipient_ids, [maria]);
}

#[actix_web::test]
async fn who_is_being_deleted_is_left_out_of_an_audience() {
    let app = TestApp::start().await;
    if app.app.database.engine() == Engine::Sqlite {
        return;
    }
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let (maria, ivan) = (anna.recipient("maria").await, anna.recipient("ivan").await);
    let chosen = json!({"audience": {"recipient_ids": [maria, ivan]}});
    let tx = app.app.database.write().await.unwrap();
    let gone = recipient::Entity::delete_by_id(maria);
    gone.exec(&tx).await.unwrap();
    let made = meeting(&app, tx, anna.post("mailings", mailing(message_id, chosen))).await;
    let made: MailingView = made.json();
    assert_eq!(made.audience.recipient_ids, [ivan]);
}
