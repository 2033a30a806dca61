//! Notices: what the service itself tells people arrives, in their language, whatever the mail server does.

mod letters;
mod lookups;
mod queue;
mod senders;

use contract::notices::{NoticeState, NoticeView};
use golub::accounts::entity as user;
use golub::notices::entity::Model;
use golub::notices::{self, Addressee, Notice};
use mail_parser::{Message, MessageParser};
use sea_orm::EntityTrait;

use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

/// Tells a person something.
pub async fn tell(app: &TestApp, to: &Client, notice: &Notice) -> Model {
    let person = account(app, to.id).await;
    tell_to(app, Addressee::from(&person), notice).await
}

pub async fn tell_to(app: &TestApp, to: Addressee, notice: &Notice) -> Model {
    let tx = app.app.database.write().await.unwrap();
    let told = notices::tell(&tx, to, notice, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    told
}

pub async fn account(app: &TestApp, id: i64) -> user::Model {
    let find = user::Entity::find_by_id(id);
    find.one(app.app.database.read()).await.unwrap().unwrap()
}

/// All notices as an administrator sees them, the newest first.
pub async fn listed(admin: &Client) -> Vec<NoticeView> {
    let page: contract::listing::Page<NoticeView> = admin.get("notices").await.json();
    page.items
}

/// The only notice.
pub async fn only(admin: &Client) -> NoticeView {
    let mut all = listed(admin).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

pub async fn states(admin: &Client) -> Vec<NoticeState> {
    let all = listed(admin).await;
    all.iter().map(|notice| notice.state).collect()
}

/// A letter as its reader sees it.
pub struct Read {
    pub subject: String,
    pub text: String,
    pub html: String,
    pub source: String,
}

/// The only letter to this address.
#[track_caller]
pub fn letter_to(server: &SmtpServer, address: &str) -> Read {
    let letters = server.letters_to(address);
    let [letter] = &letters[..] else {
        panic!("{} letters to {address}", letters.len())
    };
    read(&letter.bytes)
}

pub fn read(bytes: &[u8]) -> Read {
    let letter: Message<'_> = MessageParser::default().parse(bytes).unwrap();
    Read {
        subject: letter.subject().unwrap().to_owned(),
        text: letter.body_text(0).unwrap().replace("\r\n", "\n"),
        html: letter.body_html(0).unwrap().into_owned(),
        source: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}
