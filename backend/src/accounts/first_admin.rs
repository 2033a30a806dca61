//! The first administrator: made when there is none, so that a fresh service can be signed in to.

use contract::accounts::Language;
use contract::permissions::Role;
use contract::problem::FieldError;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity as user;
use super::make::{self, NewUser};
use super::tokens;
use crate::app::App;
use crate::config::{AdminConfig, Secret};
use crate::problem::ApiError;

const MADE_UP_EMAIL: &str = "admin@localhost";
const MADE_UP_PASSWORD_LENGTH: usize = 20;

/// What to tell once about an administrator that was made.
#[derive(Debug)]
pub struct FirstAdmin {
    pub email: String,
    /// Only if it was made up: one from the settings is known already.
    pub made_up_password: Option<String>,
}

/// Makes the first administrator, from the settings or made up, unless there is one.
pub async fn first_admin(app: &App) -> Result<Option<FirstAdmin>, ApiError> {
    let admins = user::Entity::find().filter(user::Column::Role.eq(user::RoleWord::Admin));
    if admins.limit(1).one(app.database.read()).await?.is_some() {
        return Ok(None);
    }
    let AdminConfig { email, password } = &app.config.admin;
    let email = Some(email.as_str()).filter(|email| !email.is_empty());
    let made_up_password = match password.reveal() {
        "" => {
            let mut password = tokens::random_text()?;
            password.truncate(MADE_UP_PASSWORD_LENGTH);
            Some(password)
        }
        _ => None,
    };
    let made = make::create_user(
        app,
        NewUser {
            email: email.unwrap_or(MADE_UP_EMAIL).to_owned(),
            full_name: String::new(),
            role: Role::Admin,
            password: Some(
                made_up_password
                    .as_deref()
                    .map_or_else(|| password.clone(), Secret::new),
            ),
            language: Language::default(),
            time_zone: "UTC".to_owned(),
            city: String::new(),
        },
    );
    match made.await {
        Ok(user) => Ok(Some(FirstAdmin {
            email: user.email,
            made_up_password,
        })),
        // Another process that started at the same moment was quicker.
        Err(ApiError::Taken(_)) => Ok(None),
        // Whoever wrote the settings is told what to mend in them.
        Err(ApiError::Invalid(errors)) => {
            let errors = errors.0.iter().flat_map(|(field, errors)| {
                let told = move |error: &FieldError| format!("admin.{field} {}", error.message);
                errors.iter().map(told)
            });
            Err(ApiError::ours(errors.collect::<Vec<_>>().join("; ")))
        }
        Err(error) => Err(error),
    }
}
