//! Answers. What belongs to a person may be kept by their browser only, and is asked about again each time.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, LOCATION, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use super::kept_body::KeptBody;
use super::version;
use crate::problem::ApiError;

/// What a handler gives.
pub type Reply = Result<HttpResponse, ApiError>;

const PRIVATE: (&str, &str) = ("Cache-Control", "private, no-cache");

const PUBLIC: (&str, &str) = ("Cache-Control", "public, no-cache");

/// A year is as good as for ever.
const PRIVATE_FOR_GOOD: &str = "private, max-age=31536000, immutable";
pub const PUBLIC_FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// 200 with a document.
pub fn ok(document: &impl Serialize) -> Reply {
    Ok(HttpResponse::Ok().insert_header(PRIVATE).json(document))
}

/// 200 with a document that nobody may keep.
pub fn once(document: &impl Serialize) -> Reply {
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(document))
}

/// 200 with a document and its tag, or 304 when the caller has it.
pub fn read(request: &HttpRequest, document: &impl Serialize, version: i64) -> Reply {
    let Tagged {
        mut response,
        json,
        tag,
    } = tagged(StatusCode::OK, document, version)?;
    if version::is_known(request, &tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    Ok(response.body(json))
}

/// 200 after a change, with the new tag.
pub fn changed(document: &impl Serialize, version: i64) -> Reply {
    let mut changed = tagged(StatusCode::OK, document, version)?;
    Ok(changed.response.body(changed.json))
}

/// 201 with where the new thing is.
pub fn created(path: &str, id: i64, document: &impl Serialize, version: i64) -> Reply {
    let mut created = tagged(StatusCode::CREATED, document, version)?;
    Ok(created
        .response
        .insert_header((LOCATION, format!("/api/v1/{path}/{id}")))
        .body(created.json))
}

/// 201 with what is shown this one time.
pub fn made_once(path: &str, id: i64, document: &impl Serialize) -> Reply {
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, format!("/api/v1/{path}/{id}")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(document))
}

/// 201 with what is found at this address from now on.
pub fn made_at(url: &str, document: &impl Serialize) -> Reply {
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, url))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(document))
}

/// How long a person's browser may show a file without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It was asked for by its name.
    ForGood,
    AskEachTime,
}

/// 200 with a file, or 304 when the caller has it. The file's name is its tag: another file has another name.
pub fn file(
    request: &HttpRequest,
    content_type: &str,
    name: &str,
    bytes: Bytes,
    keep: Keep,
) -> Reply {
    let cache = match keep {
        Keep::ForGood => PRIVATE_FOR_GOOD,
        Keep::AskEachTime => PRIVATE.1,
    };
    named(request, content_type, name, bytes, cache)
}

/// 200 with what everybody may read, or 304 when the caller has it. Anybody on the way may keep it too, but asks again
/// each time.
pub fn public(request: &HttpRequest, content_type: &str, body: &KeptBody) -> Reply {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((ETAG, body.tag.as_str()))
        .insert_header(PUBLIC)
        .insert_header((VARY, "Accept-Encoding"));
    if version::is_known(request, &body.tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let (encoding, bytes) = body.form(request);
    // Also where it is sent as it is: what is short is not to be compressed on the way out.
    if request.headers().contains_key(ACCEPT_ENCODING) {
        response.insert_header((CONTENT_ENCODING, encoding.as_str()));
    }
    Ok(response.content_type(content_type).body(bytes))
}

/// 200 with a file that everybody may read and keep for good: nothing else is ever found under its name.
pub fn immutable(request: &HttpRequest, content_type: &str, name: &str, bytes: Bytes) -> Reply {
    named(request, content_type, name, bytes, PUBLIC_FOR_GOOD)
}

/// 202: heard; what comes of it is told elsewhere.
pub fn accepted() -> Reply {
    Ok(HttpResponse::Accepted()
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish())
}

/// 202 with what is known of it by now.
pub fn accepted_with(document: &impl Serialize) -> Reply {
    Ok(HttpResponse::Accepted()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(document))
}

/// 204: done, nothing to say.
pub fn no_content() -> Reply {
    Ok(HttpResponse::NoContent().finish())
}

fn named(
    request: &HttpRequest,
    content_type: &str,
    name: &str,
    bytes: Bytes,
    cache: &str,
) -> Reply {
    let tag = format!("\"{name}\"");
    let mut response = HttpResponse::Ok();
    response
        .insert_header((ETAG, tag.as_str()))
        .insert_header((CACHE_CONTROL, cache));
    if version::is_known(request, &tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    Ok(response.content_type(content_type).body(bytes))
}

/// An answer that is to be sent with its document.
struct Tagged {
    response: HttpResponseBuilder,
    json: Vec<u8>,
    tag: String,
}

fn tagged(status: StatusCode, document: &impl Serialize, version: i64) -> Result<Tagged, ApiError> {
    let json = serde_json::to_vec(document).map_err(ApiError::ours)?;
    let tag = version::tag(version, &json);
    let mut response = HttpResponse::build(status);
    response
        .content_type("application/json")
        .insert_header((ETAG, tag.as_str()))
        .insert_header((CACHE_CONTROL, PRIVATE.1));
    Ok(Tagged {
        response,
        json,
        tag,
    })
}
