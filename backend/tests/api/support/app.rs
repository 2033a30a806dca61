//! The service under test, with a clock set by hand.

use std::rc::Rc;
use std::time::Duration;

use actix_web::test;
use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, Utc};
use contract::accounts::users::NewBlock;
use contract::permissions::Role;
use golub::accounts::entity as user;
use golub::accounts::find;
use golub::accounts::sessions;
use golub::accounts::sessions::entity as session;
use golub::accounts::users::block;
use golub::accounts::users::overseer::Overseer;
use golub::app::App;
use golub::clock::{Clock, HandClock};
use golub::config::{self, AuthConfig, Config, Secret};
use golub::http::build_app;
use sea_orm::{ActiveModelTrait, Set};

use super::client::{Answer, Call, Client};
use super::database::TestDatabase;
use super::kept::Proof;

/// Everybody's here.
pub const PASSWORD: &str = "correct horse battery";

const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

pub struct TestApp {
    pub app: App,
    pub clock: HandClock,
    pub kept: Proof,
    call: Call,
    // Dropped last: the database goes with it.
    database: Rc<TestDatabase>,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// Starts with settings of its own.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(Rc::new(TestDatabase::create().await), change).await
    }

    /// Another process on the same database, with the time of its own clock.
    pub async fn another_process(&self) -> Self {
        self.another_process_with(|_| {}).await
    }

    /// The same, with settings of its own.
    pub async fn another_process_with(&self, change: impl FnOnce(&mut Config)) -> Self {
        let other = Self::on(self.database.clone(), change).await;
        self.kept.not_alone();
        other.kept.not_alone();
        other.until(self.app.clock.now());
        other
    }

    async fn on(database: Rc<TestDatabase>, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config::defaults().unwrap();
        config.data = database.folder().to_owned();
        config.database.url = Secret::new(database.url());
        config.auth.secret = Secret::new("a secret for tests only, long enough");
        change(&mut config);
        let clock = HandClock::at(instant("2030-05-01T06:00:00Z"));
        let app = App::start(config, Clock::Hand(clock.clone()))
            .await
            .unwrap();
        let service = Rc::new(test::init_service(build_app(app.clone())).await);
        let asked: Call = Rc::new(move |request| {
            let service = service.clone();
            Box::pin(
                async move { Answer::read(test::try_call_service(&*service, request).await).await },
            )
        });
        let kept = Proof::new(app.clone(), asked);
        let proof = kept.clone();
        let call: Call = Rc::new(move |request| {
            let proof = proof.clone();
            Box::pin(async move { proof.request(request).await })
        });
        Self {
            app,
            clock,
            kept,
            call,
            database,
        }
    }

    /// Time passes until an instant such as `2030-05-01T09:00:00Z`; or the calendar is set back to it.
    pub fn at(&self, now: &str) {
        self.until(instant(now));
    }

    pub fn until(&self, now: DateTime<Utc>) {
        match (now - self.app.clock.now()).to_std() {
            Ok(later) => self.clock.advance(later),
            Err(_) => self.clock.set(now),
        }
    }

    pub fn pass(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Lets a worker plan, but send nothing.
    pub async fn plan_only(&self) {
        let worker = self.worker().await;
        let before = self.kept.begin(&[]).await;
        while !worker.planner.pass().await.unwrap().is_idle() {}
        self.kept.end(before).await;
        worker.leave().await.unwrap();
    }

    pub fn guest(&self) -> Client {
        Client::new(self.call.clone(), None, 0, String::new())
    }

    /// Somebody of another process, here.
    pub fn meeting(&self, person: &Client) -> Client {
        person.through(self.call.clone())
    }

    /// Whoever an access token belongs to.
    pub fn bearing(&self, token: &str) -> Client {
        Client::new(self.call.clone(), Some(token.to_owned()), 0, String::new())
    }

    /// A user named `name`, signed in.
    pub async fn member(&self, name: &str) -> Client {
        self.person(name, Role::User).await
    }

    pub async fn manager(&self, name: &str) -> Client {
        self.person(name, Role::Manager).await
    }

    pub async fn admin(&self, name: &str) -> Client {
        self.person(name, Role::Admin).await
    }

    pub async fn person(&self, name: &str, role: Role) -> Client {
        let now = self.app.clock.now();
        let email = format!("{name}@golub.example");
        let tx = self.app.database.write().await.unwrap();
        let user = user::ActiveModel {
            email: Set(email.clone()),
            email_key: Set(email.clone()),
            full_name: Set(name.to_owned()),
            role: Set(role.into()),
            language: Set(user::LanguageWord::En),
            time_zone: Set("Europe/Moscow".to_owned()),
            password_hash: Set(cheap_hash()),
            name_key: Set(name.to_lowercase()),
            city: Set(String::new()),
            confirmed_at: Set(Some(now)),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let user = user.insert(&tx).await.unwrap();
        find::index(&tx, &user).await.unwrap();
        tx.commit().await.unwrap();
        self.signed_in(user.id, email).await
    }

    /// Somebody signed in to an account that there is.
    pub async fn signed_in(&self, user_id: i64, email: String) -> Client {
        let session = self.session(user_id).await;
        // Tests let days pass: the token is made with a far future, the session holds for a year.
        let later = self.app.clock.now() + A_YEAR;
        let token = self.app.tokens.access_token(&session, later).unwrap();
        Client::new(self.call.clone(), Some(token), user_id, email)
    }

    /// A session that holds for a year.
    pub async fn session(&self, user_id: i64) -> session::Model {
        let auth = AuthConfig {
            session_for: A_YEAR,
            session_limit: A_YEAR,
            sessions_per_account: 1_000,
            ..self.app.config.auth.clone()
        };
        let now = self.app.clock.now();
        let tx = self.app.database.write().await.unwrap();
        let session = sessions::open(&tx, &auth, user_id, Default::default(), now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        session
    }
}

impl TestApp {
    /// Blocks or unblocks an account, as the command line does. Blocked people's sessions end.
    pub async fn block(&self, user_id: i64, blocked: bool) {
        let by = Overseer::command_line();
        let reason = "Letters nobody asked for".to_owned();
        let done = if blocked {
            block::block(&self.app, &by, user_id, NewBlock { reason }).await
        } else {
            block::unblock(&self.app, &by, user_id).await
        };
        done.unwrap();
    }
}

/// The hash of [`PASSWORD`], with so little work in it that it takes no time to check.
fn cheap_hash() -> String {
    let little = Params::new(8, 1, 1, None).unwrap();
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, little);
    let hash = hasher.hash_password(PASSWORD.as_bytes()).unwrap();
    hash.to_string()
}

pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
