//! The browser tests: `backend/tests/browser` with a driver, a built page and, for one of them, a real
//! Postfix. They are handed over by environment; the tests start Golub itself.

use std::path::{Path, PathBuf};

use crate::{
    ground::Ground,
    packages,
    problem::{Outcome, Problem},
    process,
    services::{chromedriver::Chromedriver, postfix::Postfix},
};

const POSTFIX_STORIES: &str = "postfix::";

/// What the stories need, before the summary is printed.
pub fn ready(page: Option<&PathBuf>) -> Outcome<(Chromedriver, &Path)> {
    let page = page
        .ok_or_else(|| Problem::Failed("there is no page to look at: it was not built".into()))?;
    Ok((Chromedriver::start()?, page))
}

/// All stories except those that need Postfix.
pub fn stories(ground: &Ground, driver: &Chromedriver, page: &Path) -> Outcome<()> {
    process::run(command(ground, driver, page).args(["--", "--skip", POSTFIX_STORIES]))
}

/// A mailing made in the browser, delivered by a mail server that nobody here wrote.
pub fn postfix(ground: &Ground, page: Option<&PathBuf>) -> Outcome<()> {
    let (driver, page) = ready(page)?;
    let python = packages::program("Python 3", &["python3"], &Vec::new, &["python3"])?;
    let postfix = Postfix::start()?;
    process::run(
        command(ground, &driver, page)
            .env("GOLUB_TEST_SMTP_PORT", postfix.port.to_string())
            .env("GOLUB_TEST_LETTERS", &postfix.letters)
            .env("GOLUB_TEST_PYTHON", python)
            .args(["--", POSTFIX_STORIES]),
    )
}

fn command(ground: &Ground, driver: &Chromedriver, page: &Path) -> std::process::Command {
    let mut command = ground.cargo();
    command
        .args(["test", "--package=golub", "--test=browser"])
        .env("GOLUB_TEST_PAGE", page)
        .env("GOLUB_TEST_CHROMEDRIVER", &driver.url)
        .env("GOLUB_TEST_CHROMIUM", &driver.chromium)
        .env("GOLUB_TEST_PROFILES", &driver.profiles)
        .env("GOLUB_TEST_PICTURES", ground.target().join("browser"));
    command
}
