//! The documents that answer row by row what was asked of the service: nothing is left out, and nothing is named in
//! them that does not exist.

mod features;
mod named;
mod security;
