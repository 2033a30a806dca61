//! `/metrics`, and who may read it: whoever has the token; where none is set, who asks from this machine itself.

use std::net::IpAddr;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};

use super::gather::gather;
use crate::app::App;
use crate::config::Secret;
use crate::http::caller::bearer_token;
use crate::http::reply::Reply;
use crate::problem::ApiError;

pub fn routes(config: &mut ServiceConfig) {
    config.service(metrics);
}

#[get("/metrics")]
async fn metrics(request: HttpRequest, app: Data<App>) -> Reply {
    let forwarded = ["x-forwarded-for", "forwarded", "x-real-ip"];
    let asked = Asked {
        peer: request.peer_addr().map(|peer| peer.ip()),
        is_forwarded: forwarded
            .iter()
            .any(|name| request.headers().contains_key(*name)),
        token: bearer_token(&request),
    };
    asked.may_read(&app.config.metrics.token)?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header(("Cache-Control", "no-store"))
        .body(gather(&app).await?))
}

/// What a request shows of who asks.
#[derive(Clone, Copy, Debug)]
struct Asked<'a> {
    peer: Option<IpAddr>,
    /// A proxy passed it on: then the nearest address is the proxy's, and says nothing.
    is_forwarded: bool,
    token: Option<&'a str>,
}

impl Asked<'_> {
    fn may_read(self, token: &Secret) -> Result<(), ApiError> {
        if !token.is_empty() {
            let fits = self
                .token
                .is_some_and(|given| is_same(given, token.reveal()));
            return if fits {
                Ok(())
            } else {
                Err(ApiError::SignedOut)
            };
        }
        let is_here = self
            .peer
            .is_some_and(|peer| peer.to_canonical().is_loopback());
        if is_here && !self.is_forwarded {
            Ok(())
        } else {
            Err(ApiError::Forbidden)
        }
    }
}

/// Compares in a time that does not tell where they differ.
fn is_same(given: &str, expected: &str) -> bool {
    let (given, expected) = (given.as_bytes(), expected.as_bytes());
    let differences = given
        .iter()
        .zip(expected)
        .fold(0, |all, (one, other)| all | (one ^ other));
    given.len() == expected.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, is_forwarded: bool, token: Option<&'static str>) -> Asked<'static> {
        Asked {
            peer: peer.parse().ok(),
            is_forwarded,
            token,
        }
    }

    #[test]
    fn without_a_token_only_this_machine_reads() {
        let none = Secret::default();
        let may = |asked: Asked<'_>| asked.may_read(&none).is_ok();
        assert!(may(asked("127.0.0.1", false, None)));
        assert!(may(asked("::1", false, None)));
        assert!(may(asked("::ffff:127.0.0.1", false, None)));
        assert!(!may(asked("127.0.0.1", true, None)));
        assert!(!may(asked("192.0.2.1", false, Some(""))));
        assert!(!may(asked("", false, None)));
    }

    #[test]
    fn with_a_token_nothing_else_counts() {
        let token = Secret::new("hunter2");
        let may = |asked: Asked<'_>| asked.may_read(&token).is_ok();
        assert!(may(asked("192.0.2.1", true, Some("hunter2"))));
        for wrong in [
            None,
            Some(""),
            Some("hunter"),
            Some("hunter22"),
            Some("Hunter2"),
        ] {
            assert!(!may(asked("127.0.0.1", false, wrong)), "{wrong:?}");
        }
    }
}
