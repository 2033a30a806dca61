//! The lists that are asked for, and how long each takes.

use std::time::{Duration, Instant};

use super::past::FIRST_ID;
use super::service::{Service, Who};

/// Each is asked so often; the median counts.
const TIMES: usize = 11;

#[derive(Debug)]
pub struct Asked {
    pub who: &'static str,
    pub what: String,
    pub took: Duration,
}

/// By every filter and sort that is offered.
pub async fn all(service: &Service) -> Vec<Asked> {
    let run = service.run_id;
    let person = service.recipient_id;
    let delivery = service.delivery_id;
    let owner = service.owner_id;
    let deliveries = [
        "",
        "sort=id",
        "state=queued",
        "state=sending",
        "state=sent",
        "state=sent&sort=id",
        "state=failed",
        "state=skipped",
        "state=unknown",
        "class=permanent",
        "class=authentication",
        "state=failed&class=quota",
        "search=p7919@",
        "search=group7x",
        "search=nobody",
        "state=failed&search=group7x",
    ];
    let deliveries = deliveries.map(|filter| format!("runs/{run}/deliveries?{filter}"));
    let log = [
        "".to_owned(),
        "sort=at".to_owned(),
        "outcome=succeeded".to_owned(),
        "outcome=failed".to_owned(),
        "outcome=unknown".to_owned(),
        "class=permanent".to_owned(),
        "class=authentication".to_owned(),
        "code=250".to_owned(),
        "code=550".to_owned(),
        "code=251".to_owned(),
        "mailing_id=7".to_owned(),
        "mailing_id=7&outcome=failed".to_owned(),
        "mailing_id=8".to_owned(),
        format!("run_id={run}"),
        format!("run_id={run}&outcome=unknown"),
        format!("run_id={run}&class=permanent"),
        format!("delivery_id={delivery}"),
        format!("owner_id={owner}"),
        format!("owner_id={owner}&outcome=failed"),
        "from=2026-11-01T08:00:02Z&to=2026-11-01T08:00:04Z".to_owned(),
        "from=2026-11-01T08:00:02Z&outcome=failed".to_owned(),
        "search=p7919@".to_owned(),
        "search=group7x".to_owned(),
    ];
    let attempts = log.clone().map(|filter| format!("attempts?{filter}"));
    let totals = log.map(|filter| format!("attempts/totals?{filter}"));
    let others = [
        format!("recipients/{person}/timeline"),
        format!("runs/{run}"),
        "mailings/7/runs".to_owned(),
        "recipients".to_owned(),
        "recipients?sort=email".to_owned(),
        "recipients?search=p7919@".to_owned(),
    ];
    let statistics = statistics();
    let mut asked = Vec::new();
    for (who, name) in [(Who::Owner, "owner"), (Who::Manager, "manager")] {
        let paths = deliveries.iter().chain(&attempts).chain(&totals);
        let of_users = USERS.map(str::to_owned);
        // Only those who see everybody's may ask.
        let of_users = of_users.iter().filter(|_| matches!(who, Who::Manager));
        for path in paths.chain(&others).chain(&statistics).chain(of_users) {
            // What is asked names rows; the table does not.
            let what = path
                .replace(&format!("runs/{run}"), "runs/{id}")
                .replace(&format!("run_id={run}"), "run_id={id}")
                .replace(&format!("recipients/{person}/"), "recipients/{id}/")
                .replace(&format!("delivery_id={delivery}"), "delivery_id={id}")
                .replace(&format!("owner_id={owner}"), "owner_id={id}");
            let what = what.trim_end_matches('?').to_owned();
            let took = median(service, who, path).await;
            asked.push(Asked {
                who: name,
                what,
                took,
            });
        }
    }
    asked
}

const USERS: [&str; 3] = [
    "statistics/users",
    "statistics/users?sort=last_run_at",
    "statistics/users?from=2026-10-01T00:00:00Z&to=2026-10-08T00:00:00Z",
];

fn statistics() -> Vec<String> {
    let week = "from=2026-10-01T00:00:00Z&to=2026-10-08T00:00:00Z";
    let mut paths = vec![
        "statistics".to_owned(),
        format!("statistics?{week}"),
        "statistics/daily?from=2026-10-03&to=2026-11-01&time_zone=Europe/Moscow".to_owned(),
        "statistics/daily?from=2025-11-02&to=2026-11-01&time_zone=Europe/Moscow".to_owned(),
        "statistics/mailings/7".to_owned(),
        "statistics/runs".to_owned(),
        "statistics/runs?status=open&state=finished".to_owned(),
        format!("statistics/runs?state=finished&{week}"),
        format!("statistics/runs?mailing_id=7&{week}"),
        format!("statistics/mailings?status=completed&{week}"),
        "statistics/mailings?status=completed&search=spring7".to_owned(),
        format!("statistics/messages/{FIRST_ID}"),
        "statistics/messages?search=news7".to_owned(),
    ];
    for list in ["mailings", "messages"] {
        paths.extend(["", "?sort=last_run_at"].map(|sort| format!("statistics/{list}{sort}")));
        paths.push(format!("statistics/{list}?{week}"));
    }
    for filter in [
        "status=completed",
        "status=open",
        "search=spring7",
        "search=campaign",
    ] {
        paths.push(format!("statistics/mailings?{filter}"));
    }
    paths
}

async fn median(service: &Service, who: Who, path: &str) -> Duration {
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let begun = Instant::now();
        let status = service.get(who, path).await;
        took.push(begun.elapsed());
        assert!(status == 200 || status == 404, "{path}: {status}");
        if begun.elapsed() > Duration::from_secs(2) {
            break;
        }
    }
    took.sort_unstable();
    took[took.len() / 2]
}
