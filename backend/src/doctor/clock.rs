//! The clock: a wrong one starts mailings at wrong times.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder, QuerySelect, Statement};

use super::Finding;
use crate::clock::Clock;
use crate::database::{Database, Engine};
use crate::delivery::entity::worker;

const CLOCK: &str = "clock";
/// Clocks that are kept by the network differ by milliseconds.
const TOLERATED: TimeDelta = TimeDelta::seconds(5);

/// Compares it with what others have written down: the database's own clock, or when a worker last started.
pub async fn look(database: &Database, clock: &Clock) -> Finding {
    let others = match database.engine() {
        Engine::Postgres => databases_own(database).await.map(Some),
        Engine::Sqlite => latest_start(database).await,
    };
    // A database that does not answer has been told of already.
    judge(clock.now(), others.ok().flatten(), database.engine())
}

fn judge(now: DateTime<Utc>, other: Option<DateTime<Utc>>, engine: Engine) -> Finding {
    let says = format!("it is {}", now.format("%Y-%m-%d %H:%M:%S UTC"));
    match (other, engine) {
        (Some(other), Engine::Postgres) if (now - other).abs() > TOLERATED => Finding::warning(
            CLOCK,
            format!(
                "{says} here and {} at the database",
                other.format("%Y-%m-%d %H:%M:%S UTC")
            ),
        ),
        (Some(other), Engine::Sqlite) if now < other => Finding::broken(
            CLOCK,
            format!(
                "{says}, and yet something happened at {}",
                other.format("%Y-%m-%d %H:%M:%S UTC")
            ),
        ),
        _ => Finding::fine(CLOCK, says),
    }
}

async fn databases_own(database: &Database) -> Result<DateTime<Utc>, DbErr> {
    let db = database.read();
    let statement = Statement::from_string(db.get_database_backend(), "SELECT clock_timestamp()");
    let row = db.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("the time".to_owned()))?
        .try_get_by_index(0)
}

async fn latest_start(database: &Database) -> Result<Option<DateTime<Utc>>, DbErr> {
    worker::Entity::find()
        .select_only()
        .column(worker::Column::StartedAt)
        .order_by_desc(worker::Column::StartedAt)
        .into_tuple()
        .one(database.read())
        .await
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn a_clock_is_judged_by_others() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2030-05-01T06:00:00Z");
        let (second, hour) = (at("2030-05-01T06:00:01Z"), at("2030-05-01T07:00:00Z"));
        assert_eq!(judge(now, None, Engine::Sqlite).health, Health::Fine);
        assert_eq!(
            judge(now, Some(second), Engine::Postgres).health,
            Health::Fine
        );
        assert_eq!(
            judge(now, Some(hour), Engine::Postgres).health,
            Health::Warning
        );
        assert_eq!(
            judge(hour, Some(now), Engine::Postgres).health,
            Health::Warning
        );
        assert_eq!(judge(hour, Some(now), Engine::Sqlite).health, Health::Fine);
        assert_eq!(
            judge(now, Some(hour), Engine::Sqlite).health,
            Health::Broken
        );
    }
}
