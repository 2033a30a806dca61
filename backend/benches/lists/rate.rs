//! Requests per second of some reads, beside a server that only says hello: the same server, clients and machine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use golub::http::build_app;

use super::service::{Service, Who};

const CONNECTIONS: usize = 32;
const FOR: Duration = Duration::from_secs(2);
/// Threads of each server.
const WORKERS: usize = 2;

pub async fn tell(engine: &str, service: &Service) {
    let hello = serve_hello();
    let golub = serve(service.app.clone());
    let (run, person) = (service.run_id, service.recipient_id);
    let headers = format!("Authorization: Bearer {}\r\n", service.token(Who::Owner));
    let base = rate(hello, "/hello", &headers).await;
    println!("\n| {engine}: asked by {CONNECTIONS} connections | requests/s | of hello |");
    println!("|---|---:|---:|");
    println!("| bare actix, JSON hello | {base:.0} | 1.00 |");
    let paths = [
        format!("runs/{run}"),
        format!("runs/{run}/deliveries?limit=10"),
        "attempts?limit=10".to_owned(),
        "attempts/totals".to_owned(),
        "recipients?limit=10".to_owned(),
        format!("recipients/{person}"),
        "me".to_owned(),
    ];
    for path in paths {
        let rate = rate(golub, &format!("/api/v1/{path}"), &headers).await;
        let path = path
            .replace(&format!("runs/{run}"), "runs/{id}")
            .replace(&format!("recipients/{person}"), "recipients/{id}");
        println!("| `{path}` | {rate:.0} | {:.2} |", rate / base);
    }
}

/// Asked by all connections for a while. The runtime goes on meanwhile: the database's connections need it.
pub async fn rate(server: SocketAddr, path: &str, headers: &str) -> f64 {
    let request = format!("GET {path} HTTP/1.1\r\nHost: golub\r\n{headers}\r\n");
    let asked = tokio::task::spawn_blocking(move || ask_for_a_while(server, &request));
    asked.await.unwrap()
}

fn ask_for_a_while(server: SocketAddr, request: &str) -> f64 {
    let begun = Instant::now();
    let asking: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let request = request.to_owned();
            thread::spawn(move || ask(server, request.as_bytes(), begun + FOR))
        })
        .collect();
    let answers: usize = asking.into_iter().map(|one| one.join().unwrap()).sum();
    answers as f64 / begun.elapsed().as_secs_f64()
}

/// The bytes of one answer.
pub async fn ask_once(server: SocketAddr, path: &str, headers: &str) -> Vec<u8> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: golub\r\n{headers}\r\n");
    let asked = tokio::task::spawn_blocking(move || {
        let (mut writing, mut reading) = connected(server);
        writing.write_all(request.as_bytes()).unwrap();
        let mut body = Vec::new();
        read(&mut reading, &mut String::new(), &mut body);
        body
    });
    asked.await.unwrap()
}

/// How many answers one connection gets.
fn ask(server: SocketAddr, request: &[u8], until: Instant) -> usize {
    let (mut writing, mut reading) = connected(server);
    let mut answers = 0;
    let mut line = String::new();
    let mut body = Vec::new();
    while Instant::now() < until {
        writing.write_all(request).unwrap();
        read(&mut reading, &mut line, &mut body);
        answers += 1;
    }
    answers
}

fn connected(server: SocketAddr) -> (TcpStream, BufReader<TcpStream>) {
    let stream = TcpStream::connect(server).unwrap();
    stream.set_nodelay(true).unwrap();
    (stream.try_clone().unwrap(), BufReader::new(stream))
}

/// Reads one answer, which must be a success.
fn read(reading: &mut BufReader<TcpStream>, line: &mut String, body: &mut Vec<u8>) {
    let mut length = 0;
    loop {
        line.clear();
        reading.read_line(line).unwrap();
        assert!(
            !line.starts_with("HTTP/1.1") || line.contains(" 200 "),
            "{line}"
        );
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(given) = header.strip_prefix("content-length:") {
            length = given.trim().parse().unwrap();
        }
    }
    body.resize(length, 0);
    reading.read_exact(body).unwrap();
}

fn serve_hello() -> SocketAddr {
    started(|| {
        let hello = || async { HttpResponse::Ok().json(serde_json::json!({"hello": "world"})) };
        App::new().route("/hello", web::get().to(hello))
    })
}

pub fn serve(app: golub::app::App) -> SocketAddr {
    started(move || build_app(app.clone()))
}

/// A server with a runtime of its own.
pub fn started<F, S, B>(app: F) -> SocketAddr
where
    F: Fn() -> App<S> + Send + Clone + 'static,
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
{
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(app)
                .workers(WORKERS)
                .disable_signals()
                .bind((Ipv4Addr::LOCALHOST, 0))
                .unwrap();
            tell.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    told.recv().unwrap()
}
