//! SMS as a channel of mailings: phones, texts, mailings, and what becomes of each message.

mod beside;
mod channel;
mod holding;
mod phones;
mod sending;
mod texts;
mod to_oneself;
mod unsendable;

use std::time::Duration;

use contract::delivery::{DeliveryView, RunView};
use contract::listing::Page;
use contract::mail_servers::MailServerList;
use contract::mailings::MailingView;
use golub::config::Config;
use serde_json::{Value, json};

use crate::support::make::mailing;
use crate::support::sms_server::{SmsAct, SmsServer};
use crate::support::{Client, TestApp};

const MARIA: &str = "+79211234567";
const BORIS: &str = "+79217654321";

/// Somebody with a phone.
async fn reachable(owner: &Client, name: &str, phone: &str) -> i64 {
    let email = format!("{name}@example.org");
    let body = json!({"email": email, "full_name": name, "phone": phone});
    owner.post("recipients", body).await.id()
}

/// So many people with phones, of whom the first has +79210000000.
async fn many_reachable(owner: &Client, count: usize) {
    for number in 0..count {
        let phone = format!("+7921000{number:04}");
        reachable(owner, &format!("r{number}"), &phone).await;
    }
}

/// A message for letters and SMS.
async fn message(owner: &Client, sms_text: &str) -> i64 {
    let body = json!({"subject": "News", "body": "Hello", "sms_text": sms_text});
    owner.post("messages", body).await.id()
}

/// A mailing by SMS, daily at 09:00 in Moscow from the next day on to everybody, but for what `change` says.
async fn planned(owner: &Client, message_id: i64, change: Value) -> MailingView {
    let mut body = json!({"channel": "sms"});
    let fields = body.as_object_mut().unwrap();
    fields.extend(change.as_object().unwrap().clone());
    owner
        .post("mailings", mailing(message_id, body))
        .await
        .json()
}

/// Settings by which SMS go to this server.
fn asking(server: &SmsServer) -> impl FnOnce(&mut Config) + '_ {
    |config| server.settings(config)
}

/// The same for one that will do this instead of answering: if it is nothing, that is not waited for long.
fn asking_for<'a>(server: &'a SmsServer, act: &SmsAct) -> impl FnOnce(&mut Config) + 'a {
    let hangs = matches!(act, SmsAct::Hang);
    move |config| {
        server.settings(config);
        if hangs {
            config.sms.timeout = Duration::from_secs(1);
        }
    }
}

/// A mailing by SMS that is sent once and now.
async fn sent_now(owner: &Client, sms_text: &str, change: Value) -> MailingView {
    let message_id = message(owner, sms_text).await;
    let mut body = json!({
        "starts_at": "2030-05-01T05:59:00Z",
        "recurrence": {"kind": "once"},
    });
    let fields = body.as_object_mut().unwrap();
    fields.extend(change.as_object().unwrap().clone());
    planned(owner, message_id, body).await
}

/// The service with somebody who writes.
async fn with_anna() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    (app, anna)
}

async fn deliveries(owner: &Client, run_id: i64) -> Vec<DeliveryView> {
    let path = format!("runs/{run_id}/deliveries?sort=id");
    owner.get(&path).await.json::<Page<DeliveryView>>().items
}

async fn last_run(owner: &Client, mailing_id: i64) -> RunView {
    let mailing: MailingView = owner.get(&format!("mailings/{mailing_id}")).await.json();
    mailing.last_run.unwrap()
}

async fn servers(person: &Client) -> MailServerList {
    person.get("mail-servers").await.json()
}
