//! Runs one story with a Golub and browsers of its own, and keeps what helps when it fails.

use std::{
    fs,
    panic::{AssertUnwindSafe, resume_unwind},
};

use futures_util::FutureExt;

use super::{browser::Browser, golub::Golub, handed};

/// Tells the story `name`. Whatever happens, the browser and the program end.
pub async fn story(
    name: &str,
    settings: &[(&str, String)],
    told: impl AsyncFnOnce(&Browser, &Golub),
) {
    let golub = Golub::start(settings);
    let browser = Browser::open(&golub.base).await;
    let ended = AssertUnwindSafe(told(&browser, &golub))
        .catch_unwind()
        .await;
    close(name, &golub, &[("", browser)], ended).await;
}

/// Tells the story of two people, each with a browser of their own.
pub async fn story_of_two(
    name: &str,
    settings: &[(&str, String)],
    told: impl AsyncFnOnce(&Browser, &Browser, &Golub),
) {
    let golub = Golub::start(settings);
    let first = Browser::open(&golub.base).await;
    let second = Browser::open(&golub.base).await;
    let ended = AssertUnwindSafe(told(&first, &second, &golub))
        .catch_unwind()
        .await;
    close(
        name,
        &golub,
        &[("-first", first), ("-second", second)],
        ended,
    )
    .await;
}

async fn close(
    name: &str,
    golub: &Golub,
    browsers: &[(&str, Browser)],
    ended: std::thread::Result<()>,
) {
    if let Err(panic) = ended {
        for (whose, browser) in browsers {
            keep(&format!("{name}{whose}"), browser, golub).await;
        }
        resume_unwind(panic);
    }
    for (_, browser) in browsers {
        let closed = browser.client().clone().close().await;
        closed.expect("the browser closes");
    }
}

async fn keep(name: &str, browser: &Browser, golub: &Golub) {
    browser.picture(name).await;
    let console = browser.complaints().await.join("\n");
    let text = browser.client().source().await.unwrap_or_default();
    let notes = format!(
        "console:\n{console}\n\nlog:\n{}\n\npage:\n{text}\n",
        golub.log()
    );
    let file = handed::pictures().join(format!("{name}.txt"));
    let _ = fs::write(&file, notes);
    eprintln!("see {} and the picture beside it", file.display());
}
