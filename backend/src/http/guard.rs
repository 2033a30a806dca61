//! Guards: a handler's first argument proves that the caller may do what it does, and yields who that is.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use contract::permissions::Permission;

use super::caller::{CurrentUser, Via};
use crate::problem::ApiError;

/// Somebody signed in, whatever their role, also if they must still set up their second factor: for what tells them
/// so.
#[derive(Debug)]
pub struct Known(pub CurrentUser);

/// Somebody signed in by a session, not by an API token; also if they must still set up their second factor, so that
/// they can.
#[derive(Debug)]
pub struct InPerson(pub CurrentUser);

/// Somebody signed in by a session who has proved not long ago, with all their factors, that it is them.
#[derive(Debug)]
pub struct Proved(pub CurrentUser);

/// The same, also if they must still set up their second factor, so that they can.
#[derive(Debug)]
pub struct ProvedInPerson(pub CurrentUser);

/// Anybody; the person, if they are signed in.
#[derive(Debug)]
pub struct Anyone(pub Option<CurrentUser>);

/// Somebody signed in who holds what `P` names, by their role and by their API token.
#[derive(Debug)]
pub struct Allowed<P> {
    pub user: CurrentUser,
    proved: PhantomData<P>,
}

/// Permissions as a type: one of them is needed.
pub trait Needs {
    const ONE_OF: &'static [Permission];
}

macro_rules! permissions {
    ($($name:ident),+ $(,)?) => {
        $(
            #[derive(Debug)]
            pub struct $name;

            impl Needs for $name {
                const ONE_OF: &'static [Permission] = &[Permission::$name];
            }
        )+
    };
}

permissions!(
    KeepOwnProfile,
    KeepOwnMailings,
    SeeMailings,
    SeeEverything,
    BlockUsers,
    ManageUsers,
    ReadCapturedMail,
    ReadAuditLog,
    WriteBlog,
);

/// To send a mailing on demand: one's own, or anybody's.
#[derive(Debug)]
pub struct SendMailings;

impl Needs for SendMailings {
    const ONE_OF: &'static [Permission] =
        &[Permission::KeepOwnMailings, Permission::SendAnyMailing];
}

/// To stop a mailing for good: one's own, or anybody's.
#[derive(Debug)]
pub struct StopMailings;

impl Needs for StopMailings {
    const ONE_OF: &'static [Permission] =
        &[Permission::KeepOwnMailings, Permission::StopAnyMailing];
}

impl FromRequest for Anyone {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(caller(request).ok())))
    }
}

impl FromRequest for Known {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request).map(Self))
    }
}

impl FromRequest for InPerson {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request).and_then(|user| match user.via {
            Via::Session { .. } => Ok(Self(user)),
            Via::ApiToken { .. } => Err(ApiError::SessionRequired),
        }))
    }
}

impl FromRequest for Proved {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(set_up(request).and_then(proved).map(Self))
    }
}

impl FromRequest for ProvedInPerson {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request).and_then(proved).map(Self))
    }
}

impl<P: Needs> FromRequest for Allowed<P> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(set_up(request).and_then(|user| {
            user.needs_one_of(P::ONE_OF)?;
            Ok(Self {
                user,
                proved: PhantomData,
            })
        }))
    }
}

fn proved(user: CurrentUser) -> Result<CurrentUser, ApiError> {
    match user.via {
        Via::Session { proved: true, .. } => Ok(user),
        Via::Session { proved: false, .. } => Err(ApiError::ProofRequired),
        Via::ApiToken { .. } => Err(ApiError::SessionRequired),
    }
}

/// The caller, unless they must set up their second factor first.
fn set_up(request: &HttpRequest) -> Result<CurrentUser, ApiError> {
    let user = caller(request)?;
    if user.must_set_up {
        return Err(ApiError::SecondFactorSetupRequired);
    }
    Ok(user)
}

fn caller(request: &HttpRequest) -> Result<CurrentUser, ApiError> {
    request
        .extensions()
        .get::<CurrentUser>()
        .cloned()
        .ok_or(ApiError::SignedOut)
}
