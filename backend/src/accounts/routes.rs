//! The accounts' part of the API.

use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    api_tokens, deletion, email_change, invitations, passwords, phone, profile, second_factor,
    sessions, sign_up, users,
};

/// What each feature answers. Paths are tried in this order.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .configure(sessions::routes::routes)
        .configure(profile::routes::routes)
        .configure(api_tokens::routes::routes)
        .configure(second_factor::routes::routes)
        .configure(phone::routes::routes)
        .configure(passwords::routes::routes)
        .configure(email_change::routes::routes)
        .configure(sign_up::routes::routes)
        .configure(deletion::routes::routes)
        // Before `users/{id}`, which would take the word for an id.
        .configure(invitations::routes::routes)
        .configure(users::routes::routes);
}
