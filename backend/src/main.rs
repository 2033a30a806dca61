//! The `golub` program.
fn main() {}
