//! An SMS service for tests: it speaks HTTP on loopback as sms.ru documents it, keeps what it is asked, and
//! misbehaves on demand.
//!
//! ```ignore
//! let server = SmsServer::start().await;
//! server.once(SmsAct::Number(207));
//! // .. send over server.url() ..
//! assert_eq!(server.texts("79211234567").len(), 1);
//! ```

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use golub::config::{Config, Secret, SmsTransport};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The key that the server lets in.
pub const API_ID: &str = "C0FFEE00-1234-5678-9ABC-DEF012345678";

pub struct SmsServer {
    port: u16,
    state: Arc<Mutex<State>>,
    came: Arc<Notify>,
    /// Aborted with everything in it when the server is dropped.
    _tasks: JoinSet<()>,
}

/// What it does instead of taking the message.
#[derive(Clone, Debug)]
pub enum SmsAct {
    /// Answers this code about the number.
    Number(i64),
    /// Answers this code about the whole request.
    Whole(i64),
    /// Answers this HTTP status, with this body.
    Http(u16, &'static str),
    /// Sends the request somewhere else.
    Redirect(String),
    /// Answers more than anybody would read.
    Endless,
    /// Repeats the key in its words.
    TellKey,
    Hang,
    Close,
}

#[derive(Default)]
struct State {
    once: VecDeque<SmsAct>,
    to: HashMap<String, SmsAct>,
    always: Option<SmsAct>,
    asked: Vec<HashMap<String, String>>,
    sent: u64,
}

impl SmsServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let came = Arc::<Notify>::default();
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, state.clone(), came.clone()));
        Self {
            port,
            state,
            came,
            _tasks: tasks,
        }
    }

    /// For `sms.url`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Settings by which messages are sent here.
    pub fn settings(&self, config: &mut Config) {
        config.sms.transport = Some(SmsTransport::SmsRu);
        config.sms.url = self.url();
        config.sms.api_id = Secret::new(API_ID);
    }

    /// Does this at the next request.
    pub fn once(&self, act: SmsAct) {
        self.state.lock().unwrap().once.push_back(act);
    }

    /// Does this at each request about this number, such as `79211234567`.
    pub fn to(&self, number: &str, act: SmsAct) {
        let mut state = self.state.lock().unwrap();
        state.to.insert(number.to_owned(), act);
    }

    /// Does this at each request that nothing else is said about; with nothing, takes messages again.
    pub fn always(&self, act: impl Into<Option<SmsAct>>) {
        self.state.lock().unwrap().always = act.into();
    }

    /// Waits for a request.
    pub async fn is_asked(&self) {
        self.came.notified().await;
    }

    /// The form fields of each request.
    pub fn asked(&self) -> Vec<HashMap<String, String>> {
        self.state.lock().unwrap().asked.clone()
    }

    /// The texts to a number, in the order in which they were asked for.
    pub fn texts(&self, number: &str) -> Vec<String> {
        let asked = self.asked().into_iter();
        asked
            .filter(|form| form.get("to").is_some_and(|to| to == number))
            .map(|form| form["msg"].clone())
            .collect()
    }
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>, came: Arc<Notify>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(stream, state.clone(), came.clone()));
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>, came: Arc<Notify>) {
    while let Some((line, body)) = read_request(&mut stream).await {
        let form: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes())
            .into_owned()
            .collect();
        let (act, sent) = {
            let mut state = state.lock().unwrap();
            state.asked.push(form.clone());
            state.sent += 1;
            let of_number = form.get("to").and_then(|number| state.to.get(number));
            let otherwise = of_number.or(state.always.as_ref()).cloned();
            let act = state.once.pop_front().or(otherwise);
            (act, state.sent)
        };
        came.notify_one();
        let number = form.get("to").cloned().unwrap_or_default();
        let about = |code: i64| json!({"status": "ERROR", "status_code": code, "status_text": format!("Код {code}")});
        let whole = |sms: serde_json::Value| json!({"status": "OK", "status_code": 100, "sms": {number.clone(): sms}, "balance": 42.5});
        let known =
            line == "POST /sms/send HTTP/1.1" && form.get("json").is_some_and(|json| json == "1");
        let is_check = line == "POST /auth/check HTTP/1.1";
        let (status, extra, body) = match act {
            None if is_check && form.get("api_id").is_some_and(|key| key == API_ID) => {
                (200, String::new(), about(100).to_string())
            }
            None if !known && !is_check => (404, String::new(), String::new()),
            None if form.get("api_id").is_none_or(|key| key != API_ID) => {
                (200, String::new(), about(200).to_string())
            }
            None => {
                let id = format!("203005-{sent:07}");
                let taken = json!({"status": "OK", "status_code": 100, "sms_id": id});
                (200, String::new(), whole(taken).to_string())
            }
            Some(SmsAct::Number(code)) => (200, String::new(), whole(about(code)).to_string()),
            Some(SmsAct::Whole(code)) => (200, String::new(), about(code).to_string()),
            Some(SmsAct::Http(status, body)) => (status, String::new(), body.to_owned()),
            Some(SmsAct::Redirect(to)) => (307, format!("Location: {to}\r\n"), String::new()),
            Some(SmsAct::Endless) => (200, String::new(), "x".repeat(1_000_000)),
            Some(SmsAct::TellKey) => {
                let words = format!("no such key: {API_ID}");
                let told = json!({"status": "ERROR", "status_code": 200, "status_text": words});
                (200, String::new(), told.to_string())
            }
            Some(SmsAct::Hang) => std::future::pending().await,
            Some(SmsAct::Close) => return,
        };
        let answer = format!(
            "HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n{extra}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The request's first line, and its body.
async fn read_request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut read = Vec::new();
    let head = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    };
    let headers = String::from_utf8(read[..head].to_vec()).ok()?;
    let length = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse().ok()).flatten()
    });
    let whole = head + 4 + length.unwrap_or(0);
    while read.len() < whole {
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    }
    let line = headers.lines().next()?.to_owned();
    Some((
        line,
        String::from_utf8(read[head + 4..whole].to_vec()).ok()?,
    ))
}
