//! The outermost of what each request passes: headers that keep a browser from doing with an answer what it is not
//! meant for, tags of compressed answers ([`encoded`]), and `HEAD`.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest};

use super::encoded;

/// An answer of the API is data: nothing is loaded, run or framed because of it.
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// Swagger UI brings its own files, writes styles into its elements, and asks the API that it shows.
const DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// Stands with a request for the headers alone.
struct HeadersAlone;

/// Does the caller want the headers alone? Then what is answered is not read.
pub fn is_for_headers_alone(request: &HttpRequest) -> bool {
    request.extensions().contains::<HeadersAlone>()
}

/// Adds to each answer the headers that it does not have of its own.
pub async fn protect(
    mut request: ServiceRequest,
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
    if request.method() == Method::HEAD {
        // The same as GET (RFC 9110, 9.3.2); the server leaves the body out.
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(HeadersAlone);
    }
    let known = encoded::unmark(request.headers_mut());
    let mut answer = next.call(request).await?;
    let status = answer.status();
    encoded::mark(status, answer.headers_mut(), known);
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
