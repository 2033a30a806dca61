//! One large run, with everything that became of its letters, and small ones around it; written by the database itself.

use chrono::{DateTime, Utc};
use contract::delivery::Trigger;
use contract::messages::Format;
use golub::app::App;
use golub::database::Engine;
use golub::delivery::entity::run::{self, RunStateWord};
use golub::mailings::entity::OnUnknownWord;
use sea_orm::{ActiveModelTrait, ConnectionTrait, FromQueryResult, Set, Statement};

use super::past;

/// When the first letter was tried; each is a millisecond after the one before.
const STARTED: &str = "2026-11-01T08:00:00Z";
/// Letters of the small runs, one before the large one and one after it.
const SMALL: i64 = 100;
/// So many recipients have the same name.
const GROUP: i64 = 20;

pub struct Seeded {
    pub run_id: i64,
    pub recipient_id: i64,
    pub delivery_id: i64,
}

#[derive(FromQueryResult)]
struct Ids {
    recipient_id: i64,
    delivery_id: i64,
}

pub async fn fill(app: &App, owner_id: i64, letters: i64) -> Seeded {
    let is_sqlite = app.database.engine() == Engine::Sqlite;
    let groups = Ord::max(letters / GROUP, 1);
    let people = recipients(owner_id, letters, groups);
    for statement in people {
        execute(app, &statement).await;
    }
    let mut run_ids = Vec::new();
    for (mailing_id, letters) in [(8, Ord::min(SMALL, letters)), (7, letters), (9, SMALL)] {
        let run_id = insert_run(app, owner_id, mailing_id, letters).await;
        execute(app, &deliveries(run_id, mailing_id, letters, is_sqlite)).await;
        execute(app, &attempts(run_id, is_sqlite)).await;
        for statement in counters(run_id, is_sqlite) {
            execute(app, &statement).await;
        }
        run_ids.push(run_id);
    }
    past::fill(app, owner_id, letters).await;
    if is_sqlite {
        app.database.checkpoint().await.unwrap();
    } else {
        // Autovacuum would come to it in a minute.
        app.database
            .read()
            .execute_unprepared("VACUUM ANALYZE")
            .await
            .unwrap();
    }
    let run_id = run_ids[1];
    let sql = format!(
        "SELECT recipient_id, id AS delivery_id FROM deliveries WHERE run_id = {run_id} AND state = 3 \
        ORDER BY id LIMIT 1"
    );
    let db = app.database.read();
    let one = Statement::from_string(db.get_database_backend(), sql);
    let Ids {
        recipient_id,
        delivery_id,
    } = Ids::find_by_statement(one).one(db).await.unwrap().unwrap();
    Seeded {
        run_id,
        recipient_id,
        delivery_id,
    }
}

/// In a transaction of its own: nobody else is there to wait.
pub async fn execute(app: &App, sql: &str) {
    let tx = app.database.write().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

/// Addresses in no order, names that some share, and the terms of both.
fn recipients(owner_id: i64, letters: i64, groups: i64) -> [String; 3] {
    let address = "'p' || ((n * 7919) % 1000003) || '@customers.example.org'";
    let series = series(letters);
    [
        format!(
            "INSERT INTO recipients (owner_id, email, email_key, full_name, name_key, comment, version, created_at, \
            updated_at) {series} SELECT {owner_id}, {address}, {address}, 'Group' || (n % {groups}) || 'x', \
            'group' || (n % {groups}) || 'x', '', 1, '2026-10-01T08:00:00+00:00', '2026-10-01T08:00:00+00:00' FROM series"
        ),
        "INSERT INTO search_terms (kind, owner_id, term, item_id) SELECT 1, owner_id, email_key, id FROM recipients"
            .to_owned(),
        "INSERT INTO search_terms (kind, owner_id, term, item_id) SELECT 1, owner_id, name_key, id FROM recipients"
            .to_owned(),
    ]
}

/// Of a hundred letters, one failed for good, one waits for another try; of a thousand five were skipped and one is
/// unknown; a few are on their way. All others were sent.
fn deliveries(run_id: i64, mailing_id: i64, letters: i64, is_sqlite: bool) -> String {
    let at = instant("recipients.id", is_sqlite);
    format!(
        "INSERT INTO deliveries (run_id, mailing_id, owner_id, recipient_id, email, full_name, state, reason, due_at, \
        attempts, possible_copies, smtp_code, response, class, updated_at) \
        SELECT {run_id}, {mailing_id}, owner_id, id, email, full_name, state, \
        CASE WHEN state = 4 THEN 'recipient_deleted' END, {at}, CASE WHEN state IN (1, 4) THEN 0 ELSE 1 END, \
        CASE WHEN state = 5 THEN 1 ELSE 0 END, \
        CASE state WHEN 2 THEN 250 WHEN 3 THEN 550 WHEN 0 THEN 450 END, \
        CASE state WHEN 2 THEN '2.0.0 Ok: queued as 4F2A1' WHEN 3 THEN '5.1.1 No such user' WHEN 0 THEN '4.7.1 Later' END, \
        CASE state WHEN 3 THEN 1 WHEN 0 THEN 0 END, {at} \
        FROM (SELECT recipients.*, CASE WHEN id % 100 = 1 THEN 3 WHEN id % 100 = 50 THEN 0 WHEN id % 200 = 101 THEN 4 \
        WHEN id % 1000 = 502 THEN 5 WHEN id % 5000 = 7 THEN 1 ELSE 2 END AS state FROM recipients \
        WHERE id <= {letters}) AS recipients ORDER BY id"
    )
}

fn attempts(run_id: i64, is_sqlite: bool) -> String {
    let at = instant("id", is_sqlite);
    format!(
        "INSERT INTO attempts (delivery_id, run_id, mailing_id, owner_id, number, at, outcome, smtp_code, response, \
        milliseconds, email, full_name, class) SELECT id, run_id, mailing_id, owner_id, 1, {at}, \
        CASE state WHEN 2 THEN 0 WHEN 5 THEN 2 ELSE 1 END, smtp_code, COALESCE(response, ''), 12, email, full_name, class \
        FROM deliveries WHERE run_id = {run_id} AND attempts = 1 ORDER BY id"
    )
}

fn counters(run_id: i64, is_sqlite: bool) -> [String; 2] {
    let hour = past::hour_of("at", is_sqlite);
    [
        format!(
            "INSERT INTO run_counts (run_id, worker_id, state, count) SELECT run_id, 0, state, COUNT(*) \
            FROM deliveries WHERE run_id = {run_id} GROUP BY run_id, state"
        ),
        format!(
            "INSERT INTO attempt_counts (run_id, hour, worker_id, outcome, class, server, count, letters) \
            SELECT run_id, {hour}, 0, outcome, COALESCE(class, -1), '', COUNT(*), \
            SUM(CASE outcome WHEN 0 THEN 1 ELSE 0 END) FROM attempts WHERE run_id = {run_id} \
            GROUP BY run_id, {hour}, outcome, COALESCE(class, -1)"
        ),
    ]
}

/// `STARTED`, and so many milliseconds.
pub fn instant(milliseconds: &str, is_sqlite: bool) -> String {
    if is_sqlite {
        format!(
            "strftime('%Y-%m-%dT%H:%M:%f', julianday('{STARTED}') + ({milliseconds}) / 86400000.0) || '+00:00'"
        )
    } else {
        format!("TIMESTAMPTZ '{STARTED}' + ({milliseconds}) * INTERVAL '1 millisecond'")
    }
}

pub fn series(last: i64) -> String {
    format!(
        "WITH RECURSIVE series (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < {last})"
    )
}

async fn insert_run(app: &App, owner_id: i64, mailing_id: i64, letters: i64) -> i64 {
    let started: DateTime<Utc> = STARTED.parse().unwrap();
    let tx = app.database.write().await.unwrap();
    let run = run::ActiveModel {
        mailing_id: Set(mailing_id),
        owner_id: Set(owner_id),
        planned_for: Set(started),
        asked_by: Set(Trigger::Schedule.into()),
        state: Set(RunStateWord::Sending),
        title: Set("News".to_owned()),
        subject: Set("News for {{ full_name }}".to_owned()),
        body: Set("Hello".to_owned()),
        format: Set(Format::Text.into()),
        mail_from: Set("Golub <golub@post.example>".to_owned()),
        on_unknown: Set(OnUnknownWord::Hold),
        recipient_through: Set(letters),
        planned_through: Set(letters),
        audience: Set(Some(letters)),
        started_at: Set(started),
        ..Default::default()
    };
    let run = run.insert(&tx).await.unwrap();
    tx.commit().await.unwrap();
    run.id
}
