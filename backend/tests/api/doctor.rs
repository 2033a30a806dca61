//! `golub doctor`: what it says of a service that is well, and of one that is not.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Output};

use golub::database::Engine;
use serde_json::Value;

use crate::command_line::{golub, run};
use crate::support::TestApp;
use crate::support::sms_server::{API_ID, SmsServer};
use crate::support::smtp_server::{Act, Offers, SmtpServer, Step};

/// What it says about each thing, as `health: words`.
struct Said {
    code: Option<i32>,
    whole: Value,
}

impl Said {
    fn about(&self, thing: &str) -> String {
        let findings = self.whole["findings"].as_array().unwrap();
        let found = findings.iter().find(|finding| finding["about"] == thing);
        let found = found.unwrap_or_else(|| panic!("nothing about {thing} in {}", self.whole));
        format!(
            "{}: {}",
            found["health"].as_str().unwrap(),
            found["says"].as_str().unwrap()
        )
    }
}

async fn ask(mut command: Command) -> Said {
    command.arg("--json");
    let Output { status, stdout, .. } = run(command).await;
    Said {
        code: status.code(),
        whole: serde_json::from_slice(&stdout).unwrap(),
    }
}

#[actix_web::test]
async fn a_healthy_service_is_told_so_and_nothing_is_sent() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let mut command = golub(&app, &server, &["doctor"]);
    command.env("GOLUB__HTTP__PUBLIC_URL", "https://mail.example.org");
    let said = ask(command).await;
    for thing in [
        "settings",
        "http.public_url",
        "auth.secret",
        "data folder",
        "schema",
        "mail server",
        "clock",
    ] {
        assert!(
            said.about(thing).starts_with("fine"),
            "{}",
            said.about(thing)
        );
    }
    assert!(
        said.about("DKIM").starts_with("warning"),
        "{}",
        said.about("DKIM")
    );
    assert!(
        said.about("SPF").starts_with("unchecked"),
        "{}",
        said.about("SPF")
    );
    assert!(
        !server
            .commands()
            .iter()
            .any(|command| command.starts_with("MAIL"))
    );
    assert_eq!(server.connections(), 1);
}

#[actix_web::test]
async fn for_people_there_is_a_line_each_and_the_exit_code_says_whether_it_works() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let page = run(golub(&app, &server, &["doctor"])).await;
    let text = String::from_utf8(page.stdout).unwrap();
    assert!(text.contains("\nok       mail server"), "{text}");
    assert!(text.contains("\nwarning  http.public_url"), "{text}");
    assert_eq!(
        page.status.code(),
        Some(i32::from(text.contains("BROKEN"))),
        "{text}"
    );

    server.always(Step::Greeting, Act::SayAndClose("554 Go away"));
    let page = run(golub(&app, &server, &["doctor"])).await;
    let text = String::from_utf8(page.stdout).unwrap();
    assert!(text.contains("\nBROKEN   mail server"), "{text}");
    assert!(text.contains("Go away"), "{text}");
    assert_eq!(page.status.code(), Some(1));
}

#[actix_web::test]
async fn the_key_to_the_sms_service_is_tried_without_sending_anything() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let sms = SmsServer::start().await;
    let asking = |key: &str| {
        let mut command = golub(&app, &server, &["doctor"]);
        command.env("GOLUB__SMS__URL", sms.url());
        command.env("GOLUB__SMS__API_ID", key);
        command
    };
    let right = ask(asking(API_ID)).await;
    assert_eq!(
        right.about("SMS service"),
        "fine: it can be reached, and takes our key"
    );
    let wrong = ask(asking("a wrong key")).await;
    assert_eq!(wrong.about("SMS service"), "broken: 200 Код 200");
    assert_eq!(wrong.code, Some(1));
    assert!(!wrong.whole.to_string().contains("a wrong key"));
    assert!(sms.asked().iter().all(|form| !form.contains_key("msg")));
    let none = ask(golub(&app, &server, &["doctor"])).await;
    assert!(none.about("SMS service").starts_with("fine: none is set"));
}

#[actix_web::test]
async fn a_mail_server_that_lets_us_not_in_is_broken_in_its_own_words() {
    let server = SmtpServer::offering(Offers {
        user: Some(("anna", "right")),
        ..Offers::default()
    })
    .await;
    let app = TestApp::start().await;
    let mut command = golub(&app, &server, &["doctor"]);
    command.env(
        "GOLUB__MAIL__SMTP_URL",
        server.url_for("anna", "wrong-word"),
    );
    let said = ask(command).await;
    assert!(
        said.about("mail server").starts_with("broken"),
        "{}",
        said.about("mail server")
    );
    assert!(
        !said.whole.to_string().contains("wrong-word"),
        "{}",
        said.whole
    );
    assert_eq!(said.code, Some(1));
}

#[actix_web::test]
async fn without_a_mail_server_it_says_that_letters_leave_for_nobody() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let mut command = golub(&app, &server, &["doctor"]);
    command.env_remove("GOLUB__MAIL__SMTP_URL");
    let said = ask(command).await;
    assert!(
        said.about("mail server").contains("captured"),
        "{}",
        said.about("mail server")
    );
}

#[actix_web::test]
async fn a_clock_behind_what_has_happened_is_noticed() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    // The tests' years have not come yet for the program.
    let _worker = app.worker().await;
    let said = ask(golub(&app, &server, &["doctor", "--listen", "0"])).await;
    let expected = match app.app.database.engine() {
        // PostgreSQL tells the time itself, and here it tells the same.
        Engine::Postgres => "fine",
        Engine::Sqlite => "broken",
    };
    assert!(
        said.about("clock").starts_with(expected),
        "{}",
        said.about("clock")
    );
}

#[actix_web::test]
async fn it_says_whether_anybody_sends() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let nobody = ask(golub(&app, &server, &["doctor", "--listen", "0"])).await;
    assert!(
        nobody.about("workers").starts_with("warning: nobody sends"),
        "{}",
        nobody.about("workers")
    );
    let _worker = app.worker().await;
    let somebody = ask(golub(&app, &server, &["doctor", "--listen", "0"])).await;
    let expected = match app.app.database.engine() {
        // The worker of a test beats when it is told to, and so nothing was heard of it.
        Engine::Postgres => "broken: all 1 are silent",
        Engine::Sqlite => "fine: a process of this machine sends",
    };
    assert!(
        somebody.about("workers").starts_with(expected),
        "{}",
        somebody.about("workers")
    );
}

#[actix_web::test]
async fn before_the_first_start_nothing_is_made() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut command = golub(&app, &server, &["doctor"]);
    command
        .env("GOLUB__DATA", &data)
        .env("GOLUB__DATABASE__URL", "");
    let said = ask(command).await;
    assert!(
        said.about("data folder")
            .contains("the first start makes it")
    );
    assert!(said.about("database").contains("the first start makes it"));
    assert_eq!(said.code, Some(0));
    assert!(!data.exists());
}

#[actix_web::test]
async fn a_database_that_is_away_is_broken_and_its_password_stays_secret() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    // It takes a connection and says nothing; a refused one would be tried for a while.
    let away = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = away.local_addr().unwrap().port();
    std::thread::spawn(move || away.accept().map(drop));
    let mut command = golub(&app, &server, &["doctor"]);
    command.env(
        "GOLUB__DATABASE__URL",
        format!("postgres://golub:hidden@127.0.0.1:{port}/golub"),
    );
    let said = ask(command).await;
    assert!(
        said.about("database").starts_with("broken"),
        "{}",
        said.about("database")
    );
    assert!(
        said.about("mail server").starts_with("fine"),
        "{}",
        said.about("mail server")
    );
    assert!(!said.whole.to_string().contains("hidden"), "{}", said.whole);
    assert_eq!(said.code, Some(1));
}

#[actix_web::test]
async fn a_weak_secret_is_broken() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let mut command = golub(&app, &server, &["doctor"]);
    command.env("GOLUB__AUTH__SECRET", "short");
    let said = ask(command).await;
    assert!(
        said.about("auth.secret").starts_with("broken"),
        "{}",
        said.about("auth.secret")
    );
    assert_eq!(said.code, Some(1));
}

#[actix_web::test]
async fn each_of_several_mail_servers_is_looked_at() {
    let (works, does_not) = (SmtpServer::start().await, SmtpServer::start().await);
    does_not.always(Step::Greeting, Act::SayAndClose("421 Too busy"));
    let app = TestApp::start().await;
    let settings = format!(
        "[[mail.servers]]\nname = \"one\"\nurl = \"{}\"\n\n[[mail.servers]]\nname = \"two\"\nurl = \"{}\"\n",
        works.url(),
        does_not.url()
    );
    std::fs::write(app.app.config.data.join("golub.toml"), settings).unwrap();
    let mut command = golub(&app, &works, &["doctor"]);
    command.env_remove("GOLUB__MAIL__SMTP_URL");
    let said = ask(command).await;
    let whole = said.whole.to_string();
    assert!(whole.contains("one can be reached"), "{whole}");
    assert!(
        whole.contains("two: ") && whole.contains("Too busy"),
        "{whole}"
    );
    assert_eq!(said.code, Some(1));
}

#[actix_web::test]
async fn settings_that_cannot_be_read_are_all_it_tells() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    std::fs::write(app.app.config.data.join("golub.toml"), "[http]\nprot = 81").unwrap();
    let said = ask(golub(&app, &server, &["doctor"])).await;
    assert!(
        said.about("settings").starts_with("broken"),
        "{}",
        said.about("settings")
    );
    assert!(
        said.about("settings").contains("prot"),
        "{}",
        said.about("settings")
    );
    assert_eq!(said.whole["health"], "broken");
    assert_eq!(said.code, Some(1));
}
