//! A bucket for tests: as much of S3 over HTTP on loopback as keeps files, with trouble on demand.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, ETAG, HeaderMap, LAST_MODIFIED};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use golub::config::{S3Config, Secret};
use sha2::{Digest as _, Sha256};

pub const BUCKET: &str = "pictures";
const ACCESS_KEY: &str = "AKGOLUB";
pub const SECRET_KEY: &str = "nobody may read this key";

/// Kept alive by its test; stopped when dropped.
pub struct S3Server {
    port: u16,
    state: Shared,
    handle: ServerHandle,
}

type Shared = Arc<Mutex<State>>;

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Bytes>,
    /// So many requests are answered 503.
    busy: usize,
    asked: usize,
}

impl S3Server {
    pub fn start() -> Self {
        let state = Shared::default();
        let served = state.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(Data::new(served.clone()))
                .app_data(web::PayloadConfig::new(32 * 1024 * 1024))
                .default_service(web::to(answer))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let port = server.addrs()[0].port();
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self {
            port,
            state,
            handle,
        }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// For `files.s3`.
    pub fn config(&self, prefix: &str) -> S3Config {
        S3Config {
            endpoint: self.url(),
            region: "eu-north-1".to_owned(),
            bucket: BUCKET.to_owned(),
            prefix: prefix.to_owned(),
            access_key: Secret::new(ACCESS_KEY),
            secret_key: Secret::new(SECRET_KEY),
            path_style: true,
        }
    }

    /// Its environment, for a process of its own.
    pub fn environment(&self) -> [(&'static str, String); 5] {
        [
            ("GOLUB__FILES__S3__ENDPOINT", self.url()),
            ("GOLUB__FILES__S3__REGION", "eu-north-1".to_owned()),
            ("GOLUB__FILES__S3__BUCKET", BUCKET.to_owned()),
            ("GOLUB__FILES__S3__ACCESS_KEY", ACCESS_KEY.to_owned()),
            ("GOLUB__FILES__S3__SECRET_KEY", SECRET_KEY.to_owned()),
        ]
    }

    /// The next requests find it too busy.
    pub fn is_busy_for(&self, requests: usize) {
        self.state.lock().unwrap().busy = requests;
    }

    pub fn names(&self) -> Vec<String> {
        self.state.lock().unwrap().objects.keys().cloned().collect()
    }

    pub fn requests(&self) -> usize {
        self.state.lock().unwrap().asked
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        // Told at once, done by its own thread.
        drop(self.handle.stop(false));
    }
}

async fn answer(request: HttpRequest, body: Bytes, state: Data<Shared>) -> HttpResponse {
    let mut state = state.lock().unwrap();
    state.asked += 1;
    if state.busy > 0 {
        state.busy -= 1;
        return HttpResponse::ServiceUnavailable().body("<Error><Code>SlowDown</Code></Error>");
    }
    if !is_signed(request.headers(), &body) {
        return HttpResponse::Forbidden().body("<Error><Code>AccessDenied</Code></Error>");
    }
    let Some(name) = request.path().strip_prefix(&format!("/{BUCKET}/")) else {
        return HttpResponse::NotFound().body("<Error><Code>NoSuchBucket</Code></Error>");
    };
    match *request.method() {
        Method::PUT => {
            state.objects.insert(name.to_owned(), body);
            HttpResponse::Ok().insert_header((ETAG, "\"1\"")).finish()
        }
        Method::GET => match state.objects.get(name) {
            Some(object) => HttpResponse::Ok()
                .insert_header((ETAG, "\"1\""))
                .insert_header((LAST_MODIFIED, "Wed, 01 May 2030 06:00:00 GMT"))
                .body(object.clone()),
            None => HttpResponse::NotFound().body("<Error><Code>NoSuchKey</Code></Error>"),
        },
        Method::DELETE => {
            state.objects.remove(name);
            HttpResponse::NoContent().finish()
        }
        _ => HttpResponse::MethodNotAllowed().finish(),
    }
}

/// By our key, for our region, over the host and what was sent.
fn is_signed(headers: &HeaderMap, body: &[u8]) -> bool {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let authorization = header(AUTHORIZATION.as_str());
    let (_, signed) = authorization
        .split_once("SignedHeaders=")
        .unwrap_or_default();
    let (signed, signature) = signed.split_once(", Signature=").unwrap_or_default();
    let covers = |name: &str| signed.split(';').any(|signed| signed == name);
    let digest: String = Sha256::digest(body)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    authorization.starts_with(&format!("AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/"))
        && authorization.contains("/eu-north-1/s3/aws4_request")
        && covers("host")
        && covers("x-amz-content-sha256")
        && signature.len() == 64
        && header("x-amz-content-sha256") == digest
}
