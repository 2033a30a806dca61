//! Captured mail: the letters that the folder transport kept instead of sending, as an inbox for an admin.
//!
//! Where letters really leave there is no such inbox: all of it is 404.

pub mod routes;
mod service;
