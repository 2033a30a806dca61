//! Everything that `/metrics` says, gathered when it is asked for. No question takes longer with a million rows.

use std::sync::atomic::{AtomicU64, Ordering};

use contract::delivery::Counts;
use contract::mail_servers::{BreakerState, BudgetPeriod};
use sea_orm::{EntityTrait, PaginatorTrait};

use super::histogram::{STEPS, Snapshot};
use super::process::{self, Process};
use super::text::Text;
use super::{Meters, OUTCOMES};
use crate::app::App;
use crate::delivery::entity::worker;
use crate::delivery::ledger::counts;
use crate::kept::shelf::Hits;
use crate::mail_servers::{Standing, standings};
use crate::problem::ApiError;

pub async fn gather(app: &App) -> Result<String, ApiError> {
    let db = app.database.read();
    let queue = counts::of_open_runs(db).await?;
    let mut servers = standings(db, &app.mail_servers).await?;
    if app.sms.is_on() {
        servers.extend(standings(db, &app.sms_service).await?);
    }
    let workers = worker::Entity::find().count(db).await?;
    let mut text = Text::default();
    text.family("golub_build_info", "gauge", "The version that runs.");
    text.sample(
        "golub_build_info",
        &[("version", env!("CARGO_PKG_VERSION"))],
        1,
    );
    text.single(
        "golub_workers",
        "gauge",
        "Processes that send, or died and were not noticed yet.",
        workers,
    );
    write_queue(&mut text, &queue);
    write_servers(&mut text, &servers);
    write_meters(&mut text, &app.meters);
    write_kept(&mut text, app);
    write_process(&mut text, process::read());
    Ok(text.finish())
}

fn write_queue(text: &mut Text, counts: &Counts) {
    let name = "golub_deliveries";
    text.family(
        name,
        "gauge",
        "Deliveries of runs that are not finished, by state.",
    );
    let Counts {
        queued,
        sending,
        sent,
        failed,
        skipped,
        unknown,
    } = *counts;
    let states = [
        ("queued", queued),
        ("sending", sending),
        ("sent", sent),
        ("failed", failed),
        ("skipped", skipped),
        ("unknown", unknown),
    ];
    for (state, count) in states {
        text.sample(name, &[("state", state)], count);
    }
}

fn write_servers(text: &mut Text, standings: &[Standing]) {
    let name = "golub_mail_server_breaker";
    text.family(
        name,
        "gauge",
        "1 for the state that a mail server's breaker is in.",
    );
    for standing in standings {
        for (state, word) in [
            (BreakerState::Closed, "closed"),
            (BreakerState::Open, "open"),
            (BreakerState::HalfOpen, "half_open"),
        ] {
            let labels = [("server", standing.name.as_str()), ("state", word)];
            text.sample(name, &labels, u8::from(standing.state == state));
        }
    }
    let name = "golub_mail_server_refused_in_a_row";
    text.family(
        name,
        "gauge",
        "Letters that a mail server refused for good since it accepted one.",
    );
    for standing in standings {
        let labels = [("server", standing.name.as_str())];
        text.sample(name, &labels, standing.refused_in_a_row);
    }
    let name = "golub_mail_server_budget_left";
    text.family(
        name,
        "gauge",
        "Letters that a mail server may still be given, by the time of the limit.",
    );
    for standing in standings {
        for used in &standing.budgets {
            let per = match used.per {
                BudgetPeriod::Second => "second",
                BudgetPeriod::Hour => "hour",
                BudgetPeriod::Day => "day",
            };
            let labels = [("server", standing.name.as_str()), ("per", per)];
            text.sample(name, &labels, used.limit.saturating_sub(used.used));
        }
    }
}

fn write_meters(text: &mut Text, meters: &Meters) {
    let counted = &meters.0;
    let name = "golub_letters_total";
    text.family(
        name,
        "counter",
        "Letters of mailings that this process tried, by mail server and outcome.",
    );
    for (server, meter) in &counted.servers {
        for ((outcome, _), count) in OUTCOMES.iter().zip(&meter.outcomes) {
            let labels = [("server", server.as_str()), ("outcome", *outcome)];
            text.sample(name, &labels, count.load(Ordering::Relaxed));
        }
    }
    let name = "golub_smtp_seconds";
    text.family(
        name,
        "histogram",
        "How long a mail server took for a letter.",
    );
    for (server, meter) in &counted.servers {
        write_histogram(text, name, server, &meter.seconds.snapshot());
    }
    text.single(
        "golub_letters_begun",
        "gauge",
        "Letters that this process may have handed over, and that have no answer yet.",
        sum(&counted.begun),
    );
    text.single(
        "golub_outcomes_unwritten",
        "gauge",
        "Answers that this process has not written into the database yet.",
        sum(&counted.unwritten),
    );
    text.single(
        "process_start_time_seconds",
        "gauge",
        "When this process began, in seconds since 1970.",
        counted.started_at.timestamp(),
    );
}

fn write_kept(text: &mut Text, app: &App) {
    let name = "golub_kept_reads_total";
    text.family(
        name,
        "counter",
        "Reads that this process answered from memory (hit) or from the database (miss), by what was read.",
    );
    let kept = &app.kept;
    for (kind, Hits { hits, misses }) in [
        ("home", app.home.answers.hits()),
        ("articles", app.blog.answers.hits()),
        ("recipient", kept.recipients.hits()),
        ("message", kept.messages.hits()),
        ("mailing", kept.mailings.hits()),
    ] {
        text.sample(name, &[("kind", kind), ("result", "hit")], hits);
        text.sample(name, &[("kind", kind), ("result", "miss")], misses);
    }
    let is_kept = u8::from(app.database.changes().are_heard());
    text.single(
        "golub_kept_reads_on",
        "gauge",
        "1 while reads are kept in memory: this process hears what others change.",
        is_kept,
    );
}

fn sum(by_channel: &[AtomicU64]) -> u64 {
    let all = by_channel.iter();
    all.map(|count| count.load(Ordering::Relaxed)).sum()
}

fn write_histogram(text: &mut Text, name: &str, server: &str, snapshot: &Snapshot) {
    let Snapshot {
        up_to,
        count,
        seconds,
    } = snapshot;
    let bucket = format!("{name}_bucket");
    for (step, sum) in STEPS.iter().zip(up_to) {
        let end = (*step as f64 / 1000.0).to_string();
        text.sample(&bucket, &[("server", server), ("le", &end)], sum);
    }
    text.sample(&bucket, &[("server", server), ("le", "+Inf")], count);
    text.sample(&format!("{name}_sum"), &[("server", server)], seconds);
    text.sample(&format!("{name}_count"), &[("server", server)], count);
}

fn write_process(text: &mut Text, process: Process) {
    let Process {
        resident_bytes,
        cpu_seconds,
        open_files,
    } = process;
    if let Some(bytes) = resident_bytes {
        let help = "Memory of this process.";
        text.single("process_resident_memory_bytes", "gauge", help, bytes);
    }
    if let Some(seconds) = cpu_seconds {
        let help = "Time that processors spent on this process.";
        text.single("process_cpu_seconds_total", "counter", help, seconds);
    }
    if let Some(files) = open_files {
        let help = "Files and sockets that this process has open.";
        text.single("process_open_fds", "gauge", help, files);
    }
}
