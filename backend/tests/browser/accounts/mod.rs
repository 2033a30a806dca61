//! People: what happens to their sessions, and who sees what.

mod roles;
mod session_ended;
