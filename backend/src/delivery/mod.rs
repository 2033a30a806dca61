//! Delivery: from a mailing that is due to a letter that was accepted.

pub mod rules;
