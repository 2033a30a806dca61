//! Whatever goes wrong is told as a problem document, also what the framework itself refuses.

use actix_web::Error;
use actix_web::ResponseError as _;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::middleware::Next;

use crate::problem::ApiError;

/// Turns refusals that are no problem documents yet into problem documents.
pub async fn tell(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    if is_problem(answer.headers()) {
        return Ok(answer);
    }
    match told(answer.status()) {
        Some(error) => {
            let (request, _) = answer.into_parts();
            Ok(ServiceResponse::new(request, error.error_response()))
        }
        None => Ok(answer),
    }
}

fn is_problem(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/problem+json")
}

fn told(status: StatusCode) -> Option<ApiError> {
    match status {
        StatusCode::BAD_REQUEST => Some(ApiError::Unreadable(
            "The request cannot be read.".to_owned(),
        )),
        StatusCode::NOT_FOUND => Some(ApiError::NotFound),
        StatusCode::PAYLOAD_TOO_LARGE => Some(ApiError::TooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(ApiError::UnsupportedMediaType),
        status if status.is_server_error() => {
            Some(ApiError::Ours(format!("the framework answered {status}")))
        }
        _ => None,
    }
}
