//! Inputs: JSON bodies, ids in paths and queries, each refused with a clear problem when it cannot be read.

use std::future::{Future, Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::{FromRequest, HttpRequest, web};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::{IntoParams, PartialSchema as _, ToSchema};

use crate::problem::ApiError;

/// Larger bodies are refused before they are read to their end.
pub const BODY_LIMIT: usize = 2 * 1024 * 1024;

const PICTURE_TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// How much of a wrong input an answer repeats, in characters.
const SHOWN_LIMIT: usize = 200;

/// A JSON body. A field of the wrong type is an error at that field.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// The same, where an empty body means the default.
#[derive(Debug)]
pub struct OptionalBody<T>(pub T);

/// The bytes of a picture, at most so many. What they are is for who decodes them to find out; the type that the
/// request names only tells apart what was not meant as a picture.
#[derive(Debug)]
pub struct PictureBody<const LIMIT: usize>(pub web::Bytes);

/// The bytes of a picture.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it is there for the API's description alone")]
pub struct PictureFile(Vec<u8>);

/// The `{id}` of the path; what is not an id cannot be found.
#[derive(Clone, Copy, Debug)]
pub struct PathId(pub i64);

/// The query of the address.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(
            async move { parse(&request, &read(&request, payload, BODY_LIMIT).await?).map(Self) },
        )
    }
}

impl<T: DeserializeOwned + Default> FromRequest for OptionalBody<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(&request, payload, BODY_LIMIT).await?;
            if bytes.is_empty() {
                Ok(Self(T::default()))
            } else {
                parse(&request, &bytes).map(Self)
            }
        })
    }
}

impl<const LIMIT: usize> FromRequest for PictureBody<LIMIT> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !PICTURE_TYPES.contains(&content_type(&request).as_str()) {
                return Err(ApiError::UnsupportedMediaType);
            }
            let bytes = read(&request, payload, LIMIT).await?;
            Ok(Self(bytes.freeze()))
        })
    }
}

impl FromRequest for PathId {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            request
                .match_info()
                .get("id")
                .and_then(|id| id.parse().ok())
                .map(Self)
                .ok_or(ApiError::NotFound),
        )
    }
}

impl IntoParams for PathId {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name("id")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(i64::schema()))
            .example(Some(1.into()));
        vec![parameter.build()]
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<T>::from_query(request.query_string());
        ready(
            query
                .map(|query| Self(query.into_inner()))
                .map_err(|error| ApiError::Unreadable(error.to_string())),
        )
    }
}

async fn read(
    request: &HttpRequest,
    mut payload: Payload,
    limit: usize,
) -> Result<web::BytesMut, ApiError> {
    let announced = request.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(ApiError::TooLarge);
    }
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            ApiError::Unreadable(format!("The body could not be read: {error}."))
        })?;
        if bytes.len() + chunk.len() > limit {
            return Err(ApiError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(request: &HttpRequest, bytes: &[u8]) -> Result<T, ApiError> {
    if content_type(request) != "application/json" {
        return Err(ApiError::UnsupportedMediaType);
    }
    // A list would be taken for an object without its fields' names; and an empty one for no change at all.
    if bytes.trim_ascii_start().starts_with(b"[") {
        let detail = "The body must be a JSON object, not a list.".to_owned();
        return Err(ApiError::Unreadable(detail));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        if cause.is_data() {
            wrong_data(&path, &cause)
        } else {
            not_json(&cause)
        }
    })?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

/// The type that the request names for its body, without what may follow it.
fn content_type(request: &HttpRequest) -> String {
    let named = request.headers().get(CONTENT_TYPE);
    let named = named.and_then(|value| value.to_str().ok());
    let essence = named.and_then(|named| named.split(';').next());
    essence.unwrap_or_default().trim().to_ascii_lowercase()
}

fn not_json(error: &serde_json::Error) -> ApiError {
    ApiError::Unreadable(format!("The body is not JSON: {error}."))
}

/// JSON of another shape than is asked for: an error at its field.
fn wrong_data(path: &str, cause: &serde_json::Error) -> ApiError {
    let message = cause.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let code = if message.starts_with("missing field") {
        FieldCode::Required
    } else if message.starts_with("unknown field") {
        FieldCode::UnknownField
    } else {
        FieldCode::WrongType
    };
    let named = match code {
        FieldCode::WrongType => None,
        _ => message.split('`').nth(1),
    };
    // The path leads to what has, or should have, the field; it may end with the field already.
    let field = match (path, named) {
        (".", Some(name)) => name.to_owned(),
        (path, Some(name)) if path != name && !path.ends_with(&format!(".{name}")) => {
            format!("{path}.{name}")
        }
        (path, _) => path.to_owned(),
    };
    if field == "." {
        return ApiError::Unreadable(format!("The body must be a JSON object: {message}."));
    }
    // What somebody sent may be long: it would only fill the answer.
    let error = FieldError::new(code, shortened(message));
    ApiError::Invalid(FieldErrors::one(&shortened(&field), error))
}

fn shortened(text: &str) -> String {
    text.chars().take(SHOWN_LIMIT).collect()
}
