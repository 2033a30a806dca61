//! A person at the API: signed in or not, asking and getting answers.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use actix_http::Request;
use actix_web::body::{MessageBody, to_bytes};
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::test::TestRequest;
use actix_web::web::Bytes;
use contract::problem::{ErrorCode, FieldCode, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub type Call = Rc<dyn Fn(Request) -> Pin<Box<dyn Future<Output = Answer>>>>;

#[derive(Clone)]
pub struct Client {
    call: Call,
    token: Option<String>,
    pub id: i64,
    pub email: String,
}

impl Client {
    pub fn new(call: Call, token: Option<String>, id: i64, email: String) -> Self {
        Self {
            call,
            token,
            id,
            email,
        }
    }

    /// The same person, asking another process.
    pub fn through(&self, call: Call) -> Self {
        Self {
            call,
            ..self.clone()
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(&at(path))).await
    }

    pub async fn post(&self, path: &str, body: impl Serialize) -> Answer {
        self.send(TestRequest::post().uri(&at(path)).set_json(body))
            .await
    }

    /// A POST without a body.
    pub async fn act(&self, path: &str) -> Answer {
        self.send(TestRequest::post().uri(&at(path))).await
    }

    pub async fn patch(&self, path: &str, body: impl Serialize) -> Answer {
        self.send(TestRequest::patch().uri(&at(path)).set_json(body))
            .await
    }

    pub async fn put(&self, path: &str, body: impl Serialize) -> Answer {
        self.send(TestRequest::put().uri(&at(path)).set_json(body))
            .await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(TestRequest::delete().uri(&at(path))).await
    }

    /// A GET by somebody who has the answer with this tag already.
    pub async fn get_known(&self, path: &str, tag: &str) -> Answer {
        let request = TestRequest::get().uri(&at(path));
        self.send(request.insert_header(("If-None-Match", tag)))
            .await
    }

    /// A change to what was read with this tag.
    pub async fn patch_if(&self, path: &str, tag: &str, body: impl Serialize) -> Answer {
        let request = TestRequest::patch().uri(&at(path)).set_json(body);
        self.send(request.insert_header(("If-Match", tag))).await
    }

    pub async fn delete_if(&self, path: &str, tag: &str) -> Answer {
        let request = TestRequest::delete().uri(&at(path));
        self.send(request.insert_header(("If-Match", tag))).await
    }

    /// Any request, with this person's token.
    pub async fn send(&self, request: TestRequest) -> Answer {
        let request = match &self.token {
            Some(token) => request.insert_header(("Authorization", format!("Bearer {token}"))),
            None => request,
        };
        (self.call)(request.to_request()).await
    }
}

/// `recipients` is short for `/api/v1/recipients`.
fn at(path: &str) -> String {
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/api/v1/{path}")
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub async fn read<B: MessageBody + 'static>(
        response: Result<ServiceResponse<B>, actix_web::Error>,
    ) -> Self {
        let response = match response {
            Ok(response) => response.map_into_boxed_body().into_parts().1,
            // What a server would answer for an error that left the service.
            Err(error) => error.error_response(),
        };
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = to_bytes(response.into_body())
            .await
            .unwrap_or_else(|_| panic!("a body that ends"));
        Self {
            status,
            headers,
            body,
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(HeaderValue::to_str)
            .unwrap_or(Ok(""))
            .unwrap()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The document of an answer that went well.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert!(
            (200..300).contains(&self.status),
            "{} {}",
            self.status,
            self.text()
        );
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    #[track_caller]
    pub fn value(&self) -> Value {
        self.json()
    }

    /// The id of what was made.
    #[track_caller]
    pub fn id(&self) -> i64 {
        self.value()["id"].as_i64().unwrap()
    }

    /// The problem of an answer that went wrong.
    #[track_caller]
    pub fn problem(&self) -> Problem {
        assert!(self.status >= 400, "{} {}", self.status, self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        problem
    }

    #[track_caller]
    pub fn refused(&self, status: u16, code: ErrorCode) {
        assert_eq!(
            (self.status, self.problem().code),
            (status, code),
            "{}",
            self.text()
        );
    }

    /// A 422 with this error at this field.
    #[track_caller]
    pub fn wrong_field(&self, field: &str, code: FieldCode) {
        self.refused(422, ErrorCode::Invalid);
        let problem = self.problem();
        let codes: Vec<FieldCode> = problem
            .errors
            .of(field)
            .iter()
            .map(|error| error.code)
            .collect();
        assert!(codes.contains(&code), "{}", self.text());
    }
}
