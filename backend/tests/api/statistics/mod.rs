//! What became of letters, summed up.

mod csv;
mod days;
mod recount;
mod reports;
mod story;
mod whose;
