//! Who may do what, exhaustively: every operation, by everyone, with one's own and with somebody else's.

use std::cell::Cell;
use std::collections::BTreeSet;

use contract::delivery::{DeliveryState, Outcome};
use contract::permissions::Role;
use contract::recipients::NewRecipient;
use golub::http::caller::{CurrentUser, Via};
use golub::mailings::{acts, service as mailings};
use golub::recipients::service as recipients;
use serde_json::{Value, json};

use crate::openapi;
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

/// What an answer must be: any 2xx, or exactly this refusal.
type Expected = u16;
const IN: Expected = 200;

/// The answers to a guest, and to each role of [`Role::ALL`] with its own and with somebody else's.
#[derive(Clone, Copy)]
pub struct Rights {
    guest: Expected,
    own: [Expected; 4],
    foreign: [Expected; 4],
}

const ANYBODY: Rights = Rights {
    guest: IN,
    own: [IN; 4],
    foreign: [IN; 4],
};
/// There is no cookie to renew a session by, whoever asks.
const NOBODY: Rights = Rights {
    guest: 401,
    own: [401; 4],
    foreign: [401; 4],
};
const SIGNED_IN: Rights = Rights {
    guest: 401,
    own: [IN; 4],
    foreign: [IN; 4],
};
const KEEPERS: Rights = Rights {
    guest: 401,
    own: [IN, IN, 403, IN],
    foreign: [IN, IN, 403, IN],
};
const SEE: Rights = Rights {
    guest: 401,
    own: [IN; 4],
    foreign: [404, 404, IN, IN],
};
const EDIT: Rights = Rights {
    guest: 401,
    own: [IN, IN, 403, IN],
    foreign: [404, 404, 403, IN],
};
/// What is shared is no secret, but not one's own either.
const EDIT_SHARED: Rights = Rights {
    guest: 401,
    own: [IN, IN, 403, IN],
    foreign: [403, 403, 403, IN],
};
const USE_SHARED: Rights = KEEPERS;
/// Managers send and stop what is somebody else's; they have no mailings of their own.
const OVERSEE: Rights = Rights {
    guest: 401,
    own: [IN; 4],
    foreign: [404, 404, IN, IN],
};

const ADMINS: Rights = Rights {
    guest: 401,
    own: [403, 403, 403, IN],
    foreign: [403, 403, 403, IN],
};

/// What an operation is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Thing {
    None,
    Recipient,
    Message,
    SharedMessage,
    Mailing,
    PausedMailing,
    Run,
    Delivery,
    View,
    CapturedLetter,
}

#[derive(Clone)]
pub struct Row {
    pub operation: &'static str,
    thing: Thing,
    rights: Rights,
    pub body: Value,
}

fn row(operation: &'static str, thing: Thing, rights: Rights, body: Value) -> Row {
    Row {
        operation,
        thing,
        rights,
        body,
    }
}

pub fn rows() -> Vec<Row> {
    use Thing::{
        CapturedLetter, Delivery, Mailing, Message, None, PausedMailing, Recipient, Run,
        SharedMessage, View,
    };
    let no_body = Value::Null;
    let draft = json!({"subject": "Hi", "body": "Hello"});
    let schedule = json!({"starts_at": "2030-06-01T09:00:00Z", "time_zone": "Europe/Moscow"});
    vec![
        row("GET /health/live", None, ANYBODY, no_body.clone()),
        row("GET /health/ready", None, ANYBODY, no_body.clone()),
        row("GET /api/v1/instance", None, ANYBODY, no_body.clone()),
        row(
            "POST /api/v1/auth/login",
            None,
            NOBODY,
            json!({"email": "nobody@example.org", "password": "wrong"}),
        ),
        row("POST /api/v1/auth/refresh", None, NOBODY, no_body.clone()),
        row("POST /api/v1/auth/logout", None, ANYBODY, no_body.clone()),
        row("GET /api/v1/me", None, SIGNED_IN, no_body.clone()),
        row("GET /api/v1/recipients", None, SIGNED_IN, no_body.clone()),
        row(
            "POST /api/v1/recipients",
            None,
            KEEPERS,
            json!({"email": "new@example.org"}),
        ),
        row(
            "GET /api/v1/recipients/{id}",
            Recipient,
            SEE,
            no_body.clone(),
        ),
        row(
            "PATCH /api/v1/recipients/{id}",
            Recipient,
            EDIT,
            json!({"comment": "x"}),
        ),
        row(
            "DELETE /api/v1/recipients/{id}",
            Recipient,
            EDIT,
            no_body.clone(),
        ),
        row("GET /api/v1/messages", None, SIGNED_IN, no_body.clone()),
        row("POST /api/v1/messages", None, KEEPERS, draft.clone()),
        row("POST /api/v1/messages/preview", None, SIGNED_IN, draft),
        row("GET /api/v1/messages/{id}", Message, SEE, no_body.clone()),
        row(
            "GET /api/v1/messages/{id}",
            SharedMessage,
            SIGNED_IN,
            no_body.clone(),
        ),
        row(
            "PATCH /api/v1/messages/{id}",
            Message,
            EDIT,
            json!({"subject": "x"}),
        ),
        row(
            "PATCH /api/v1/messages/{id}",
            SharedMessage,
            EDIT_SHARED,
            json!({"subject": "x"}),
        ),
        row(
            "DELETE /api/v1/messages/{id}",
            Message,
            EDIT,
            no_body.clone(),
        ),
        row(
            "DELETE /api/v1/messages/{id}",
            SharedMessage,
            EDIT_SHARED,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/messages/{id}/preview",
            Message,
            SEE,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/messages/{id}/preview",
            SharedMessage,
            SIGNED_IN,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/messages/{id}/test",
            Message,
            EDIT,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/messages/{id}/test",
            SharedMessage,
            USE_SHARED,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/messages/{id}/duplicate",
            Message,
            EDIT,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/messages/{id}/duplicate",
            SharedMessage,
            USE_SHARED,
            no_body.clone(),
        ),
        row("GET /api/v1/views/{token}", View, ANYBODY, no_body.clone()),
        row("GET /api/v1/mailings", None, SIGNED_IN, no_body.clone()),
        row(
            "POST /api/v1/mailings/preview-runs",
            None,
            SIGNED_IN,
            schedule,
        ),
        row("GET /api/v1/mailings/{id}", Mailing, SEE, no_body.clone()),
        row(
            "PATCH /api/v1/mailings/{id}",
            Mailing,
            EDIT,
            json!({"title": "x"}),
        ),
        row(
            "DELETE /api/v1/mailings/{id}",
            Mailing,
            EDIT,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/mailings/{id}/send",
            Mailing,
            OVERSEE,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/mailings/{id}/pause",
            Mailing,
            EDIT,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/mailings/{id}/resume",
            PausedMailing,
            EDIT,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/mailings/{id}/stop",
            Mailing,
            OVERSEE,
            no_body.clone(),
        ),
        row(
            "POST /api/v1/mailings/{id}/duplicate",
            Mailing,
            EDIT,
            no_body.clone(),
        ),
        row(
            "GET /api/v1/mailings/{id}/runs",
            Mailing,
            SEE,
            no_body.clone(),
        ),
        row("GET /api/v1/runs/{id}", Run, SEE, no_body.clone()),
        row(
            "GET /api/v1/runs/{id}/deliveries",
            Run,
            SEE,
            no_body.clone(),
        ),
        row(
            "GET /api/v1/deliveries/{id}",
            Delivery,
            SEE,
            no_body.clone(),
        ),
        row("GET /api/v1/attempts", None, SIGNED_IN, no_body.clone()),
        row(
            "GET /api/v1/attempts/totals",
            None,
            SIGNED_IN,
            no_body.clone(),
        ),
        row("GET /api/v1/captured-mail", None, ADMINS, no_body.clone()),
        row(
            "GET /api/v1/captured-mail/{id}",
            CapturedLetter,
            ADMINS,
            no_body,
        ),
    ]
}

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
        note(
            &mut wrong,
            format!("{operation} {:?} by a guest", row.thing),
            &answer,
            rights.guest,
        );
        for (number, role) in Role::ALL.into_iter().enumerate() {
            let person = &stage.people[number];
            for (owner, whose, expected) in [
                (person, "own", rights.own[number]),
                (&theirs, "foreign", rights.foreign[number]),
            ] {
                let answer = stage.ask(&row, person, owner).await;
                let cell = format!("{operation} {whose} {:?} by {}", row.thing, role.word());
                note(&mut wrong, cell, &answer, expected);
            }
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

/// Everyone who asks, and what they ask about.
pub struct Stage {
    pub app: TestApp,
    /// One of each role, in the order of [`Role::ALL`].
    pub people: Vec<Client>,
    stranger: Client,
    made: Cell<i64>,
}

impl Stage {
    pub async fn set() -> Self {
        let app = TestApp::start().await;
        let mut people = Vec::new();
        for role in Role::ALL {
            people.push(app.person(role.word(), role).await);
        }
        let stranger = app.member("stranger").await;
        Self {
            app,
            people,
            stranger,
            // Far from the ids of what is really made.
            made: Cell::new(1_000_000),
        }
    }

    /// Asks for the operation of this row, about a thing made anew for the owner. Who signs out or takes the last
    /// address by it shall not disturb the next.
    async fn ask(&self, row: &Row, caller: &Client, owner: &Client) -> Answer {
        let (method, _) = row.operation.split_once(' ').unwrap();
        let path = self.path(row, owner).await;
        let mut body = row.body.clone();
        if let Some(email) = body.get_mut("email") {
            *email = json!(self.address());
        }
        let caller = if path.ends_with("/logout") {
            &self.app.guest()
        } else {
            caller
        };
        match (method, body.is_null()) {
            ("GET", _) => caller.get(&path).await,
            ("DELETE", _) => caller.delete(&path).await,
            ("PATCH", _) => caller.patch(&path, &body).await,
            ("POST", true) => caller.act(&path).await,
            ("POST", false) => caller.post(&path, &body).await,
            _ => panic!("{method} is asked for nowhere yet"),
        }
    }

    /// The path of this row, with a thing made anew for the owner.
    pub async fn path(&self, row: &Row, owner: &Client) -> String {
        let (_, path) = row.operation.split_once(' ').unwrap();
        match row.thing {
            Thing::None => path.to_owned(),
            Thing::View => self.view().await,
            Thing::CapturedLetter => path.replace("{id}", &self.captured_letter().await),
            thing => path.replace("{id}", &self.make(thing, owner).await.to_string()),
        }
    }

    /// Makes a thing past the API: managers, too, may have some from before they became managers.
    async fn make(&self, thing: Thing, owner: &Client) -> i64 {
        let app = &self.app;
        match thing {
            Thing::Recipient => self.recipient(owner).await,
            Thing::Message => app.message(owner, "Private").await,
            Thing::SharedMessage => app.shared_message(owner, "Shared").await,
            Thing::Mailing => self.mailing(owner).await,
            Thing::PausedMailing => {
                let id = self.mailing(owner).await;
                acts::pause(&app.app, &current(owner), id).await.unwrap();
                id
            }
            Thing::Run => app.past_run(owner, self.number(), "Past", "Hi").await.id,
            Thing::Delivery => {
                let run = app.past_run(owner, self.number(), "Past", "Hi").await;
                let maria = (1, "maria@example.org", "Maria");
                let accepted = [(Outcome::Succeeded, 250, "ok")];
                app.delivery(run, maria, DeliveryState::Sent, &accepted)
                    .await
            }
            Thing::None | Thing::View | Thing::CapturedLetter => panic!("{thing:?} has no number"),
        }
    }

    async fn recipient(&self, owner: &Client) -> i64 {
        let new = NewRecipient {
            email: self.address(),
            ..NewRecipient::default()
        };
        let app = &self.app.app;
        let tx = app.database.write().await.unwrap();
        let made = recipients::insert(&tx, owner.id, new.check().unwrap(), app.clock.now()).await;
        tx.commit().await.unwrap();
        made.unwrap().id
    }

    async fn mailing(&self, owner: &Client) -> i64 {
        let message_id = self.app.message(owner, "Hi").await;
        let new = json!({
            "message_id": message_id, "audience": {"all": true},
            "starts_at": "2030-06-01T09:00:00Z", "time_zone": "Europe/Moscow"
        });
        let new = serde_json::from_value(new).unwrap();
        let made = mailings::create(&self.app.app, &current(owner), new, Default::default()).await;
        made.unwrap().0.id
    }

    async fn view(&self) -> String {
        let draft = json!({"subject": "Hi", "body": "Hello"});
        let shown = self.stranger.post("messages/preview", draft).await.value();
        shown["html_url"].as_str().unwrap().to_owned()
    }

    async fn captured_letter(&self) -> String {
        let message = self.app.message(&self.stranger, "Hi").await;
        let test = format!("messages/{message}/test");
        self.stranger.act(&test).await.value();
        let admin = &self.people[3];
        let captured = admin.get("captured-mail").await.value();
        captured["items"][0]["id"].as_str().unwrap().to_owned()
    }

    fn address(&self) -> String {
        format!("r{}@example.org", self.number())
    }

    /// One that was not used yet.
    fn number(&self) -> i64 {
        self.made.set(self.made.get() + 1);
        self.made.get()
    }
}

fn current(person: &Client) -> CurrentUser {
    CurrentUser {
        id: person.id,
        via: Via::Session {
            id: 0,
            proved_at: None,
            proved: false,
        },
        client: String::new(),
        must_set_up: false,
        email: person.email.clone(),
        full_name: String::new(),
        role: Role::User,
    }
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
