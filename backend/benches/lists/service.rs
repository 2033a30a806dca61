//! The service over a database that was filled in.

use std::pin::Pin;
use std::rc::Rc;

use actix_http::Request;
use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::test::{self, TestRequest};
use contract::accounts::Language;
use contract::permissions::Role;
use golub::accounts::make::{self, NewUser};
use golub::app::App;
use golub::clock::Clock;
use golub::config::{self, Secret};
use golub::http::build_app;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use tempfile::TempDir;

use super::seed;

const PASSWORD: &str = "correct horse battery";

type Answering = Pin<Box<dyn Future<Output = ServiceResponse>>>;
type Call = Rc<dyn Fn(Request) -> Answering>;

#[derive(Clone, Copy, Debug)]
pub enum Who {
    Owner,
    Manager,
}

pub struct Service {
    pub app: App,
    pub owner_id: i64,
    pub run_id: i64,
    pub recipient_id: i64,
    pub delivery_id: i64,
    tokens: [String; 2],
    call: Call,
    /// On PostgreSQL: the server, and the name of the database on it.
    server: Option<(String, String)>,
    _folder: TempDir,
}

impl Service {
    pub async fn start(server: &str, letters: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config::defaults().unwrap();
        config.data = folder.path().to_owned();
        config.auth.secret = Secret::new("a secret for measurements, long enough");
        let server = (!server.is_empty()).then(|| {
            let name = format!("golub_{}", uuid::Uuid::new_v4().simple());
            (server.to_owned(), name)
        });
        if let Some((server, name)) = &server {
            on_server(server, &format!("CREATE DATABASE {name}")).await;
            let (base, _) = server.rsplit_once('/').unwrap();
            config.database.url = Secret::new(format!("{base}/{name}"));
        }
        let app = App::start(config, Clock::system()).await.unwrap();
        let manager = make::create_user(&app, person("manager", Role::Manager)).await;
        manager.unwrap();
        let owner = make::create_user(&app, person("owner", Role::User)).await;
        let owner_id = owner.unwrap().id;
        let begun = std::time::Instant::now();
        let seeded = seed::fill(&app, owner_id, letters).await;
        println!("{letters} letters were written in {:.1?}", begun.elapsed());

        let inner = Rc::new(test::init_service(build_app(app.clone())).await);
        let call: Call = Rc::new(move |request| {
            let inner = inner.clone();
            Box::pin(async move {
                let answer = test::call_service(&*inner, request).await;
                answer.map_into_boxed_body()
            })
        });
        let tokens = [
            sign_in(&call, "owner").await,
            sign_in(&call, "manager").await,
        ];
        Self {
            app,
            owner_id,
            run_id: seeded.run_id,
            recipient_id: seeded.recipient_id,
            delivery_id: seeded.delivery_id,
            tokens,
            call,
            server,
            _folder: folder,
        }
    }

    pub fn token(&self, who: Who) -> &str {
        match who {
            Who::Owner => &self.tokens[0],
            Who::Manager => &self.tokens[1],
        }
    }

    /// Asks, reads the whole answer, and gives its status.
    pub async fn get(&self, who: Who, path: &str) -> u16 {
        let request = TestRequest::get()
            .uri(&format!("/api/v1/{path}"))
            .insert_header(("Authorization", format!("Bearer {}", self.token(who))));
        let answer = (self.call)(request.to_request()).await;
        let status = answer.status().as_u16();
        to_bytes(answer.into_body()).await.unwrap();
        status
    }

    pub async fn read(&self, path: &str) -> serde_json::Value {
        self.send(TestRequest::get(), path).await
    }

    pub async fn post(&self, path: &str, body: serde_json::Value) -> serde_json::Value {
        self.send(TestRequest::post().set_json(body), path).await
    }

    pub async fn patch(&self, path: &str, body: serde_json::Value) -> serde_json::Value {
        self.send(TestRequest::patch().set_json(body), path).await
    }

    /// Sends the owner's request, and gives the answer.
    async fn send(&self, request: TestRequest, path: &str) -> serde_json::Value {
        let request = request.uri(&format!("/api/v1/{path}")).insert_header((
            "Authorization",
            format!("Bearer {}", self.token(Who::Owner)),
        ));
        let answer = (self.call)(request.to_request()).await;
        let status = answer.status();
        let body = to_bytes(answer.into_body()).await.unwrap();
        assert!(status.is_success(), "{path}: {status} {body:?}");
        serde_json::from_slice(&body).unwrap()
    }

    pub async fn end(self) {
        let Self { app, server, .. } = self;
        app.database.close().await.unwrap();
        if let Some((server, name)) = server {
            on_server(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn sign_in(call: &Call, name: &str) -> String {
    let body = serde_json::json!({"email": format!("{name}@example.org"), "password": PASSWORD});
    let request = TestRequest::post()
        .uri("/api/v1/auth/login")
        .set_json(body)
        .to_request();
    let answer = to_bytes(call(request).await.into_body()).await.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

fn person(name: &str, role: Role) -> NewUser {
    NewUser {
        email: format!("{name}@example.org"),
        full_name: name.to_owned(),
        role,
        password: Some(Secret::new(PASSWORD)),
        language: Language::En,
        time_zone: "UTC".to_owned(),
        city: String::new(),
    }
}

async fn on_server(server: &str, statement: &str) {
    let mut options = ConnectOptions::new(server);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await.unwrap();
    connection.execute_unprepared(statement).await.unwrap();
    connection.close().await.unwrap();
}
