//! Mail servers: breakers and budgets on rows that all workers share, and what people see of them.

mod breakers;
mod budgets;
mod failover;
mod seen;
mod single_letters;
mod streaks;

use golub::config::Config;
use golub::delivery::entity::worker;
use golub::delivery::ledger::counts::Deltas;
use golub::mail::{Reply, ServerConfig, Stage, Verdict};
use golub::mail_servers::{
    Grant, MailServer, Signs, Standing, give_back, grant, report, standings,
};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};

use crate::support::TestApp;

/// An address where nobody is asked anything.
const NOWHERE: &str = "smtp://127.0.0.1:9?tls=none";

/// A server of this name without limits.
fn named(name: &str, url: &str) -> ServerConfig {
    ServerConfig {
        name: name.to_owned(),
        url: url.parse().unwrap(),
        ca_file: None,
        weight: 1,
        per_second: None,
        per_hour: None,
        per_day: None,
        connections: None,
        letters_per_connection: None,
    }
}

/// Settings with one server, `own`, and what `change` makes of it.
fn own(change: impl FnOnce(&mut ServerConfig)) -> impl FnOnce(&mut Config) {
    |config| {
        let mut server = named("own", NOWHERE);
        change(&mut server);
        config.mail.servers = vec![server];
    }
}

fn first(app: &TestApp) -> &MailServer {
    app.app.mail_servers.iter().next().unwrap()
}

/// A worker that lives.
async fn a_worker(app: &TestApp) -> i64 {
    let tx = app.app.database.write().await.unwrap();
    let worker = worker::ActiveModel {
        name: Set("a test's".to_owned()),
        beat: Set(0),
        taken_over: Set(false),
        started_at: Set(app.app.clock.now()),
        ..Default::default()
    };
    let id = worker.insert(&tx).await.unwrap().id;
    tx.commit().await.unwrap();
    id
}

/// It died, and that was noticed.
async fn dies(app: &TestApp, worker_id: i64) {
    let tx = app.app.database.write().await.unwrap();
    let gone = worker::Entity::delete_by_id(worker_id);
    gone.exec(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ask(app: &TestApp, worker_id: i64, wanted: u64) -> Option<Grant> {
    let tx = app.app.database.write().await.unwrap();
    let granted = grant(&tx, first(app), worker_id, wanted).await.unwrap();
    tx.commit().await.unwrap();
    granted
}

/// For how many letters a worker got leave.
async fn letters(app: &TestApp, worker_id: i64, wanted: u64) -> u64 {
    let granted = ask(app, worker_id, wanted).await;
    granted.map_or(0, |granted| granted.letters)
}

async fn return_untried(app: &TestApp, worker_id: i64, untried: Grant) {
    let tx = app.app.database.write().await.unwrap();
    let given = give_back(&tx, first(app), worker_id, untried).await;
    given.unwrap();
    tx.commit().await.unwrap();
}

async fn tell(app: &TestApp, worker_id: i64, signs: &Signs) -> Standing {
    let tx = app.app.database.write().await.unwrap();
    let now = app.app.clock.now();
    let mut deltas = Deltas::default();
    let standing = report(&tx, first(app), worker_id, signs, &mut deltas, now)
        .await
        .unwrap();
    deltas.write(&tx, worker_id).await.unwrap();
    tx.commit().await.unwrap();
    standing
}

async fn standing(app: &TestApp) -> Standing {
    let db = app.app.database.read();
    let mut all = standings(db, &app.app.mail_servers).await.unwrap();
    all.remove(0)
}

fn reply(verdict: Verdict, stage: Stage, code: Option<u16>, text: &str) -> Reply {
    Reply {
        code,
        ..Reply::ours(verdict, stage, text)
    }
}

fn unreachable() -> Signs {
    let mut signs = Signs::default();
    let refused = "connecting: Connection refused";
    signs.note(1, &reply(Verdict::NotTried, Stage::Connect, None, refused));
    signs
}

fn accepted() -> Signs {
    let mut signs = Signs::default();
    signs.note(1, &reply(Verdict::Accepted, Stage::Letter, Some(250), "ok"));
    signs
}

fn refusing(deliveries: &[i64]) -> Signs {
    let mut signs = Signs::default();
    let refused = reply(
        Verdict::Permanent,
        Stage::Recipient,
        Some(550),
        "5.1.1 go away",
    );
    for id in deliveries {
        signs.note(*id, &refused);
    }
    signs
}
