//! The way to the API: every request of the page goes through [`Client::call`].
//!
//! A feature lists its operations in `calls.rs` with the `operations!` macro and makes typed [`Call`]s of them. The client
//! adds the access token, which lives in memory only. When the API says that it has expired, the client asks for
//! a new one through the HttpOnly cookie (tabs take turns, see `turns`) and repeats the request once. When the API
//! wants the person to prove themselves first, the client has them asked (see `proofs`) and repeats it too.
//! Answers to reads are kept in memory, to be shown at once while a newer one is fetched; any change drops them.

mod act;
mod call;
mod downloads;
mod error;
mod event_stream;
mod kept;
mod loaded;
pub mod operation;
mod paused;
pub mod pictures;
mod proofs;
mod reading;
mod turns;
mod watching;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use contract::accounts::AccessToken;
use contract::problem::ErrorCode;
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use web_sys::RequestCredentials;
use yew::prelude::*;

pub use act::{Act, use_act};
pub use call::Call;
pub use error::CallError;
pub use loaded::{Loading, use_loaded, use_loaded_if};
pub use operation::{Method, Operation};
pub use paused::{use_answer_after_pause, use_settled};
pub use watching::Hold;

use crate::session::calls;
use kept::Kept;
use proofs::Proofs;

/// A value and the version it was read at.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    pub value: T,
    /// To be given back with a change, so that nobody's work is overwritten unseen.
    pub etag: Option<String>,
}

/// Which thing is changed, as it was read: so nobody's work is overwritten unseen.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub id: i64,
    pub etag: Option<String>,
}

impl<T> Answer<T> {
    /// The version of the thing with this id that was answered.
    pub fn version(&self, id: i64) -> Version {
        let etag = self.etag.clone();
        Version { id, etag }
    }
}

/// What the API wants of the person before it goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// To sign in: it takes neither the access token nor the refresh cookie any more, and says why.
    SignIn(CallError),
    /// To prove that it is them; [`Client::proved`] says what came of it.
    Proof,
    /// To turn on a second factor.
    SecondFactor,
}

/// Cheap to clone; there is one for the whole page.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
}

struct Inner {
    token: RefCell<Option<Rc<str>>>,
    kept: Kept,
    proofs: Proofs,
    /// Counts tokens, so that of many calls refused together only one asks for a new token.
    token_number: Cell<u64>,
    demand: Callback<Demand>,
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
    /// `demand` hears what only the person can do.
    pub fn new(demand: Callback<Demand>) -> Self {
        Self {
            inner: Rc::new(Inner {
                token: RefCell::default(),
                kept: Kept::default(),
                proofs: Proofs::default(),
                token_number: Cell::new(0),
                demand,
            }),
        }
    }

    /// Sends a request and reads its answer.
    pub async fn call<T>(&self, call: Call<T>) -> Result<Rc<Answer<T>>, CallError>
    where
        T: DeserializeOwned + 'static,
    {
        let send = async || reading::answer(&self.send(&call).await?).await;
        let answer = Rc::new(
            self.mended(call.is_repeatable_after_refresh(), send)
                .await?,
        );
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

    /// The person has proved that it is them, or would not: what waited for it goes on, or fails.
    pub fn proved(&self, proved: bool) {
        self.inner.proofs.answer(proved);
    }

    /// Forgets the token and everything that was read with it.
    pub fn forget(&self) {
        *self.inner.token.borrow_mut() = None;
        self.inner.kept.clear();
        self.proved(false);
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
            let asked = async {
                let response = client.send(&calls::REFRESH.call()).await?;
                reading::answer(&response).await
            };
            let answer: Result<Answer<AccessToken>, CallError> = asked.await;
            // Whoever has signed in meanwhile stays signed in, whatever becomes of the session before.
            if client.inner.token_number.get() == asked_with {
                client.take_token(&answer?.value);
            }
            Ok(())
        })
        .await
    }

    /// Sends, and sends again after what stood in the way could be mended.
    async fn mended<T>(
        &self,
        may_refresh: bool,
        send: impl AsyncFn() -> Result<T, CallError>,
    ) -> Result<T, CallError> {
        let asked_with = self.inner.token_number.get();
        let mut result = send().await;
        if may_refresh && code(&result) == Some(ErrorCode::SignedOut) {
            if let Err(error) = self.renew_token(asked_with).await {
                if error.means_signed_out() {
                    self.inner.demand.emit(Demand::SignIn(error.clone()));
                }
                return Err(error);
            }
            result = send().await;
        }
        let demand = &self.inner.demand;
        if code(&result) == Some(ErrorCode::ProofRequired) {
            let ask = || demand.emit(Demand::Proof);
            if self.inner.proofs.wait(ask).await {
                result = send().await;
            }
        }
        match (&result, code(&result)) {
            (_, Some(ErrorCode::SecondFactorSetupRequired)) => demand.emit(Demand::SecondFactor),
            // Signing in says so itself, at its form.
            (Err(error), Some(ErrorCode::Blocked)) if may_refresh => {
                demand.emit(Demand::SignIn(error.clone()));
            }
            _ => {}
        }
        result
    }

    async fn send<T>(&self, call: &Call<T>) -> Result<Response, CallError> {
        let mut request = self.with_token(
            start(call.method(), call.url())
                .credentials(RequestCredentials::SameOrigin)
                .header("Accept", "application/json"),
        );
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

    /// Reads an address that gives something else than JSON.
    async fn ask(&self, url: &str) -> Result<Response, CallError> {
        let request = self.with_token(start(Method::Get, url));
        request.send().await.map_err(|_| CallError::Unreachable)
    }

    fn with_token(&self, request: RequestBuilder) -> RequestBuilder {
        match self.token() {
            Some(token) => request.header("Authorization", &format!("Bearer {token}")),
            None => request,
        }
    }

    fn token(&self) -> Option<Rc<str>> {
        self.inner.token.borrow().clone()
    }

    fn drop_kept(&self) {
        self.inner.kept.clear();
    }
}

fn code<T>(result: &Result<T, CallError>) -> Option<ErrorCode> {
    result.as_ref().err().and_then(CallError::code)
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
