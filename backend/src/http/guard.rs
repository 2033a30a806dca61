//! Guards: a handler's first argument proves that the caller may do what it does, and yields who that is.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use contract::permissions::Permission;

use super::caller::CurrentUser;
use crate::problem::ApiError;

/// Somebody signed in, whatever their role.
#[derive(Debug)]
pub struct SignedIn(pub CurrentUser);

/// Anybody; the person, if they are signed in.
#[derive(Debug)]
pub struct Anyone(pub Option<CurrentUser>);

/// Somebody signed in whose role holds the permission `P`.
#[derive(Debug)]
pub struct Allowed<P> {
    pub user: CurrentUser,
    proved: PhantomData<P>,
}

/// A permission as a type.
pub trait Needs {
    const PERMISSION: Permission;
}

macro_rules! permissions {
    ($($name:ident),+ $(,)?) => {
        $(
            #[derive(Debug)]
            pub struct $name;

            impl Needs for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+
    };
}

permissions!(KeepOwnMailings, SeeMailings, ReadCapturedMail);

impl FromRequest for Anyone {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(caller(request).ok())))
    }
}

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request).map(Self))
    }
}

impl<P: Needs> FromRequest for Allowed<P> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request).and_then(|user| {
            if user.may(P::PERMISSION) {
                Ok(Self {
                    user,
                    proved: PhantomData,
                })
            } else {
                Err(ApiError::Forbidden)
            }
        }))
    }
}

fn caller(request: &HttpRequest) -> Result<CurrentUser, ApiError> {
    request
        .extensions()
        .get::<CurrentUser>()
        .cloned()
        .ok_or(ApiError::SignedOut)
}
