//! A mailing's run told live: an event for each change, to whoever watches.
//!
//! A [`hub::Watch`] looks at its run at most once a second, however many watch; each [`viewer::Viewer`] hears the
//! whole state when it enters and whenever it has changed, so that an event that was lost does no harm. Everything is
//! read from the database: it does not matter which process sends.

pub mod hub;
pub mod rate;
pub mod routes;
mod state;
pub mod viewer;
