//! Many sign-ins at once, each of which costs a processor's time, do not hold up what else is asked.
//!
//! A measurement, on a real server: `cargo xtask test` runs it when nothing else runs.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where it stopped"
)]

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use actix_web::{HttpResponse, HttpServer, web};
use contract::accounts::Language;
use contract::permissions::Role;
use golub::accounts::make::{self, NewUser};
use golub::app::App;
use golub::clock::Clock;
use golub::config::{self, Secret};
use golub::http::build_app;

const PASSWORD: &str = "correct horse battery";
/// So many people sign in at once, each so often, one time after the other.
const PEOPLE: usize = 50;
const TIMES: usize = 8;
/// A health check takes no longer, on a machine that does nothing else.
const LIMIT: Duration = Duration::from_millis(50);

#[test]
fn fifty_sign_ins_at_once_do_not_hold_up_the_health_check() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path().to_owned());
    let idle = serve_nothing();
    // The first request of each thread of the server makes what it needs.
    tell("health, alone", (0..100).map(|_| health(server)).collect());

    let start = Arc::new(Barrier::new(PEOPLE + 1));
    let left = Arc::new(AtomicUsize::new(PEOPLE));
    let people: Vec<_> = (0..PEOPLE)
        .map(|number| {
            let (start, left) = (start.clone(), left.clone());
            thread::spawn(move || {
                start.wait();
                let took: Vec<Duration> = (0..TIMES).map(|_| sign_in(server, number)).collect();
                left.fetch_sub(1, Ordering::Relaxed);
                took
            })
        })
        .collect();
    start.wait();
    let (mut healths, mut controls) = (Vec::new(), Vec::new());
    while left.load(Ordering::Relaxed) == PEOPLE {
        healths.push(health(server));
        controls.push(health(idle));
    }
    let sign_ins: Vec<Duration> = people
        .into_iter()
        .flat_map(|person| person.join().unwrap())
        .collect();

    tell("a sign-in among 50", sign_ins);
    let control = tell("a server that does nothing, meanwhile", controls);
    let health = tell("health, with 50 signing in", healths);
    // Where others keep the processors busy, a server that does nothing waits for them too, and just as long.
    assert!(
        health < Duration::max(LIMIT, 2 * control),
        "health checks waited for sign-ins"
    );
}

/// Starts the service with an account for everyone.
fn serve(data: std::path::PathBuf) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let mut config = config::defaults().unwrap();
            config.data = data;
            // Everyone comes from an address of their own: else there would be too many from one.
            config.http.trusted_proxies = vec![Ipv4Addr::LOCALHOST.into()];
            let app = App::start(config, Clock::system()).await.unwrap();
            for number in 0..PEOPLE {
                make::create_user(&app, person(number)).await.unwrap();
            }
            let server = HttpServer::new(move || build_app(app.clone()))
                .disable_signals()
                .bind((Ipv4Addr::LOCALHOST, 0))
                .unwrap();
            tell.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    told.recv().unwrap()
}

/// Starts a server that answers a health check, and does nothing else.
fn serve_nothing() -> SocketAddr {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let health = || web::get().to(HttpResponse::NoContent);
            let server =
                HttpServer::new(move || actix_web::App::new().route("/health/live", health()))
                    .disable_signals()
                    .bind((Ipv4Addr::LOCALHOST, 0))
                    .unwrap();
            tell.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    told.recv().unwrap()
}

fn person(number: usize) -> NewUser {
    NewUser {
        email: format!("p{number}@example.org"),
        full_name: String::new(),
        role: Role::User,
        password: Some(Secret::new(PASSWORD)),
        language: Language::En,
        time_zone: "UTC".to_owned(),
        city: String::new(),
    }
}

fn health(server: SocketAddr) -> Duration {
    let request = "GET /health/live HTTP/1.1\r\nHost: golub\r\nConnection: close\r\n\r\n";
    asked(server, request, "204")
}

fn sign_in(server: SocketAddr, number: usize) -> Duration {
    let body = format!(r#"{{"email":"p{number}@example.org","password":"{PASSWORD}"}}"#);
    let request = format!(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: golub\r\nX-Forwarded-For: 203.0.113.{number}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    asked(server, &request, "200")
}

/// How long an answer takes, from connecting to its last byte.
fn asked(server: SocketAddr, request: &str, status: &str) -> Duration {
    let begun = Instant::now();
    let mut connection = TcpStream::connect(server).unwrap();
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let took = begun.elapsed();
    assert_eq!(answer.split(' ').nth(1), Some(status), "{answer}");
    took
}

/// Prints how long answers took, and says how long one waits who asks at any instant but the worst twentieth: many
/// quick answers between two slow ones do not hide the time that the slow ones took, and one hiccup is no verdict.
fn tell(what: &str, mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let whole: Duration = times.iter().sum();
    let mut passed = Duration::ZERO;
    let wait = times.iter().find(|time| {
        passed += **time;
        passed >= whole * 19 / 20
    });
    let wait = wait.copied().unwrap_or_default();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!(
        "{what}: median {median:.1?}, at 19 of 20 instants {wait:.1?}, worst {worst:.1?} of {}",
        times.len()
    );
    wait
}
