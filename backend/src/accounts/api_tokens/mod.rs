//! API tokens: keys for programs, usable wherever a session is but for what takes the person.
//!
//! A token is random and is kept hashed. It opens what its scopes name, as long as its owner's role allows it too: a
//! token shrinks with its owner.

pub mod all;
pub mod entity;
pub mod key;
pub mod routes;
pub mod service;
