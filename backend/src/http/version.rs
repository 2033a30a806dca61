//! Versions: `ETag` on reads, `304` when nothing changed, `If-Match` against lost updates.
//!
//! A tag is `"version-digest"`: the version counts changes of the thing itself and is what `If-Match` compares;
//! the digest covers the whole answer, in which other things (counts, a run's state) may change too.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{IF_MATCH, IF_NONE_MATCH};
use actix_web::{FromRequest, HttpRequest};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::{IntoParams, PartialSchema as _};

use crate::digest;
use crate::problem::ApiError;

/// The version that the caller has read, if it told.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Option<i64>);

impl IfMatch {
    /// Refuses a change to what was changed since.
    pub fn check(self, version: i64) -> Result<(), ApiError> {
        if self.0.is_none_or(|read| read == version) {
            Ok(())
        } else {
            Err(ApiError::Changed)
        }
    }
}

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(header) = request.headers().get(IF_MATCH) else {
            return ready(Ok(Self(None)));
        };
        let text = header.to_str().unwrap_or_default().trim();
        if text == "*" {
            return ready(Ok(Self(None)));
        }
        // What is not a tag of ours cannot match: version numbers are never negative.
        let version = text
            .trim_start_matches("W/")
            .trim_matches('"')
            .split('-')
            .next()
            .and_then(|v| v.parse().ok());
        ready(Ok(Self(Some(version.unwrap_or(-1)))))
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The `ETag` of what you read: a change to what was changed since is refused with 412.",
            ))
            .schema(Some(String::schema()));
        vec![parameter.build()]
    }
}

/// The tag of an answer.
pub fn tag(version: i64, json: &[u8]) -> String {
    format!("\"{version}-{}\"", digest::short(json))
}

/// Does the caller have this answer already?
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let known = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    // A compressing proxy may have made the tag weak.
    known == "*"
        || known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag)
}
