//! Everyone who asks, and what they ask about.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use contract::accounts::api_tokens::{MadeApiToken, NewApiToken};
use contract::accounts::sign_up::NewInvitation;
use contract::blog::NewArticle;
use contract::delivery::{DeliveryState, Outcome};
use contract::permissions::{Permission, Role};
use contract::recipients::NewRecipient;
use golub::accounts::api_tokens::service as api_tokens;
use golub::accounts::invitations;
use golub::blog::pictures::used::InBody;
use golub::blog::service as articles;
use golub::config::Config;
use golub::http::caller::{CurrentUser, Via};
use golub::mailings::{acts, service as mailings};
use golub::recipients::service as recipients;
use golub::recipients::unsubscribing::{Addressee, WaysOut};
use serde_json::json;

use super::rows::Row;
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

/// What an operation is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Thing {
    None,
    Recipient,
    /// A recipient whose address was refused for good.
    Suppressed,
    Message,
    SharedMessage,
    Mailing,
    PausedMailing,
    Run,
    Delivery,
    View,
    CapturedLetter,
    /// The link in a letter to a recipient.
    WayOut,
    /// Of somebody who is neither the owner nor staff.
    Account,
    /// An account with an avatar.
    PicturedAccount,
    Session,
    ApiToken,
    Invitation,
    /// One that is published.
    Article,
    Draft,
    BlogPicture,
}

/// Everyone who asks, and what they ask about.
pub struct Stage {
    pub app: TestApp,
    /// One of each role, in the order of [`Role::ALL`].
    pub people: Vec<Client>,
    pub stranger: Client,
    made: Cell<i64>,
}

impl Stage {
    pub async fn set() -> Self {
        Self::with(|_| {}).await
    }

    /// With settings of its own.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let app = TestApp::with(change).await;
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

    /// Somebody of this role, signed in; somebody new where the row takes away what they ask with.
    pub async fn asker(&self, row: &Row, role: Role) -> Client {
        if row.spends {
            return self.newcomer(role).await;
        }
        let number = Role::ALL.iter().position(|other| *other == role).unwrap();
        self.people[number].clone()
    }

    pub async fn newcomer(&self, role: Role) -> Client {
        self.app.person(&format!("n{}", self.number()), role).await
    }

    /// The same person by a new API token.
    pub async fn with_token(&self, person: &Client, scopes: &[Permission]) -> Client {
        let token = self.api_token(person, scopes).await.token;
        self.app.bearing(&token)
    }

    /// Asks for the operation of this row, about a thing made anew for the owner.
    pub async fn ask(&self, row: &Row, caller: &Client, owner: &Client) -> Answer {
        let path = self.path(row, owner).await;
        self.ask_at(row, caller, &path).await
    }

    pub async fn ask_at(&self, row: &Row, caller: &Client, path: &str) -> Answer {
        let mut body = row.body.clone();
        // Who takes the last address shall not disturb the next.
        if let Some(email) = body.get_mut("email") {
            *email = json!(self.address());
        }
        // No number is asked for so often that it is too often.
        if let Some(phone) = body.get_mut("phone") {
            *phone = json!(format!("+7921{}", self.number()));
        }
        match (row.method(), body.is_null()) {
            ("GET", _) => caller.get(path).await,
            ("DELETE", _) => caller.delete(path).await,
            ("PATCH", _) => caller.patch(path, &body).await,
            // What is put without JSON is a picture.
            ("PUT", true) => caller.put_some_avatar().await,
            ("PUT", false) => caller.put(path, &body).await,
            ("POST", true) if path.ends_with("/pictures") => caller.post_some_picture().await,
            ("POST", true) => caller.act(path).await,
            ("POST", false) => caller.post(path, &body).await,
            (method, _) => panic!("{method} is asked for nowhere yet"),
        }
    }

    /// The path of this row, with a thing made anew for the owner.
    pub async fn path(&self, row: &Row, owner: &Client) -> String {
        match row.thing {
            Thing::None => row.path(""),
            Thing::View => self.view().await,
            Thing::CapturedLetter => row.path(&self.captured_letter().await),
            Thing::WayOut => row.path(&self.way_out(owner).await),
            Thing::BlogPicture => row.path(&self.blog_picture().await),
            thing => row.path(&self.make(thing, owner).await.to_string()),
        }
    }

    /// Makes a thing past the API: managers, too, may have some from before they became managers.
    async fn make(&self, thing: Thing, owner: &Client) -> i64 {
        let app = &self.app;
        match thing {
            Thing::Recipient => self.recipient(owner).await,
            Thing::Suppressed => {
                let id = self.recipient(owner).await;
                app.suppress(id).await;
                id
            }
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
            Thing::Account => self.newcomer(Role::User).await.id,
            Thing::PicturedAccount => {
                let person = self.newcomer(Role::User).await;
                person.put_some_avatar().await.value();
                person.id
            }
            Thing::Session => app.session(owner.id).await.id,
            Thing::ApiToken => {
                let token = self.api_token(owner, &[Permission::SeeMailings]).await;
                token.view.id
            }
            Thing::Invitation => self.invitation(owner).await,
            Thing::Article => self.article(owner, Some(app.app.clock.now())).await,
            Thing::Draft => self.article(owner, None).await,
            Thing::None
            | Thing::View
            | Thing::CapturedLetter
            | Thing::WayOut
            | Thing::BlogPicture => {
                panic!("{thing:?} has no number")
            }
        }
    }

    async fn api_token(&self, owner: &Client, scopes: &[Permission]) -> MadeApiToken {
        let new = NewApiToken {
            name: "Shop".to_owned(),
            scopes: scopes.to_vec(),
            expires_at: None,
        };
        let maker = CurrentUser {
            role: Role::Admin,
            via: Via::Session {
                id: self.app.session(owner.id).await.id,
                proved_at: None,
                proved: true,
            },
            ..current(owner)
        };
        api_tokens::make(&self.app.app, &maker, new).await.unwrap()
    }

    async fn invitation(&self, inviter: &Client) -> i64 {
        let new = NewInvitation {
            email: self.address(),
            language: Default::default(),
        };
        let made = invitations::invite(&self.app.app, &current(inviter), new).await;
        made.unwrap().id
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

    async fn article(&self, author: &Client, published_at: Option<DateTime<Utc>>) -> i64 {
        let new = NewArticle {
            title: "Water".to_owned(),
            body: "Hello".to_owned(),
            published_at,
            ..NewArticle::default()
        };
        let app = &self.app.app;
        let tx = app.database.write().await.unwrap();
        let made = articles::insert(&tx, author.id, new, &InBody::default(), app.clock.now()).await;
        tx.commit().await.unwrap();
        made.unwrap().id
    }

    async fn blog_picture(&self) -> String {
        let made = self.newcomer(Role::Admin).await.post_some_picture().await;
        let url = made.value()["url"].as_str().unwrap().to_owned();
        url.rsplit('/').next().unwrap().to_owned()
    }

    async fn view(&self) -> String {
        let draft = json!({"subject": "Hi", "body": "Hello"});
        let shown = self.stranger.post("messages/preview", draft).await.value();
        shown["html_url"].as_str().unwrap().to_owned()
    }

    async fn way_out(&self, owner: &Client) -> String {
        let addressee = Addressee {
            recipient_id: self.recipient(owner).await,
            owner_id: owner.id,
        };
        WaysOut::of(&self.app.app).token(addressee)
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
