//! What was sent before: a year of finished runs, each of a completed mailing of its own, of several people; some of the
//! latest had run every day of a year. And the sums that statistics are read from, made of the counters of all runs as
//! the ledger would have made them.

use golub::app::App;
use golub::database::Engine;
use golub::delivery::ledger::sums::MONTHLY;

use super::seed::{execute, instant, series};

/// A run for so many letters.
const LETTERS: i64 = 100;
/// One more person for so many letters.
const PERSON: i64 = 10_000;
/// So many runs send the same message.
const SAME: i64 = 10;
/// One daily mailing for so many runs, and how often it ran.
const DAILY: i64 = 200;
const DAYS: i64 = 365;
/// The first mailing and the first message; those of the large run and its neighbours are below.
pub const FIRST_ID: i64 = 1_001;
const YEAR_IN_MILLISECONDS: i64 = 365 * 24 * 3_600_000;

pub async fn fill(app: &App, owner_id: i64, letters: i64) {
    let is_sqlite = app.database.engine() == Engine::Sqlite;
    let runs = Ord::max(letters / LETTERS, 1);
    let others = letters / PERSON;
    if others > 0 {
        execute(app, &people(owner_id, others)).await;
    }
    let person = format!("{owner_id} + n % {}", others + 1);
    execute(app, &messages(owner_id, runs)).await;
    execute(app, &mailings(&person, runs, is_sqlite)).await;
    for statement in terms() {
        execute(app, &statement).await;
    }
    for statement in runs_and_counts(runs, is_sqlite) {
        execute(app, &statement).await;
    }
    for statement in sums(is_sqlite) {
        execute(app, &statement).await;
    }
}

/// Their ids follow that of the first one.
fn people(owner_id: i64, others: i64) -> String {
    let series = series(others);
    format!(
        "INSERT INTO users (email, email_key, full_name, name_key, role, language, time_zone, city, password_hash, \
        confirmed_at, version, created_at, updated_at) {series} SELECT 'u' || n || '@example.org', \
        'u' || n || '@example.org', 'User' || n, 'user' || n, role, language, time_zone, city, '', confirmed_at, \
        version, created_at, updated_at FROM users CROSS JOIN series WHERE users.id = {owner_id} ORDER BY n"
    )
}

fn messages(owner_id: i64, runs: i64) -> String {
    let series = series((runs + SAME - 1) / SAME);
    let now = "'2025-10-01T08:00:00+00:00'";
    format!(
        "INSERT INTO messages (id, owner_id, subject, subject_key, body, format, shared, version, created_at, updated_at) \
        {series} SELECT {FIRST_ID} - 1 + n, {owner_id}, 'News' || n, 'news' || n, 'Hello', 'text', TRUE, 1, {now}, {now} \
        FROM series"
    )
}

fn mailings(person: &str, runs: i64, is_sqlite: bool) -> String {
    let (series, step) = (series(runs), YEAR_IN_MILLISECONDS / runs);
    let at = instant(&format!("(n - {runs}) * {step}"), is_sqlite);
    format!(
        "INSERT INTO mailings (id, owner_id, title, title_key, message_id, channel, starts_at, time_zone, recurrence, \
        on_unknown, status, first_run_at, completed_at, version, created_at, updated_at) {series} \
        SELECT {FIRST_ID} - 1 + n, {person}, 'Spring' || n, 'spring' || n, {FIRST_ID} + (n - 1) / {SAME}, 'email', {at}, \
        'UTC', '{{\"kind\":\"once\"}}', 'hold', 'completed', {at}, {at}, 1, {at}, {at} FROM series"
    )
}

fn terms() -> [String; 3] {
    let of = |kind: i64, table: &str, term: &str| {
        format!(
            "INSERT INTO search_terms (kind, owner_id, term, item_id) SELECT {kind}, owner_id, {term}, id FROM {table}"
        )
    };
    [
        of(2, "messages", "subject_key"),
        of(3, "mailings", "title_key"),
        // A word that all have.
        of(3, "mailings", "'campaign'"),
    ]
}

/// Of a hundred letters two failed, one was skipped and one is unknown.
fn runs_and_counts(runs: i64, is_sqlite: bool) -> [String; 4] {
    let hour = hour_of("started_at", is_sqlite);
    let of_past = format!("runs.mailing_id >= {FIRST_ID}");
    let of = |at: &str, from: &str| {
        format!(
            "INSERT INTO runs (mailing_id, owner_id, message_id, planned_for, asked_by, state, title, subject, body, format, \
            mail_from, on_unknown, recipient_through, planned_through, audience, started_at, finished_at) \
            SELECT id, owner_id, message_id, {at}, 'schedule', 'finished', title, 'News', 'Hello', 'text', \
            'Golub <golub@post.example>', 'hold', 0, 0, {LETTERS}, {at}, {at} FROM {from}"
        )
    };
    let days_before = match is_sqlite {
        true => "strftime('%Y-%m-%dT%H:%M:%S+00:00', starts_at, '-' || n || ' days')",
        false => "starts_at - n * INTERVAL '1 day'",
    };
    let latest = FIRST_ID + runs - Ord::max(runs / DAILY, 1);
    let daily = format!(
        "mailings CROSS JOIN ({} SELECT n FROM series) AS days WHERE id >= {latest} ORDER BY n DESC",
        series(DAYS)
    );
    [
        of(days_before, &daily),
        of("starts_at", "mailings ORDER BY id"),
        format!(
            "INSERT INTO run_counts (run_id, worker_id, state, count) SELECT runs.id, 0, states.state, states.count \
            FROM runs CROSS JOIN (SELECT 2 AS state, 96 AS count UNION ALL SELECT 3, 2 UNION ALL SELECT 4, 1 \
            UNION ALL SELECT 5, 1) AS states WHERE {of_past}"
        ),
        format!(
            "INSERT INTO attempt_counts (run_id, hour, worker_id, outcome, class, server, count, letters) \
            SELECT runs.id, {hour}, 0, ends.outcome, ends.class, '', ends.count, ends.letters FROM runs CROSS JOIN \
            (SELECT 0 AS outcome, -1 AS class, 96 AS count, 96 AS letters UNION ALL SELECT 1, 1, 2, 0 \
            UNION ALL SELECT 2, -1, 1, 0) AS ends WHERE {of_past}"
        ),
    ]
}

fn sums(is_sqlite: bool) -> [String; 7] {
    let run_sums = |kind: i64, item: &str| {
        format!(
            "INSERT INTO run_sums (kind, item_id, owner_id, runs, first_run_at, last_run_at, last_run_id) \
            SELECT {kind}, {item}, owner_id, COUNT(*), MIN(started_at), MAX(started_at), MAX(id) FROM runs \
            WHERE {item} IS NOT NULL GROUP BY {item}, owner_id"
        )
    };
    let scope = "scopes.kind, CASE scopes.kind WHEN 0 THEN 0 WHEN 1 THEN runs.owner_id WHEN 2 THEN runs.mailing_id \
        ELSE runs.message_id END, CASE scopes.kind WHEN 0 THEN 0 ELSE runs.owner_id END";
    let from = "JOIN runs ON runs.id = run_id CROSS JOIN \
        (SELECT 0 AS kind UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS scopes \
        WHERE scopes.kind <> 3 OR runs.message_id IS NOT NULL";
    let (started, begun) = (
        quarter_of("runs.started_at", is_sqlite),
        quarter_of("hour", is_sqlite),
    );
    let month = match is_sqlite {
        true => "unixepoch(quarter * 900, 'unixepoch', 'start of month') / 900",
        false => {
            "CAST(EXTRACT(EPOCH FROM date_trunc('month', to_timestamp(quarter * 900), 'UTC')) / 900 AS BIGINT)"
        }
    };
    // What is being sent counts as queued.
    let state = "CASE run_counts.state WHEN 1 THEN 0 ELSE run_counts.state END";
    [
        run_sums(1, "owner_id"),
        run_sums(2, "mailing_id"),
        run_sums(3, "message_id"),
        format!(
            "INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count) \
            SELECT {scope}, {started}, 0, {state}, SUM(count) FROM run_counts {from} GROUP BY 1, 2, 3, 4, 6"
        ),
        format!(
            "INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters) \
            SELECT {scope}, {begun}, 0, outcome, class, SUM(count), SUM(letters) FROM attempt_counts {from} \
            GROUP BY 1, 2, 3, 4, 6, 7"
        ),
        format!(
            "INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count) \
            SELECT kind + {MONTHLY}, item_id, owner_id, {month}, 0, state, SUM(count) \
            FROM letter_sums GROUP BY 1, 2, 3, 4, 6"
        ),
        format!(
            "INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters) \
            SELECT kind + {MONTHLY}, item_id, owner_id, {month}, 0, outcome, class, SUM(count), SUM(letters) \
            FROM attempt_sums GROUP BY 1, 2, 3, 4, 6, 7"
        ),
    ]
}

pub fn hour_of(at: &str, is_sqlite: bool) -> String {
    match is_sqlite {
        true => format!("substr({at}, 1, 13) || ':00:00+00:00'"),
        false => format!("date_trunc('hour', {at}, 'UTC')"),
    }
}

fn quarter_of(at: &str, is_sqlite: bool) -> String {
    match is_sqlite {
        true => format!("unixepoch({at}) / 900"),
        false => format!("CAST(FLOOR(EXTRACT(EPOCH FROM {at}) / 900) AS BIGINT)"),
    }
}
