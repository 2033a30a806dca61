//! Accounts: who one is, and how one proves it.
//!
//! Each feature has a folder: its table, what it does, and its part of the API. Here on top stands what they share:
//! the table of accounts, making and finding them, the secret that all proofs are derived from.

pub mod api_tokens;
pub mod deletion;
pub mod email_change;
pub mod entity;
pub mod find;
pub mod first_admin;
pub mod invitations;
pub mod limits;
pub mod links;
pub mod make;
pub mod owners;
pub mod passwords;
pub mod phone;
pub mod profile;
pub mod routes;
pub mod second_factor;
pub mod sessions;
pub mod sign_up;
pub mod sweep;
pub mod tokens;
pub mod users;
