//! `cargo xtask run`: from a fresh clone to the page in the browser.

use std::{path::absolute, process::Command, time::Instant};

use crate::{
    arguments::RunWish,
    ground::Ground,
    page::{self, FRONTEND},
    problem::{Outcome, Problem},
    process,
    steps::{spell, step},
    tools,
};

/// Links in letters begin with it; its default names port 8080.
const PUBLIC_URL: &str = "GOLUB__HTTP__PUBLIC_URL";

pub fn run(wish: &RunWish) -> Outcome<()> {
    let ground = Ground::here();
    let begun = Instant::now();
    // Relative to where the person stands, not to the repository.
    let data = absolute(&wish.data).map_err(|error| Problem::failed("--data", error))?;

    let path = tools::page_tools(&ground)?;
    if page::npm_is_stale(&ground, FRONTEND) {
        step(
            "Fetching the page's style sheet (npm ci)",
            "10 seconds, when it changed",
            || page::npm_ci(&ground, FRONTEND),
        )?;
    }
    step(
        "Building the page",
        "3 minutes the first time, then seconds",
        || page::build(&ground, &path),
    )?;
    step(
        "Building the service",
        "4 minutes the first time, then seconds",
        || process::run(ground.cargo().args(["build", "--package", "golub"])),
    )?;

    let program = ground
        .target()
        .join("debug")
        .join(format!("golub{}", std::env::consts::EXE_SUFFIX));
    if wish.demo {
        step("Filling in the demo company", "some seconds, once", || {
            process::run(
                ground
                    .command(&program)
                    .arg("demo")
                    .arg("--data")
                    .arg(&data),
            )
        })?;
    }
    println!(
        "==> Ready after {}. Serving on http://localhost:{} (Ctrl+C ends it)",
        spell(begun.elapsed()),
        wish.port
    );
    let mut serve = ground.command(&program);
    serve
        .arg("serve")
        .arg("--port")
        .arg(wish.port.to_string())
        .arg("--data")
        .arg(&data)
        .arg("--page")
        .arg(ground.dist());
    if wish.port != 8080
        && std::env::var_os(PUBLIC_URL).is_none()
        && !ground.root.join("golub.toml").exists()
    {
        serve.env(PUBLIC_URL, format!("http://localhost:{}", wish.port));
    }
    become_service(serve)
}

/// The service takes our place, so that Ctrl+C and SIGTERM reach it alone and it ends in its own time.
#[cfg(unix)]
fn become_service(mut serve: Command) -> Outcome<()> {
    use std::os::unix::process::CommandExt;
    let error = serve.exec();
    Err(Problem::failed(&process::line(&serve), error))
}

#[cfg(not(unix))]
fn become_service(mut serve: Command) -> Outcome<()> {
    process::run(&mut serve)
}
