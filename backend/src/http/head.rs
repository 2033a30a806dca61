//! `HEAD`: the same as `GET` (RFC 9110, 9.3.2); the server leaves the body out.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest};

/// Stands with a request for the headers alone.
struct HeadersAlone;

/// Does the caller want the headers alone? Then what is answered is not read.
pub fn is_for_headers_alone(request: &HttpRequest) -> bool {
    request.extensions().contains::<HeadersAlone>()
}

/// Lets what is behind know `GET` alone.
pub async fn as_get(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(HeadersAlone);
    }
    next.call(request).await
}
