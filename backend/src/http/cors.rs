//! Other sites' pages at the API: only those the settings name, with a token of their own, never with our cookies.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    HeaderMap, HeaderValue, ORIGIN, VARY,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use crate::app::App;

const METHODS: &str = "GET, POST, PUT, PATCH, DELETE";
const HEADERS: &str = "authorization, content-type, if-match, if-none-match, idempotency-key";
const EXPOSED: &str = "etag, location";

/// Tells the browsers of named sites that they may, before (a preflight) and after.
pub async fn share(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let origins = request
        .app_data::<web::Data<App>>()
        .map_or(&[][..], |app| &app.config.http.cors_origins);
    if origins.is_empty() || !request.path().starts_with("/api/") {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let origin = request
        .headers()
        .get(ORIGIN)
        .filter(|origin| {
            origins
                .iter()
                .any(|named| named.as_bytes() == origin.as_bytes())
        })
        .cloned();
    let is_preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut answer = if is_preflight && origin.is_some() {
        request.into_response(HttpResponse::NoContent().finish())
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    allow(answer.headers_mut(), origin, is_preflight);
    Ok(answer)
}

fn allow(headers: &mut HeaderMap, origin: Option<HeaderValue>, is_preflight: bool) {
    // A cache must not give one site's answer to another.
    headers.append(VARY, HeaderValue::from_static("Origin"));
    let Some(origin) = origin else {
        return;
    };
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let more: &[_] = if is_preflight {
        &[
            (ACCESS_CONTROL_ALLOW_METHODS, METHODS),
            (ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
            (ACCESS_CONTROL_MAX_AGE, "600"),
        ]
    } else {
        &[(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)]
    };
    for (name, value) in more {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
}
