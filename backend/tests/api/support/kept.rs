//! After whatever a test does to the service: nothing that is kept in memory differs from the database.
//!
//! Before it, the newest recipient, message, mailing and article are read, and those that it names, so that they are
//! kept; after it they are read once from memory and once from the database.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::str::FromStr as _;

use actix_http::Request;
use actix_web::test::TestRequest;
use contract::permissions::Role;
use golub::app::App;
use golub::blog::entity::article;
use golub::http::caller::{CurrentUser, Via};
use golub::problem::ApiError;
use golub::{mailings, messages, recipients};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::Value;

use super::client::{Answer, Call};

/// Around everything that is done to one process. Cheap to clone.
#[derive(Clone)]
pub struct Proof(Rc<Around>);

struct Around {
    app: App,
    call: Call,
    /// No other process writes unheard.
    alone: Cell<bool>,
    under_way: Cell<u32>,
    begun: Cell<u64>,
    /// What was read since something was done last.
    keys: Cell<Vec<Key>>,
}

/// Something is being done, until it ends or is cut off.
pub struct UnderWay(Rc<Around>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.set(self.0.under_way.get() - 1);
    }
}

/// What is read: its kind and its id.
type Key = (&'static str, i64);
type Seen = BTreeMap<Key, Option<Value>>;

impl Proof {
    pub fn new(app: App, call: Call) -> Self {
        app.database.changes().hear();
        Self(Rc::new(Around {
            app,
            call,
            alone: Cell::new(true),
            under_way: Cell::new(0),
            begun: Cell::new(0),
            keys: Cell::default(),
        }))
    }

    /// From now on others write too: nothing is kept, unless the test lets this process hear them.
    pub fn not_alone(&self) {
        self.rest();
        self.0.app.database.changes().miss();
    }

    /// From now on nothing is proved.
    pub fn rest(&self) {
        self.0.alone.set(false);
    }

    /// Until this is dropped nothing else is proved.
    pub fn pause(&self) -> UnderWay {
        let around = self.0.clone();
        around.under_way.set(around.under_way.get() + 1);
        UnderWay(around)
    }

    /// A request, and the proof if it may have changed something: not what is refused.
    pub async fn request(&self, request: Request) -> Answer {
        if request.method().is_safe() {
            return (self.0.call)(request).await;
        }
        let before = self.begin(&named(request.path())).await;
        let answer = (self.0.call)(request).await;
        if !(400..500).contains(&answer.status) {
            self.end(before).await;
        }
        answer
    }

    /// Something is going to be done that may change what is kept: that is read first.
    pub async fn begin(&self, named: &[Key]) -> UnderWay {
        let around = &*self.0;
        around.begun.set(around.begun.get() + 1);
        let under_way = self.pause();
        if self.is_alone() {
            let mut keys = around.keys.take();
            let is_new = |key: &Key| !keys.contains(key);
            let mut new: Vec<Key> = named.iter().copied().filter(is_new).collect();
            if keys.is_empty() {
                new.extend(self.newest().await);
            }
            self.read(&new).await;
            keys.extend(new);
            around.keys.set(keys);
        }
        under_way
    }

    /// It is done.
    pub async fn end(&self, before: UnderWay) {
        if self.is_alone() {
            let mut keys = self.0.keys.take();
            keys.extend(self.newest().await);
            self.prove(&keys).await;
        }
        drop(before);
    }

    /// What others do at the same time may lie between the two reads.
    fn is_alone(&self) -> bool {
        self.0.alone.get() && self.0.under_way.get() == 1
    }

    async fn prove(&self, keys: &[Key]) {
        let (around, changes) = (&*self.0, self.0.app.database.changes());
        let begun = around.begun.get();
        let kept = self.read(keys).await;
        changes.miss();
        let stands = self.read(keys).await;
        if around.alone.get() {
            changes.hear();
        }
        if around.begun.get() == begun {
            assert_eq!(
                kept, stands,
                "what is kept, and what stands in the database"
            );
        }
    }

    async fn newest(&self) -> Vec<Key> {
        let app = self.0.app.clone();
        let newest = shallow(async move {
            [
                (
                    "recipients",
                    newest::<recipients::entity::Entity>(&app).await,
                ),
                ("messages", newest::<messages::entity::Entity>(&app).await),
                ("mailings", newest::<mailings::entity::Entity>(&app).await),
                ("articles", newest::<article::Entity>(&app).await),
            ]
        });
        let newest = newest.await.into_iter();
        newest.filter_map(|(kind, id)| Some((kind, id?))).collect()
    }

    async fn read(&self, keys: &[Key]) -> Seen {
        let mut seen = Seen::new();
        for key in keys {
            let (proof, key) = (self.clone(), *key);
            let value = shallow(async move { proof.one(key).await });
            seen.insert(key, value.await);
        }
        seen
    }

    /// As an administrator sees it, or a guest.
    async fn one(&self, (kind, id): Key) -> Option<Value> {
        let app = &self.0.app;
        match kind {
            "recipients" => json(recipients::service::read(app, &admin(), id).await),
            "messages" => json(messages::service::read(app, &admin(), id).await),
            "mailings" => {
                let mut mailing = json(mailings::service::read(app, &admin(), id).await)?;
                // It is never kept, and letters may be leaving between the two reads.
                mailing[0].as_object_mut().unwrap().remove("last_run");
                Some(mailing)
            }
            _ => self.blog(id).await,
        }
    }

    /// The article, and all that the list shows; readings are counted seconds later.
    async fn blog(&self, id: i64) -> Option<Value> {
        let article = self.get(&format!("/api/v1/blog/articles/{id}")).await;
        let list = self.get("/api/v1/blog/articles").await;
        let home = self.get("/api/v1/home").await;
        // Which articles home shows is chance; that all of them are in the list is not.
        let listed = |card: &Value| list["items"].as_array().unwrap().contains(card);
        if list["next"].is_null() {
            let shown = home["articles"].as_array().unwrap();
            assert!(shown.iter().all(listed), "{home} {list}");
        }
        Some(Value::Array(vec![article, list]))
    }

    async fn get(&self, path: &str) -> Value {
        let request = TestRequest::get().uri(path).to_request();
        let answer = (self.0.call)(request).await;
        let mut value = serde_json::from_slice(&answer.body).unwrap();
        without_readings(&mut value);
        value
    }
}

/// Done from a stack of its own: a test has little of it, and may be deep in something.
async fn shallow<T: 'static>(doing: impl Future<Output = T> + 'static) -> T {
    actix_web::rt::spawn(doing).await.unwrap()
}

/// The id of the newest row of a table.
async fn newest<E: EntityTrait>(app: &App) -> Option<i64> {
    let id = E::Column::from_str("id").ok().unwrap();
    let newest = E::find()
        .select_only()
        .column(id)
        .order_by_desc(id)
        .limit(1);
    newest.into_tuple().one(app.database.read()).await.unwrap()
}

/// The things of people that a path names.
fn named(path: &str) -> Vec<Key> {
    let words: Vec<&str> = path.split('/').collect();
    let pairs = words.windows(2).filter_map(|pair| {
        let kinds = ["recipients", "messages", "mailings"];
        let kind = kinds.into_iter().find(|kind| *kind == pair[0])?;
        Some((kind, pair[1].parse().ok()?))
    });
    pairs.collect()
}

fn json(read: Result<impl Serialize, ApiError>) -> Option<Value> {
    let read = read.ok()?;
    Some(serde_json::to_value(read).unwrap())
}

fn without_readings(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("readings");
            fields.values_mut().for_each(without_readings);
        }
        Value::Array(items) => items.iter_mut().for_each(without_readings),
        _ => {}
    }
}

fn admin() -> CurrentUser {
    CurrentUser {
        id: 0,
        email: String::new(),
        full_name: String::new(),
        role: Role::Admin,
        via: Via::Session {
            id: 0,
            proved_at: None,
            proved: false,
        },
        client: String::new(),
        must_set_up: false,
    }
}
