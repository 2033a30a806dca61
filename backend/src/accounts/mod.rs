//! Accounts: who one is, and the sessions that prove it.
//!
//! Signing in opens a session. It is proved by a short-lived access token (a JWT, kept in the page's memory), and
//! renewed by a refresh token in an HttpOnly cookie, which changes at each use. Every request looks its session
//! up, so that an account that is blocked or signed out is out at once.

pub mod api_token_entity;
pub mod api_tokens;
pub mod avatar;
mod avatar_routes;
mod confirmation;
mod cookie;
pub mod deletion;
mod domains;
pub mod email_change;
pub mod email_change_entity;
pub mod entity;
pub mod first_admin;
pub mod invitation_entity;
pub mod invitation_routes;
pub mod invitations;
mod letters;
pub mod limits;
pub mod links;
pub mod own_password;
pub mod own_routes;
pub mod owners;
pub mod password_reset;
pub mod passwords;
pub mod phone;
pub mod phone_check_entity;
pub mod phone_routes;
pub mod profile;
mod profile_routes;
mod prove;
pub mod recovery_code_entity;
pub mod routes;
pub mod second_factor;
pub mod service;
pub mod session_entity;
mod session_list;
pub mod session_routes;
pub mod sessions;
pub mod sign_in;
pub mod sign_up;
pub mod sign_up_routes;
pub mod strength;
pub mod sweep;
pub mod tokens;
pub mod users;
