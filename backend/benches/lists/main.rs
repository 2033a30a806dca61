//! What first pages cost at 10,000 letters and at 1,000,000, and how many requests per second some reads take.
//!
//! `cargo xtask bench api` runs it with a PostgreSQL server of its own. It fills two databases of each kind in, asks
//! the service for each list by each filter and sort, without a network between, and prints the medians side by side.
//! Then it plans a run for everybody, and serves the larger one beside a server that only says hello; and answers that
//! are kept in memory beside one that sends the same bytes.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement that cannot go on says where it stopped"
)]

mod asked;
mod kept;
mod past;
mod planning;
mod rate;
mod seed;
mod service;

use std::time::Duration;

use asked::Asked;
use service::Service;

/// What a list over many letters is compared with.
const FEW: i64 = 10_000;
const MANY: i64 = 1_000_000;
/// For trying the bench itself.
const QUICK: [i64; 2] = [1_000, 20_000];
/// A first page may take so many times longer where there are a hundred times as many letters.
const LIMIT: f64 = 2.0;
/// Nobody notices what is quicker than this.
const UNNOTICED: Duration = Duration::from_millis(10);

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let only = std::env::args().find_map(|argument| {
        let only = argument.strip_prefix("--only=")?;
        Some(only.to_owned())
    });
    let sizes = if quick { QUICK } else { [FEW, MANY] };
    let mut engines = vec![("sqlite", String::new())];
    if let Ok(url) = std::env::var("BENCH_DATABASE_URL") {
        engines.push(("postgres", url));
    }
    engines.retain(|(name, _)| only.as_deref().is_none_or(|only| only == *name));
    for (name, url) in engines {
        actix_web::rt::System::new().block_on(measure(name, &url, sizes));
    }
}

async fn measure(engine: &str, url: &str, [few, many]: [i64; 2]) {
    let mut columns = Vec::new();
    let mut last = None;
    for letters in [few, many] {
        let service = Service::start(url, letters).await;
        columns.push(asked::all(&service).await);
        last = Some(service);
    }
    println!("\n| {engine}: first page of | by | {few} letters | {many} letters | times |");
    println!("|---|---|---:|---:|---:|");
    let mut over = 0;
    for (small, large) in columns[0].iter().zip(&columns[1]) {
        let times = large.took.as_secs_f64() / small.took.as_secs_f64();
        let is_over = times > LIMIT && large.took > UNNOTICED;
        over += usize::from(is_over);
        tell(small, large, times, is_over);
    }
    println!(
        "\n{engine}: {over} of {} over {LIMIT} times and {UNNOTICED:?}",
        columns[0].len()
    );
    if let Some(service) = last {
        planning::tell(engine, &service, many).await;
        rate::tell(engine, &service).await;
        kept::tell(engine, &service).await;
        service.end().await;
    }
}

fn tell(small: &Asked, large: &Asked, times: f64, is_over: bool) {
    let Asked { who, what, .. } = small;
    let mark = if is_over { " over" } else { "" };
    println!(
        "| {who} | `{what}` | {:.2} ms | {:.2} ms | {times:.1}{mark} |",
        small.took.as_secs_f64() * 1e3,
        large.took.as_secs_f64() * 1e3,
    );
}
