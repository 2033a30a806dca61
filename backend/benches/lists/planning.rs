//! Planning a run for everybody, with somebody changing things through the API meanwhile.

use std::cell::Cell;
use std::time::{Duration, Instant};

use golub::delivery::worker::Worker;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::service::{Service, Who};

/// How long somebody waits between two changes.
const BETWEEN: Duration = Duration::from_millis(10);

pub async fn tell(engine: &str, service: &Service, recipients: i64) {
    let message = json!({"subject": "Hello", "body": "Hello, {{ full_name }}", "format": "text"});
    let message = service.post("messages", message).await["id"].clone();
    let mailing = json!({
        "message_id": message, "audience": {"all": true}, "starts_at": "2040-01-01T09:00:00Z",
        "time_zone": "UTC", "recurrence": {"kind": "once"},
    });
    let mailing = service.post("mailings", mailing).await["id"].clone();
    let run = service
        .post(&format!("mailings/{mailing}/send"), json!({}))
        .await["id"]
        .clone();
    let run = format!("runs/{run}");

    let worker = Worker::enter(service.app.clone(), CancellationToken::new());
    let worker = worker.await.unwrap();
    let is_planned = Cell::new(false);
    let (before, begun) = (memory(), Instant::now());
    let planning = async {
        while service.read(&run).await["state"] == "planning" {
            worker.planner.pass().await.unwrap();
        }
        is_planned.set(true);
        begun.elapsed()
    };
    let changing = async {
        let mut waits = Vec::new();
        while !is_planned.get() {
            let asked = Instant::now();
            let change = json!({"subject": format!("Hello {}", waits.len())});
            service.patch(&format!("messages/{message}"), change).await;
            waits.push(asked.elapsed());
            tokio::time::sleep(BETWEEN).await;
        }
        waits.sort_unstable();
        waits
    };
    let (took, waits) = tokio::join!(planning, changing);
    let after = memory();
    worker.leave().await.unwrap();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    println!(
        "\n{engine}: {recipients} recipients planned in {:.1} s; memory {before} before, {after} MB after; changes \
        through the API meanwhile: {} with a median of {:.1?}, p99 {:.1?}, worst {:.1?}",
        took.as_secs_f64(),
        waits.len(),
        at(0.5),
        at(0.99),
        at(1.0),
    );
    assert_eq!(
        service.read(&run).await["audience"].as_i64(),
        Some(recipients)
    );
    assert_eq!(service.get(Who::Owner, &run).await, 200);
}

/// What this process holds, in megabytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = held.and_then(|held| held.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_024
}
