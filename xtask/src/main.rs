//! Commands for people and CI.
fn main() {}
