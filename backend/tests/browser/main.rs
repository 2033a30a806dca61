//! Golub as a person meets it: the built page in a real Chromium, in front of the real program.
//!
//! `cargo xtask test` runs these stories. It builds the page, starts chromedriver (and a Postfix for the
//! stories in `postfix`), and hands over where they are; see `support::handed`. Each story has a Golub and
//! a browser profile of its own. A story that fails leaves a picture and the console in `target/browser`.

mod accessible;
mod accounts;
mod blog;
mod by_sms;
mod reports;
mod support;
mod watched;
mod whole_way;

mod documentation;
mod harness;
mod postfix;
