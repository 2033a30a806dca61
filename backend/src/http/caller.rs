//! Who is calling: looked up once per request, before any handler.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use contract::permissions::{Permission, Role};

use crate::accounts::entity as user;
use crate::accounts::sessions;
use crate::app::App;
use crate::problem::ApiError;

/// The signed-in person behind a request.
#[derive(Clone, Debug)]
pub struct CurrentUser {
    pub id: i64,
    pub session_id: i64,
    pub email: String,
    pub full_name: String,
    pub role: Role,
}

impl CurrentUser {
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    /// The name to show to others; the address where there is none.
    pub fn name(&self) -> &str {
        if self.full_name.is_empty() {
            &self.email
        } else {
            &self.full_name
        }
    }
}

/// Finds the session that the access token names, and leaves the person with the request.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let token = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(bearer);
    if let (Some(token), Some(app)) = (token, request.app_data::<web::Data<App>>()) {
        let now = app.clock.now();
        if let Some(claims) = app.tokens.read_access_token(token, now) {
            match sessions::find(app.database.read(), &claims, now).await {
                Ok(Some((session, person))) => {
                    request.extensions_mut().insert(current(session.id, person));
                }
                Ok(None) => {}
                Err(error) => return Ok(request.error_response(ApiError::from(error))),
            }
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn current(session_id: i64, person: user::Model) -> CurrentUser {
    let user::Model {
        id,
        email,
        full_name,
        role,
        ..
    } = person;
    CurrentUser {
        id,
        session_id,
        email,
        full_name,
        role: role.into(),
    }
}
