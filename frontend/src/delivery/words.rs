//! What states, kinds of failure and servers' codes are called, and in which colour.

pub mod classes;
pub mod codes;
pub mod states;
