//! What became of letters, summed up.

mod at_once;
mod csv;
mod days;
mod recount;
mod reports;
mod story;
mod whose;
