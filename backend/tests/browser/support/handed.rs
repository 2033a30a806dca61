//! What `cargo xtask test` hands over by environment.

use std::{env, path::PathBuf};

/// The folder of the built page.
pub fn page() -> PathBuf {
    handed("GOLUB_TEST_PAGE").into()
}

/// Where chromedriver answers.
pub fn chromedriver() -> String {
    handed("GOLUB_TEST_CHROMEDRIVER")
}

pub fn chromium() -> String {
    handed("GOLUB_TEST_CHROMIUM")
}

/// Browser profiles live in here; what is left of them is swept away afterwards.
pub fn profiles() -> PathBuf {
    handed("GOLUB_TEST_PROFILES").into()
}

/// Where failed stories leave their pictures.
pub fn pictures() -> PathBuf {
    handed("GOLUB_TEST_PICTURES").into()
}

/// Where Postfix listens, in the stories that have one.
pub fn smtp_port() -> String {
    handed("GOLUB_TEST_SMTP_PORT")
}

/// Where Postfix leaves the letters it has delivered.
pub fn letters() -> PathBuf {
    handed("GOLUB_TEST_LETTERS").into()
}

pub fn python() -> String {
    handed("GOLUB_TEST_PYTHON")
}

fn handed(name: &str) -> String {
    env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: these tests are run by `cargo xtask test`"))
}
