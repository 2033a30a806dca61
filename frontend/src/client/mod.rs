//! The way to the API: every request of the page goes through [`Client::call`].
//!
//! A feature lists its operations in `calls.rs` with the `operations!` macro and makes typed [`Call`]s of them. The client
//! adds the access token, which lives in memory only. When the API says that it has expired, the client asks for
//! a new one through the HttpOnly cookie (tabs take turns, see `turns`) and repeats the request once.
//! Answers to reads are kept in memory, to be shown at once while a newer one is fetched; any change drops them.

mod act;
mod call;
mod error;
mod kept;
mod loaded;
mod operation;
mod turns;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use contract::accounts::AccessToken;
use contract::problem::{ErrorCode, Problem};
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use web_sys::RequestCredentials;
use yew::prelude::*;

pub use act::{Act, use_act};
pub use call::Call;
pub use error::CallError;
pub use loaded::{Loading, use_loaded, use_loaded_if};
pub use operation::{Method, Operation};

use crate::session::calls;
use kept::Kept;

/// A value and the version it was read at.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    pub value: T,
    /// To be given back with a change, so that nobody's work is overwritten unseen.
    pub etag: Option<String>,
}

/// Cheap to clone; there is one for the whole page.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
}

struct Inner {
    token: RefCell<Option<Rc<str>>>,
    kept: Kept,
    /// Counts tokens, so that of many calls refused together only one asks for a new token.
    token_number: Cell<u64>,
    session_ended: Callback<()>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

#[hook]
pub fn use_client() -> Client {
    use_context::<Client>().unwrap_or_else(|| Client::new(Callback::noop()))
}

impl Client {
    /// `session_ended` is called when the API takes neither the access token nor the refresh cookie any more.
    pub fn new(session_ended: Callback<()>) -> Self {
        Self {
            inner: Rc::new(Inner {
                token: RefCell::default(),
                kept: Kept::default(),
                token_number: Cell::new(0),
                session_ended,
            }),
        }
    }

    /// Sends a request and reads its answer.
    pub async fn call<T>(&self, call: Call<T>) -> Result<Rc<Answer<T>>, CallError>
    where
        T: DeserializeOwned + 'static,
    {
        let asked_with = self.inner.token_number.get();
        let mut response = self.send(&call).await?;
        if response.status() == 401 && call.is_repeatable_after_refresh() {
            let refused = read_problem(&response).await;
            if !matches!(&refused, CallError::Refused(problem) if problem.code == ErrorCode::SignedOut)
            {
                return Err(refused);
            }
            if let Err(error) = self.renew_token(asked_with).await {
                if error.means_signed_out() {
                    self.inner.session_ended.emit(());
                }
                return Err(error);
            }
            response = self.send(&call).await?;
        }
        let answer = Rc::new(read_answer(&response).await?);
        if call.is_read() {
            self.inner.kept.put(call.url(), answer.clone());
        } else if call.changes() {
            self.inner.kept.clear();
        }
        Ok(answer)
    }

    /// The last answer to this read, if it is still kept.
    pub fn kept<T: 'static>(&self, call: &Call<T>) -> Option<Rc<Answer<T>>> {
        self.inner.kept.get(call.url())
    }

    /// Takes a token that signing in gave.
    pub fn take_token(&self, token: &AccessToken) {
        *self.inner.token.borrow_mut() = Some(token.access_token.as_str().into());
        self.inner
            .token_number
            .set(self.inner.token_number.get() + 1);
    }

    /// Forgets the token and everything that was read with it.
    pub fn forget(&self) {
        *self.inner.token.borrow_mut() = None;
        self.inner.kept.clear();
    }

    /// Which token calls are sent with now.
    pub fn token_number(&self) -> u64 {
        self.inner.token_number.get()
    }

    /// Asks for a new access token, unless another call got one since the token of number `asked_with`.
    pub async fn renew_token(&self, asked_with: u64) -> Result<(), CallError> {
        let client = self.clone();
        turns::take_turn("golub.refresh", async move {
            if client.inner.token_number.get() != asked_with {
                return Ok(());
            }
            let response = client.send(&calls::REFRESH.call()).await?;
            let token: Answer<AccessToken> = read_answer(&response).await?;
            client.take_token(&token.value);
            Ok(())
        })
        .await
    }

    async fn send<T>(&self, call: &Call<T>) -> Result<Response, CallError> {
        let mut request = start(call.method(), call.url())
            .credentials(RequestCredentials::SameOrigin)
            .header("Accept", "application/json");
        if let Some(token) = self.inner.token.borrow().as_deref() {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        if let Some(etag) = call.if_match_header() {
            request = request.header("If-Match", etag);
        }
        if let Some(key) = call.idempotency_key() {
            request = request.header("Idempotency-Key", key);
        }
        let sent = match call.body_json() {
            Some(body) => {
                let request = request
                    .header("Content-Type", "application/json")
                    .body(body.to_owned())
                    .map_err(|_| CallError::Unreachable)?;
                request.send().await
            }
            None => request.send().await,
        };
        sent.map_err(|_| CallError::Unreachable)
    }
}

fn start(method: Method, url: &str) -> RequestBuilder {
    match method {
        Method::Get => Request::get(url),
        Method::Post => Request::post(url),
        Method::Put => Request::put(url),
        Method::Patch => Request::patch(url),
        Method::Delete => Request::delete(url),
    }
}

async fn read_answer<T: DeserializeOwned>(response: &Response) -> Result<Answer<T>, CallError> {
    if !response.ok() {
        return Err(read_problem(response).await);
    }
    let etag = response.headers().get("etag");
    let text = response.text().await.map_err(|_| CallError::Unreachable)?;
    // 204 has no body; `()` reads itself from null.
    let json = if text.is_empty() { "null" } else { &text };
    match serde_json::from_str(json) {
        Ok(value) => Ok(Answer { value, etag }),
        Err(_) => Err(CallError::Unreadable(response.status())),
    }
}

async fn read_problem(response: &Response) -> CallError {
    match response.json::<Problem>().await {
        Ok(problem) => CallError::Refused(Rc::new(problem)),
        Err(_) => CallError::Unreadable(response.status()),
    }
}
