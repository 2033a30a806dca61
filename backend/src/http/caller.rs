//! Who is calling: looked up once per request, before any handler.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest as _, HttpMessage, HttpRequest, web};
use chrono::{DateTime, Utc};
use contract::accounts::api_tokens::TOKEN_PREFIX;
use contract::listing::Owner;
use contract::permissions::{Permission, Role};
use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter as _, Select};

use crate::accounts::api_tokens::entity as api_token;
use crate::accounts::api_tokens::key;
use crate::accounts::entity as user;
use crate::accounts::second_factor;
use crate::accounts::sessions;
use crate::accounts::tokens::Claims;
use crate::app::App;
use crate::http::client::Client;
use crate::problem::ApiError;

/// The signed-in person behind a request.
#[derive(Clone, Debug)]
pub struct CurrentUser {
    pub id: i64,
    pub email: String,
    pub full_name: String,
    pub role: Role,
    pub via: Via,
    /// The client's address.
    pub client: String,
    /// The account must turn on its second factor before it may do anything else.
    pub must_set_up: bool,
}

/// What proved who is calling.
#[derive(Clone, Debug)]
pub enum Via {
    Session {
        id: i64,
        /// When the person last proved, with all their factors, that it is them.
        proved_at: Option<DateTime<Utc>>,
        /// That is not long ago.
        proved: bool,
    },
    ApiToken {
        id: i64,
        name: String,
        scopes: Vec<Permission>,
    },
}

impl CurrentUser {
    /// May they, by their role, and by their API token where they use one?
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
            && match &self.via {
                Via::Session { .. } => true,
                Via::ApiToken { scopes, .. } => scopes.contains(&permission),
            }
    }

    /// Refuses what they may not do, and says why.
    pub fn needs(&self, permission: Permission) -> Result<(), ApiError> {
        self.needs_one_of(&[permission])
    }

    pub fn needs_one_of(&self, permissions: &[Permission]) -> Result<(), ApiError> {
        if permissions.iter().any(|permission| self.may(*permission)) {
            Ok(())
        } else if permissions
            .iter()
            .any(|permission| self.role.may(*permission))
        {
            Err(ApiError::ScopeMissing)
        } else {
            Err(ApiError::Forbidden)
        }
    }

    /// To whom they are confined: to themselves, unless they hold the permission to reach what is everybody's.
    pub fn confined_to(&self, everybodys: Permission) -> Option<i64> {
        (!self.may(everybodys)).then_some(self.id)
    }

    /// Do they reach what is this owner's?
    pub fn reaches(&self, everybodys: Permission, owner_id: i64) -> bool {
        self.confined_to(everybodys)
            .is_none_or(|confined_to| confined_to == owner_id)
    }

    /// Those of the rows that they reach.
    pub fn within_reach<E: EntityTrait>(
        &self,
        everybodys: Permission,
        rows: Select<E>,
        owner: E::Column,
    ) -> Select<E> {
        match self.confined_to(everybodys) {
            None => rows,
            Some(owner_id) => rows.filter(owner.eq(owner_id)),
        }
    }

    pub fn session_id(&self) -> Option<i64> {
        match self.via {
            Via::Session { id, .. } => Some(id),
            Via::ApiToken { .. } => None,
        }
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

impl From<&CurrentUser> for Owner {
    fn from(user: &CurrentUser) -> Self {
        Self {
            id: user.id,
            email: user.email.clone(),
            full_name: user.full_name.clone(),
        }
    }
}

/// Finds the session or the API token that the bearer token names, and leaves the person with the request.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let token = bearer_token(request.request()).map(str::to_owned);
    let app = request.app_data::<web::Data<App>>().cloned();
    if let (Some(token), Some(app)) = (token, app) {
        match find(&app, &token).await {
            Ok(Some((via, person))) => {
                let client = Client::extract(request.request()).await?.address;
                let current = current(&app, via, person, client);
                request.extensions_mut().insert(current);
            }
            Ok(None) => {}
            Err(error) => return Ok(request.error_response(error)),
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// The token that a request bears, whatever it is worth.
pub fn bearer_token(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?;
    bearer(header.to_str().ok()?)
}

async fn find(app: &App, token: &str) -> Result<Option<(Via, user::Model)>, ApiError> {
    let now = app.clock.now();
    if token.starts_with(TOKEN_PREFIX) {
        return api_token(key::find(app, token, now).await?);
    }
    let Some(claims) = app.tokens.read_access_token(token, now) else {
        return Ok(None);
    };
    by_session(app, &claims, now).await
}

async fn by_session(
    app: &App,
    claims: &Claims,
    now: DateTime<Utc>,
) -> Result<Option<(Via, user::Model)>, ApiError> {
    let found = sessions::find(app.database.read(), claims, now).await?;
    Ok(found.map(|(session, person)| {
        let proved_at = session.proved_at;
        let proved = proved_at.is_some_and(|at| now < at + app.config.auth.proof_for);
        let via = Via::Session {
            id: session.id,
            proved_at,
            proved,
        };
        (via, person)
    }))
}

fn api_token(
    found: Option<(api_token::Model, user::Model)>,
) -> Result<Option<(Via, user::Model)>, ApiError> {
    let Some((token, person)) = found else {
        return Ok(None);
    };
    let via = Via::ApiToken {
        id: token.id,
        scopes: key::scopes(&token)?,
        name: token.name,
    };
    Ok(Some((via, person)))
}

/// The same person as they are now, if what they came with still holds: for answers that go on for long. An access
/// token's own end is not looked at; the session behind it is.
pub async fn again(app: &App, before: &CurrentUser) -> Result<Option<CurrentUser>, ApiError> {
    let now = app.clock.now();
    let found = match before.via {
        Via::Session { id, .. } => {
            let claims = Claims {
                sub: before.id,
                sid: id,
                exp: 0,
            };
            by_session(app, &claims, now).await?
        }
        Via::ApiToken { id, .. } => api_token(key::find_again(app, id, now).await?)?,
    };
    Ok(found.map(|(via, person)| current(app, via, person, before.client.clone())))
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn current(app: &App, via: Via, person: user::Model, client: String) -> CurrentUser {
    let must_set_up = second_factor::must_set_up(app.config.accounts.second_factor, &person);
    let user::Model {
        id,
        email,
        full_name,
        role,
        ..
    } = person;
    CurrentUser {
        id,
        email,
        full_name,
        role: role.into(),
        via,
        client,
        must_set_up,
    }
}
