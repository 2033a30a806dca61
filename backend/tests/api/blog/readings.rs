//! Readings: each visitor once an hour, whatever process they come to, and through a restart.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::pin::pin;
use std::process::{Command, Stdio};
use std::time::Duration;

use contract::permissions::Role;
use futures_util::future::{Either, select};
use golub::blog::entity::{article, visit, visit_secret};
use sea_orm::{ActiveModelTrait, ConnectionTrait as _, EntityTrait, PaginatorTrait, Set};

use super::{visit as read, write};
use crate::command_line::golub;
use crate::support::cutting::{at_once, cut_off};
use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

const PAST: Option<&str> = Some("2030-04-01T06:00:00Z");
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const OPERA: &str = "Opera/9.80";

/// Writes what is noted, and tells how often the article was read.
async fn readings(app: &TestApp) -> i64 {
    app.app.blog.readings.flush(&app.app).await.unwrap();
    app.app.blog.readings.forget(&app.app).await.unwrap();
    let articles = article::Entity::find().all(app.app.database.read()).await;
    articles.unwrap()[0].readings
}

async fn with_article() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    write(&emily, "Water", PAST).await;
    (app, emily)
}

#[actix_web::test]
async fn a_visitor_counts_once_an_hour() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    for _ in 0..3 {
        assert_eq!(
            read(&guest, "water", "203.0.113.7", FIREFOX).await.status,
            200
        );
    }
    assert_eq!(readings(&app).await, 1);
    read(&guest, "water", "203.0.113.7", FIREFOX).await;
    read(&guest, "water", "203.0.113.7", OPERA).await;
    read(&guest, "water", "203.0.113.8", FIREFOX).await;
    assert_eq!(readings(&app).await, 3);
    app.pass(Duration::from_secs(3600));
    read(&guest, "water", "203.0.113.7", FIREFOX).await;
    assert_eq!(readings(&app).await, 4);
    // What is shown may be some seconds old.
    app.pass(Duration::from_secs(5));
    let shown = read(&guest, "water", "203.0.113.7", FIREFOX).await;
    assert_eq!(shown.value()["readings"], 4);
}

#[actix_web::test]
async fn an_answer_304_is_a_reading_too() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    let tag = guest
        .get("blog/articles/water")
        .await
        .header("etag")
        .to_owned();
    let request = actix_web::test::TestRequest::get()
        .uri("/api/v1/blog/articles/water")
        .insert_header(("User-Agent", FIREFOX))
        .insert_header(("If-None-Match", tag));
    assert_eq!(guest.send(request).await.status, 304);
    assert_eq!(readings(&app).await, 1);
}

#[actix_web::test]
async fn writers_machines_and_failed_reads_do_not_count() {
    let (app, emily) = with_article().await;
    let guest = app.guest();
    let admin = app.admin("adam").await;
    for person in [&emily, &admin] {
        assert_eq!(
            read(person, "water", "203.0.113.7", FIREFOX).await.status,
            200
        );
    }
    read(&guest, "water", "203.0.113.7", "").await;
    read(
        &guest,
        "water",
        "203.0.113.7",
        "Mozilla/5.0 (compatible; Googlebot/2.1)",
    )
    .await;
    assert_eq!(
        read(&guest, "milk", "203.0.113.7", FIREFOX).await.status,
        404
    );
    assert_eq!(readings(&app).await, 0);
    for role in [Role::User, Role::Manager] {
        let person = app.person(role.word(), role).await;
        let address = format!("203.0.113.{}", person.id);
        read(&person, "water", &address, FIREFOX).await;
    }
    assert_eq!(readings(&app).await, 2);
}

#[actix_web::test]
async fn readings_through_a_stop_and_at_several_processes_add_up() {
    let (app, _) = with_article().await;
    let other = app.another_process().await;
    read(&app.guest(), "water", "203.0.113.7", FIREFOX).await;
    read(&app.guest(), "water", "203.0.113.8", FIREFOX).await;
    read(&other.guest(), "water", "203.0.113.8", FIREFOX).await;
    read(&other.guest(), "water", "203.0.113.9", FIREFOX).await;
    // As at SIGTERM.
    app.app.finish(Duration::from_secs(60)).await;
    other.app.finish(Duration::from_secs(60)).await;
    assert_eq!(readings(&app).await, 3);

    let restarted = app.another_process().await;
    for address in ["203.0.113.7", "203.0.113.9", "203.0.113.10"] {
        read(&restarted.guest(), "water", address, FIREFOX).await;
    }
    assert_eq!(readings(&restarted).await, 4);
}

#[actix_web::test]
async fn who_read_what_is_forgotten_within_hours_and_the_secret_with_the_day() {
    let (app, _) = with_article().await;
    let db = app.app.database.read();
    let kept = async || {
        app.app.blog.readings.flush(&app.app).await.unwrap();
        app.app.blog.readings.forget(&app.app).await.unwrap();
        let visits = visit::Entity::find().count(db).await.unwrap();
        let secrets = visit_secret::Entity::find().all(db).await.unwrap();
        (visits, secrets)
    };
    read(&app.guest(), "water", "203.0.113.7", FIREFOX).await;
    let (visits, first) = kept().await;
    assert_eq!((visits, first.len()), (1, 1));
    app.pass(Duration::from_secs(3600));
    assert_eq!(kept().await, (1, first.clone()));
    app.pass(Duration::from_secs(3600));
    assert_eq!(kept().await, (0, first.clone()));
    app.pass(Duration::from_secs(24 * 3600));
    read(&app.guest(), "water", "203.0.113.7", FIREFOX).await;
    let (visits, second) = kept().await;
    assert_eq!((visits, second.len()), (1, 1));
    assert_ne!(first, second);
    // Nothing tells who it was.
    let visit = visit::Entity::find().one(db).await.unwrap().unwrap();
    assert!(!format!("{visit:?}").contains("203.0.113"));
    assert_eq!(readings(&app).await, 2);
}

#[actix_web::test]
async fn many_readings_are_written_in_batches() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    for number in 0..1_203 {
        let address = format!("203.0.{}.{}", number / 250, number % 250 + 1);
        read(&guest, "water", &address, FIREFOX).await;
    }
    assert_eq!(app.app.blog.readings.flush(&app.app).await.unwrap(), 1_203);
    assert_eq!(readings(&app).await, 1_203);
    app.pass(Duration::from_secs(3 * 3600));
    assert_eq!(readings(&app).await, 1_203);
    let left = visit::Entity::find().count(app.app.database.read()).await;
    assert_eq!(left.unwrap(), 0);
}

#[actix_web::test]
async fn a_write_that_is_cut_off_anywhere_loses_no_reading() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    for steps in 1..=20 {
        read(&guest, "water", &format!("203.0.113.{steps}"), FIREFOX).await;
        let _ = cut_off(app.app.blog.readings.flush(&app.app), steps).await;
    }
    // As at SIGTERM: the first write has no time, the last has.
    app.app.finish(Duration::ZERO).await;
    app.app.finish(Duration::from_secs(60)).await;
    assert_eq!(readings(&app).await, 20);
}

#[actix_web::test]
async fn a_stop_waits_for_a_database_that_is_away_for_a_moment() {
    let (app, _) = with_article().await;
    read(&app.guest(), "water", "203.0.113.7", FIREFOX).await;
    let database = &app.app.database;
    let renamed = async |from: &str, to: &str| {
        let tx = database.write().await.unwrap();
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        tx.execute_unprepared(&sql).await.unwrap();
        tx.commit().await.unwrap();
    };
    renamed("blog_visits", "away").await;
    let stopped = pin!(app.app.finish(Duration::from_secs(60)));
    let back = pin!(async {
        // Time enough to have failed more often than there are connections.
        for _ in 0..300 {
            article::Entity::find()
                .count(database.read())
                .await
                .unwrap();
        }
        renamed("away", "blog_visits").await;
    });
    match select(stopped, back).await {
        Either::Left(_) => panic!("it gave up"),
        Either::Right(((), stopped)) => stopped.await,
    }
    assert_eq!(readings(&app).await, 1);
}

#[actix_web::test]
async fn nobody_waits_for_a_write_to_read_an_article() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    let now = app.app.clock.now().timestamp();
    // Whoever asks for the day's secret, or writes at all on SQLite, waits for this.
    let tx = app.app.database.write().await.unwrap();
    let secret = visit_secret::ActiveModel {
        day: Set(now / (24 * 3600)),
        secret: Set("c2VjcmV0".to_owned()),
    };
    secret.insert(&tx).await.unwrap();
    let answer = at_once(read(&guest, "water", "203.0.113.7", FIREFOX)).await;
    assert_eq!(answer.status, 200);
    // Nor for one that is under way.
    let flush = app.app.blog.readings.flush(&app.app);
    let mut flush = pin!(flush);
    assert!(futures_util::poll!(&mut flush).is_pending());
    let answer = at_once(read(&guest, "water", "203.0.113.8", FIREFOX)).await;
    assert_eq!(answer.status, 200);
    tx.commit().await.unwrap();
    flush.await.unwrap();
    assert_eq!(readings(&app).await, 2);
}

/// Reads an article of a real process as this browser, which has it already or not, and gives the answer.
fn over_tcp(address: &str, browser: &str, is_known: bool) -> String {
    let mut server = TcpStream::connect(address).unwrap();
    let known = if is_known { "If-None-Match: *\r\n" } else { "" };
    let request = format!(
        "GET /api/v1/blog/articles/water HTTP/1.1\r\nHost: {address}\r\nUser-Agent: {browser}\r\n{known}Connection: close\r\n\r\n"
    );
    server.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    server.read_to_string(&mut answer).unwrap();
    answer
}

#[actix_web::test]
async fn a_real_process_that_is_stopped_by_sigterm_has_written_every_reading() {
    let app = TestApp::start().await;
    // The process goes by the clock on the wall.
    write(
        &app.writer("emily").await,
        "Water",
        Some("2020-04-01T06:00:00Z"),
    )
    .await;
    let server = SmtpServer::start().await;
    let mut command = golub(&app, &server, &["serve", "--port", "0"]);
    command.env("GOLUB__HTTP__ADDRESS", "127.0.0.1");
    let mut process = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = BufReader::new(process.stderr.take().unwrap());
    let stopped = tokio::task::spawn_blocking(move || {
        let mut lines = log.lines().map(Result::unwrap);
        let listens = lines.find(|line| line.contains("listening on")).unwrap();
        let (_, address) = listens.split_once("http://").unwrap();
        let address = address.split_whitespace().next().unwrap();
        for reader in 0..6 {
            let (is_known, status) = [(false, "200"), (true, "304")][reader % 2];
            let answer = over_tcp(address, &format!("Firefox {reader}"), is_known);
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")));
        }
        let told = Command::new("kill")
            .args(["-TERM", &process.id().to_string()])
            .status();
        assert!(told.unwrap().success());
        // What it still says must find a reader.
        let _: Vec<String> = lines.collect();
        process.wait().unwrap()
    });
    assert!(stopped.await.unwrap().success());
    assert_eq!(readings(&app).await, 6);
}
