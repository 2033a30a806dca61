//! The two statements that write most of the ledger: outcomes move their deliveries, and become attempts.
//!
//! They touch only what still stands as its claim left it. On PostgreSQL the outcomes travel as one array for each
//! column and are written by one statement, always the same. On SQLite they stand in VALUES of a few fixed lengths,
//! so that a statement once prepared serves again; what is too much is filled with rows of NULL, which match nothing.

use chrono::{DateTime, SecondsFormat, Utc};
use contract::delivery::Outcome;
use sea_orm::{ActiveEnum as _, ConnectionTrait, DbBackend, DbErr, Statement, Value};

use super::super::classify::class_of;
use super::super::entity::attempt::OutcomeNumber;
use super::super::entity::class::ClassNumber;
use super::super::entity::run::EndReasonWord;
use super::arrays::ArrayText;
use super::record::{Line, Tried, smtp_code};
use crate::mail::{Reply, Verdict};

/// How many outcomes one statement takes on SQLite.
const LENGTHS: [usize; 5] = [8, 32, 64, 96, 128];
const LONGEST: usize = LENGTHS[LENGTHS.len() - 1];

/// Writes them. Says which moved, by claim and delivery.
pub(super) async fn write(
    tx: &impl ConnectionTrait,
    lines: &[Line<'_>],
    now: DateTime<Utc>,
) -> Result<Vec<(i64, i64)>, DbErr> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let mut moved = Vec::with_capacity(lines.len());
    match tx.get_database_backend() {
        DbBackend::Postgres => {
            let rows = tx.query_all_raw(postgres(lines, now)).await?;
            for row in rows {
                moved.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
            }
        }
        _ => {
            for lines in lines.chunks(LONGEST) {
                // The attempts first, as long as it can be seen which deliveries will move.
                tx.execute_raw(sqlite_attempts(lines)).await?;
                for row in tx.query_all_raw(sqlite_states(lines, now)).await? {
                    moved.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
                }
            }
        }
    }
    Ok(moved)
}

/// What an attempt is, if the reply makes one.
pub(super) fn outcome_of(tried: &Tried, reply: &Reply) -> Option<OutcomeNumber> {
    tried.counts().then_some(match reply.verdict {
        Verdict::Accepted => Outcome::Succeeded.into(),
        Verdict::Unknown => Outcome::Unknown.into(),
        Verdict::Transient | Verdict::Permanent | Verdict::NotTried => Outcome::Failed.into(),
    })
}

/// Everything about a group of outcomes at once.
pub const POSTGRES: &str = "WITH moved AS (\
    UPDATE deliveries SET state = v.state, due_at = COALESCE(v.due_at, deliveries.due_at), \
    attempts = deliveries.attempts + v.tries, possible_copies = v.possible_copies, smtp_code = v.smtp_code, response = v.response, class = v.class, \
    reason = v.reason, updated_at = $16 \
    FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::smallint[], $4::text::timestamptz[], \
    $5::text::bigint[], $6::text::bigint[], $7::text::smallint[], $8::text::text[], $9::text::smallint[], \
    $10::text::timestamptz[], $11::text::smallint[], $12::text::text[], $13::text::bigint[], $14::text::text[], $15::text::text[]) \
    AS v (id, claim_id, state, due_at, tries, possible_copies, smtp_code, response, class, \
    at, outcome, enhanced_code, milliseconds, server, reason) \
    WHERE deliveries.id = v.id AND deliveries.claim_id = v.claim_id AND deliveries.state = 1 \
    RETURNING deliveries.id, deliveries.claim_id, deliveries.run_id, deliveries.mailing_id, deliveries.owner_id, deliveries.email, \
    deliveries.full_name, deliveries.attempts AS number, v.at, v.outcome, v.smtp_code, v.enhanced_code, v.response, v.class, \
    v.milliseconds, v.server\
    ), added AS (\
    INSERT INTO attempts (delivery_id, run_id, mailing_id, owner_id, email, full_name, number, at, outcome, \
    smtp_code, enhanced_code, response, class, milliseconds, server) \
    SELECT id, run_id, mailing_id, owner_id, email, full_name, number, at, outcome, \
    smtp_code, enhanced_code, response, class, milliseconds, server FROM moved WHERE outcome IS NOT NULL \
    ON CONFLICT DO NOTHING\
    ) SELECT claim_id, id FROM moved";

fn postgres(lines: &[Line<'_>], now: DateTime<Utc>) -> Statement {
    let mut columns: [ArrayText; 15] = std::array::from_fn(|_| ArrayText::default());
    for line in lines {
        let Fields {
            id,
            claim_id,
            state,
            due_at,
            tries,
            possible_copies,
            smtp_code,
            response,
            class,
            at,
            outcome,
            enhanced_code,
            milliseconds,
            server,
            reason,
        } = fields(line);
        let [
            c1,
            c2,
            c3,
            c4,
            c5,
            c6,
            c7,
            c8,
            c9,
            c10,
            c11,
            c12,
            c13,
            c14,
            c15,
        ] = &mut columns;
        c1.push(id);
        c2.push(claim_id);
        c3.push(state);
        c4.push_or_null(due_at.map(in_text));
        c5.push(tries);
        c6.push(possible_copies);
        c7.push_or_null(smtp_code);
        c8.push_text(Some(response));
        c9.push_or_null(class);
        c10.push(in_text(at));
        c11.push_or_null(outcome);
        c12.push_text(enhanced_code);
        c13.push(milliseconds);
        c14.push_text(server);
        c15.push_text(reason.as_deref());
    }
    let columns = columns.into_iter().map(|column| Value::from(column.end()));
    let values = columns.chain([now.into()]);
    Statement::from_sql_and_values(DbBackend::Postgres, POSTGRES, values)
}

fn in_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn sqlite_attempts(lines: &[Line<'_>]) -> Statement {
    const COLUMNS: usize = 11;
    let length = length_for(lines.len());
    let mut values = Vec::with_capacity(length * COLUMNS);
    for line in lines {
        let fields = fields(line);
        values.extend([
            Value::from(fields.id),
            fields.claim_id.into(),
            fields.tries.into(),
            fields.at.into(),
            fields.outcome.into(),
            fields.smtp_code.into(),
            fields.enhanced_code.into(),
            fields.response.into(),
            fields.class.into(),
            fields.milliseconds.into(),
            fields.server.into(),
        ]);
    }
    fill(&mut values, length * COLUMNS);
    let sql = format!(
        "WITH v (id, claim_id, tries, at, outcome, smtp_code, enhanced_code, response, class, milliseconds, server) \
        AS (VALUES {}) \
        INSERT INTO attempts (delivery_id, run_id, mailing_id, owner_id, email, full_name, number, at, outcome, \
        smtp_code, enhanced_code, response, class, milliseconds, server) \
        SELECT deliveries.id, deliveries.run_id, deliveries.mailing_id, deliveries.owner_id, deliveries.email, \
        deliveries.full_name, deliveries.attempts + v.tries, v.at, v.outcome, v.smtp_code, v.enhanced_code, v.response, v.class, \
        v.milliseconds, v.server FROM v CROSS JOIN deliveries \
        WHERE deliveries.id = v.id AND deliveries.claim_id = v.claim_id AND deliveries.state = 1 \
        AND v.outcome IS NOT NULL ON CONFLICT DO NOTHING",
        rows(length, COLUMNS)
    );
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}

fn sqlite_states(lines: &[Line<'_>], now: DateTime<Utc>) -> Statement {
    const COLUMNS: usize = 10;
    let length = length_for(lines.len());
    let mut values = Vec::with_capacity(length * COLUMNS + 1);
    for line in lines {
        let fields = fields(line);
        values.extend([
            Value::from(fields.id),
            fields.claim_id.into(),
            fields.state.into(),
            fields.due_at.into(),
            fields.tries.into(),
            fields.possible_copies.into(),
            fields.smtp_code.into(),
            fields.response.into(),
            fields.class.into(),
            fields.reason.into(),
        ]);
    }
    fill(&mut values, length * COLUMNS);
    values.push(now.into());
    let sql = format!(
        "WITH v (id, claim_id, state, due_at, tries, possible_copies, smtp_code, response, class, reason) \
        AS (VALUES {}) \
        UPDATE deliveries SET state = v.state, due_at = COALESCE(v.due_at, deliveries.due_at), \
        attempts = deliveries.attempts + v.tries, possible_copies = v.possible_copies, smtp_code = v.smtp_code, \
        response = v.response, class = v.class, reason = v.reason, updated_at = ? \
        FROM v WHERE deliveries.id = v.id AND deliveries.claim_id = v.claim_id AND deliveries.state = 1 \
        RETURNING deliveries.claim_id, deliveries.id",
        rows(length, COLUMNS)
    );
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}

fn length_for(lines: usize) -> usize {
    let fits = LENGTHS.into_iter().find(|length| *length >= lines);
    fits.unwrap_or(LONGEST)
}

fn fill(values: &mut Vec<Value>, length: usize) {
    values.resize(length, Value::BigInt(None));
}

/// `(?, ?), (?, ?)`
fn rows(length: usize, columns: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    vec![row; length].join(", ")
}

/// What is written of one outcome.
struct Fields<'a> {
    id: i64,
    claim_id: i64,
    state: i16,
    due_at: Option<DateTime<Utc>>,
    /// One, or none if it is no attempt. It is added to what the row says: a late outcome of an older claim may have
    /// been counted there meanwhile.
    tries: i64,
    possible_copies: i64,
    smtp_code: Option<i16>,
    response: &'a str,
    class: Option<i16>,
    at: DateTime<Utc>,
    /// None if it is no attempt.
    outcome: Option<i16>,
    enhanced_code: Option<&'a str>,
    milliseconds: i64,
    server: Option<&'a str>,
    reason: Option<String>,
}

fn fields<'a>(line: &Line<'a>) -> Fields<'a> {
    let Line { tried, reply, next } = line;
    Fields {
        id: tried.delivery.id,
        claim_id: tried.claim_id,
        state: next.state as i16,
        due_at: next.due_at,
        tries: i64::from(tried.counts()),
        possible_copies: next.possible_copies as i64,
        smtp_code: smtp_code(reply),
        response: &reply.text,
        class: class_of(reply).map(|class| ClassNumber::from(class) as i16),
        at: tried.at,
        outcome: outcome_of(tried, reply).map(|outcome| outcome as i16),
        enhanced_code: reply.enhanced_code.as_deref(),
        milliseconds: tried.took.as_millis() as i64,
        server: tried.server.as_deref(),
        reason: next
            .reason
            .map(|reason| EndReasonWord::from(reason).to_value()),
    }
}
