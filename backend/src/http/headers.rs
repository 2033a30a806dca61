//! Headers that keep a browser from doing with an answer what it is not meant for.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;

/// An answer of the API is data: nothing is loaded, run or framed because of it.
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// Swagger UI brings its own files, writes styles into its elements, and asks the API that it shows.
const DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// Adds to each answer the headers that it does not have of its own.
pub async fn protect(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let path = request.path();
    let policy = if path.starts_with("/api/docs") {
        Some(DOCS)
    } else if path.starts_with("/api/") || path.starts_with("/health/") {
        Some(DATA)
    } else {
        // The page has its own.
        None
    };
    let mut answer = next.call(request).await?;
    let mut add = |name: HeaderName, value: &'static str| {
        if !answer.headers().contains_key(&name) {
            answer
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
    };
    add(X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(REFERRER_POLICY, "same-origin");
    if let Some(policy) = policy {
        add(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(answer)
}
