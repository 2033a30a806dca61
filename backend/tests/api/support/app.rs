//! The service under test, with a clock set by hand.

use std::rc::Rc;
use std::time::Duration;

use actix_web::test;
use chrono::{DateTime, Utc};
use contract::accounts::users::NewBlock;
use contract::permissions::Role;
use golub::accounts::users::overseer::Overseer;
use golub::accounts::users::block;
use golub::accounts::{entity as user, service, sessions};
use golub::app::App;
use golub::clock::{Clock, HandClock};
use golub::config::{self, Config, Secret};
use golub::http::build_app;
use sea_orm::{ActiveModelTrait, Set};

use super::client::{Answer, Call, Client};
use super::database::TestDatabase;

pub struct TestApp {
    pub app: App,
    pub clock: HandClock,
    call: Call,
    // Dropped last: the database goes with it.
    _database: TestDatabase,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// Starts with settings of its own.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::create().await;
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
        let call: Call = Rc::new(move |request| {
            let service = service.clone();
            Box::pin(
                async move { Answer::read(test::try_call_service(&*service, request).await).await },
            )
        });
        Self {
            app,
            clock,
            call,
            _database: database,
        }
    }

    /// Sets the clock to an instant such as `2030-05-01T09:00:00Z`.
    pub fn at(&self, now: &str) {
        self.clock.set(instant(now));
    }

    pub fn pass(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Lets a worker plan, but send nothing.
    pub async fn plan_only(&self) {
        let worker = self.worker().await;
        while !worker.planner.pass().await.unwrap().is_idle() {}
        worker.leave().await.unwrap();
    }

    pub fn guest(&self) -> Client {
        Client::new(self.call.clone(), None, 0, String::new())
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
            password_hash: Set(String::new()),
            name_key: Set(name.to_lowercase()),
            city: Set(String::new()),
            confirmed_at: Set(Some(now)),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let user = user.insert(&tx).await.unwrap();
        service::index(&tx, &user).await.unwrap();
        let a_year = Duration::from_secs(365 * 24 * 3600);
        let session = sessions::open(&tx, user.id, Default::default(), a_year, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        // Tests let days pass: the token is made with a far future, the session holds for a year.
        let token = self
            .app
            .tokens
            .access_token(&session, now + a_year)
            .unwrap();
        Client::new(self.call.clone(), Some(token), user.id, email)
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

pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
