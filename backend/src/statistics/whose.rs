//! Whose letters are summed up: one's own, somebody's, or everybody's.

use contract::permissions::Permission;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use contract::statistics::Scope;
use serde::Deserialize;
use utoipa::IntoParams;

use super::sums::Target;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

/// Whose statistics are asked for.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhoseQuery {
    /// Only this user's, for those who see everyone's.
    pub owner_id: Option<i64>,
    /// One's own, or everyone's: what is not given is everyone's for those who may see it, else one's own.
    pub scope: Option<Scope>,
}

/// Whose letters it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Everyones,
    Of(i64),
}

impl Whose {
    /// Those asked for, if this person may see them.
    pub fn asked(query: WhoseQuery, user: &CurrentUser) -> Result<Self, ApiError> {
        let confined_to = user.confined_to(Permission::SeeEverything);
        let WhoseQuery { owner_id, scope } = query;
        match (scope, owner_id) {
            (Some(Scope::Everyone), _) if confined_to.is_some() => {
                user.needs(Permission::SeeEverything)?;
                Err(ApiError::Forbidden)
            }
            (_, Some(id)) if confined_to.is_some_and(|own| own != id) => Err(ApiError::NotFound),
            (Some(Scope::Own), Some(id)) if id != user.id => Err(contradiction()),
            (Some(Scope::Everyone), Some(_)) => Err(contradiction()),
            (_, Some(id)) => Ok(Self::Of(id)),
            (Some(Scope::Own), None) => Ok(Self::Of(user.id)),
            (Some(Scope::Everyone), None) => Ok(Self::Everyones),
            (None, None) => Ok(confined_to.map_or(Self::Everyones, Self::Of)),
        }
    }

    /// To whom it is confined.
    pub fn owner_id(self) -> Option<i64> {
        match self {
            Self::Everyones => None,
            Self::Of(id) => Some(id),
        }
    }

    /// All of these letters.
    pub fn target(self) -> Target {
        match self {
            Self::Everyones => Target::service(),
            Self::Of(id) => Target::user(id),
        }
    }
}

fn contradiction() -> ApiError {
    let message = "is somebody else's than the scope says";
    let error = FieldError::new(FieldCode::OutOfRange, message);
    ApiError::Invalid(FieldErrors::one("owner_id", error))
}
