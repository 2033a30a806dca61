//! `cargo xtask test`: every part, the cheap ones first, each compiled thing paid for once.
//!
//! All parts run even when one fails. The summary comes before the last part, so that the very last
//! lines are a test runner's own; the exit status speaks for all of them.

mod browser;
mod checks;
mod compose;
mod openapi;
mod report;

use std::{ffi::OsString, path::PathBuf};

use crate::{
    arguments::TestWish,
    faults,
    ground::Ground,
    page::{self, FRONTEND},
    problem::Outcome,
    process,
    services::postgres::Postgres,
    tools,
};
use report::Report;

/// Whether everything passed.
pub fn test(wish: &TestWish) -> Outcome<bool> {
    let ground = Ground::here();
    let mut report = Report::new(ground.ci);
    if wish.only_postfix {
        let page = build_page(&ground, &mut report);
        report.part("postfix", "a minute", || {
            browser::postfix(&ground, page.as_ref())
        });
        return Ok(report.close());
    }

    report.part("format", "seconds", || checks::format(&ground));
    report.part("tidy", "seconds", || checks::tidy(&ground));
    report.part("compose", "seconds", || compose::check(&ground));
    report.part("contract", "half a minute", || checks::contract(&ground));
    report.part("lints", "4 minutes cold", || checks::lints(&ground));
    report.part("page lints", "2 minutes cold", || {
        checks::page_lints(&ground)
    });
    report.part("api", "5 minutes cold", || {
        cargo_test(
            &ground,
            &[
                "--package=contract",
                "--package=migration",
                "--package=golub",
            ],
        )
    });
    // A measurement: parts run one after the other, and so nothing runs beside it.
    report.part("load", "half a minute", || {
        cargo_test(
            &ground,
            &["--package=golub", "--test=load", "--", "--nocapture"],
        )
    });
    report.part("openapi", "half a minute", || openapi::check(&ground));
    report.part("page tests", "2 minutes cold", || {
        cargo_test(&ground, &["--package=frontend"])
    });
    let page = build_page(&ground, &mut report);
    if wish.fast {
        report.left_out(&["postgresql", "faults", "postfix", "browser"]);
        return Ok(report.close_with("contract", || quickest(&ground)));
    }

    report.part("postgresql", "2 minutes", || {
        let postgres = Postgres::start()?;
        process::run(
            ground
                .cargo()
                .args(["test", "--package=golub", "--test=api"])
                .env("TEST_DATABASE_URL", &postgres.url),
        )
    });
    report.part("faults", "3 minutes", || faults::short(&ground));
    report.part("postfix", "a minute", || {
        browser::postfix(&ground, page.as_ref())
    });
    match report.need("browser", || browser::ready(page.as_ref())) {
        Some((driver, page)) => {
            Ok(report.close_with("browser", || browser::stories(&ground, &driver, page)))
        }
        None => Ok(report.close_with("contract", || quickest(&ground))),
    }
}

fn build_page(ground: &Ground, report: &mut Report) -> Option<PathBuf> {
    report.part("page", "3 minutes cold", || {
        let path: OsString = tools::page_tools(ground)?;
        if page::npm_is_stale(ground, FRONTEND) {
            page::npm_ci(ground, FRONTEND)?;
        }
        page::build(ground, &path)?;
        Ok(ground.dist())
    })
}

fn cargo_test(ground: &Ground, which: &[&str]) -> Outcome<()> {
    process::run(ground.cargo().arg("test").args(which))
}

/// A last runner whose own lines close the command where the browser does not.
fn quickest(ground: &Ground) -> Outcome<()> {
    cargo_test(ground, &["--package=contract", "--lib"])
}
