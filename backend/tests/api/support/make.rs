//! Short ways to what most tests begin with: a message, recipients, a mailing.

use contract::delivery::Counts;
use contract::mailings::MailingView;
use golub::accounts::entity as user;
use golub::delivery::entity::run;
use golub::delivery::ledger::counts;
use golub::mailings::audience_entity as audience;
use golub::messages::entity::{self as message, FormatWord};
use golub::recipients::entity as recipient;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
};
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::Client;

impl TestApp {
    /// A message of this person's.
    pub async fn message(&self, owner: &Client, subject: &str) -> i64 {
        self.message_with(owner, subject, false).await
    }

    /// One that others may use.
    pub async fn shared_message(&self, owner: &Client, subject: &str) -> i64 {
        self.message_with(owner, subject, true).await
    }

    async fn message_with(&self, owner: &Client, subject: &str, shared: bool) -> i64 {
        let now = self.app.clock.now();
        let tx = self.app.database.write().await.unwrap();
        let message = message::ActiveModel {
            owner_id: Set(owner.id),
            subject: Set(subject.to_owned()),
            subject_key: Set(subject.to_lowercase()),
            body: Set("Здравствуйте, {{ full_name }}!".to_owned()),
            format: Set(FormatWord::Markdown),
            shared: Set(shared),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let id = message.insert(&tx).await.unwrap().id;
        tx.commit().await.unwrap();
        id
    }
}

impl TestApp {
    /// So many recipients of this person's, quickly.
    pub async fn many_recipients(&self, owner: &Client, count: usize) -> Vec<i64> {
        let now = self.app.clock.now();
        let rows: Vec<recipient::ActiveModel> = (0..count)
            .map(|number| recipient::ActiveModel {
                owner_id: Set(owner.id),
                email: Set(format!("r{number}@example.org")),
                email_key: Set(format!("r{number}@example.org")),
                full_name: Set(String::new()),
                name_key: Set(String::new()),
                comment: Set(String::new()),
                version: Set(1),
                created_at: Set(now),
                updated_at: Set(now),
                ..Default::default()
            })
            .collect();
        let tx = self.app.database.write().await.unwrap();
        for some in rows.chunks(1_000) {
            let insert = recipient::Entity::insert_many(some.to_vec());
            insert.exec_without_returning(&tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        recipient::Entity::find()
            .filter(recipient::Column::OwnerId.eq(owner.id))
            .select_only()
            .column(recipient::Column::Id)
            .into_tuple()
            .all(self.app.database.read())
            .await
            .unwrap()
    }

    /// This person's phone is checked, without a code.
    pub async fn has_phone(&self, person: &Client, phone: &str) {
        let tx = self.app.database.write().await.unwrap();
        let person = user::ActiveModel {
            id: Set(person.id),
            phone: Set(Some(phone.to_owned())),
            phone_verified_at: Set(Some(self.app.clock.now())),
            ..Default::default()
        };
        person.update(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Deletes a message, whoever uses it.
    pub async fn forget_message(&self, id: i64) {
        let tx = self.app.database.write().await.unwrap();
        message::Entity::delete_by_id(id).exec(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn run(&self, id: i64) -> run::Model {
        let run = run::Entity::find_by_id(id);
        run.one(self.app.database.read()).await.unwrap().unwrap()
    }

    pub async fn counts(&self, run_id: i64) -> Counts {
        counts::of_run(self.app.database.read(), run_id)
            .await
            .unwrap()
    }

    /// How many audiences there are.
    pub async fn audiences(&self) -> u64 {
        let all = audience::Entity::find();
        all.count(self.app.database.read()).await.unwrap()
    }
}

impl Client {
    /// Adds a recipient `name@example.org`.
    pub async fn recipient(&self, name: &str) -> i64 {
        let body = json!({"email": format!("{name}@example.org"), "full_name": name});
        self.post("recipients", body).await.id()
    }

    /// Plans a mailing: daily at 09:00 in Moscow from the next day on to everybody, but for what `change` says.
    pub async fn mailing(&self, message_id: i64, change: Value) -> MailingView {
        self.post("mailings", mailing(message_id, change))
            .await
            .json()
    }
}

/// A mailing as it is asked for: daily at 09:00 in Moscow, beginning the day after the tests' first.
pub fn mailing(message_id: i64, change: Value) -> Value {
    let mut body = json!({
        "message_id": message_id,
        "audience": {"all": true},
        "starts_at": "2030-05-02T06:00:00Z",
        "time_zone": "Europe/Moscow",
        "recurrence": {"kind": "daily"},
    });
    let fields = body.as_object_mut().unwrap();
    fields.extend(change.as_object().unwrap().clone());
    body
}
