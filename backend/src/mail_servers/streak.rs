//! A streak of refusals is the server's fault: its letters come back.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

pub async fn refused_before(
    _tx: &impl ConnectionTrait,
    _deliveries: &[i64],
) -> Result<HashSet<i64>, DbErr> {
    Ok(HashSet::new())
}

pub async fn send_back(
    _tx: &impl ConnectionTrait,
    _worker_id: i64,
    _deliveries: &[i64],
    _due_at: DateTime<Utc>,
    _now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Ok(())
}
