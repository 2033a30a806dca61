//! What a sender can do at this moment.

use chrono::{DateTime, Utc};
use contract::mailings::Channel;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use crate::mailings::entity::ChannelWord;

/// The run's letters may leave: its mailing is not paused, its window not over, its owner neither blocked nor gone.
/// `$1` is now.
const MAY_BE_SENT: &str = "runs.close_reason IS NULL AND users.blocked_at IS NULL AND users.deleted_at IS NULL \
    AND (runs.ends_at IS NULL OR runs.ends_at > $1) AND (mailings.id IS NULL OR mailings.status <> 'paused')";

/// A letter of the run waits and its time has come. `state = 0` is written out: a partial index is not used for a
/// bound value.
const HAS_DUE: &str = "EXISTS (SELECT 1 FROM deliveries WHERE deliveries.run_id = runs.id AND deliveries.state = 0 \
    AND deliveries.due_at <= $1)";

const RUNS: &str = "runs JOIN users ON users.id = runs.owner_id LEFT JOIN mailings ON mailings.id = runs.mailing_id";

/// A run that has something due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct DueRun {
    pub owner_id: i64,
    pub run_id: i64,
}

/// The open runs of a channel with letters that are due and may be sent. Of those that are known to have something
/// due it is not asked again.
pub async fn due_or_known(
    db: &impl ConnectionTrait,
    channel: Channel,
    known: &[i64],
    now: DateTime<Utc>,
) -> Result<Vec<DueRun>, DbErr> {
    let known = match known {
        [] => String::new(),
        known => {
            let ids: Vec<String> = known.iter().map(i64::to_string).collect();
            format!("runs.id IN ({}) OR ", ids.join(", "))
        }
    };
    let sql = format!(
        "SELECT runs.owner_id AS owner_id, runs.id AS run_id FROM {RUNS} \
        WHERE runs.state <> 'finished' AND runs.channel = $2 AND {MAY_BE_SENT} AND ({known}{HAS_DUE}) \
        ORDER BY runs.owner_id, runs.id"
    );
    DueRun::find_by_statement(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        [now.into(), ChannelWord::from(channel).into()],
    ))
    .all(db)
    .await
}

/// Is anything to be done now for the open runs, or for this one: planned, sent, closed, queued again or finished?
/// What is being sent counts; what waits for its time, or may not be sent, does not.
///
/// It is one statement, for a letter that moves on between two would be seen by neither.
pub async fn is_anything_to_do(
    db: &impl ConnectionTrait,
    run_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let this = match run_id {
        Some(id) => format!(" AND runs.id = {id}"),
        None => String::new(),
    };
    let stands = |state: i16| {
        format!(
            "EXISTS (SELECT 1 FROM deliveries WHERE deliveries.run_id = runs.id AND deliveries.state = {state})"
        )
    };
    let (queued, sending) = (stands(0), stands(1));
    let sql = format!(
        "SELECT runs.id FROM {RUNS} WHERE runs.state <> 'finished'{this} AND (runs.state = 'planning' \
        OR runs.close_reason IS NOT NULL OR runs.retry_wanted IS NOT NULL OR {sending} OR NOT {queued} \
        OR ({MAY_BE_SENT} AND {HAS_DUE})) LIMIT 1"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [now.into()]);
    Ok(db.query_one_raw(statement).await?.is_some())
}
