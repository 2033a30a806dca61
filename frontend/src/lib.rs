//! The page of Golub: a Yew single-page app that speaks to the API alone.
//!
//! * `routes`: every address of the page and the screen behind it
//! * `frame`: the sidebar or drawer around the screens of the signed-in
//! * `session`: who is signed in; `client`: the way to the API
//! * `i18n`: every word, in English and Russian; `theme`: light and dark; `instance`: name and logo
//! * `ui`: the kit that screens are built from
//! * one folder per feature, named as in `contract`: its screens, its `calls` and its `texts`

pub mod accounts;
pub mod app;
pub mod audit;
pub mod blog;
pub mod captured_mail;
pub mod client;
pub mod delivery;
pub mod frame;
pub mod home;
pub mod i18n;
pub mod instance;
pub mod mail_servers;
pub mod mailings;
pub mod messages;
pub mod not_found;
pub mod notices;
pub mod overview;
pub mod profile;
pub mod recipients;
pub mod routes;
pub mod session;
pub mod statistics;
pub mod theme;
pub mod ui;
pub mod unsubscribing;
pub mod users;
