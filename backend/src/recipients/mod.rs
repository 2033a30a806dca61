//! Recipients: the people a user writes to. Everyone keeps their own; managers and admins see all.

pub mod entity;
pub mod former;
pub mod routes;
pub mod service;
pub mod suppression;
pub mod unsubscribing;
pub mod unsubscribing_routes;
