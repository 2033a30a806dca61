//! The latest run of each mailing of a page, and how many runs each has had.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use contract::delivery::{Counts, RunView};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, DerivePartialModel, EntityTrait, QueryFilter, QuerySelect,
};

use crate::delivery::entity::run::{self, RunStateWord, TriggerWord};
use crate::delivery::ledger::counts;
use crate::mailings::entity::ChannelWord;

/// What a mailing has run.
#[derive(Clone, Debug, Default)]
pub struct LastRun {
    pub run: Option<RunView>,
    pub runs: u64,
}

/// A run without its letter, which may be long.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "run::Entity")]
struct RunRow {
    id: i64,
    mailing_id: i64,
    title: String,
    subject: String,
    channel: ChannelWord,
    planned_for: DateTime<Utc>,
    asked_by: TriggerWord,
    state: RunStateWord,
    audience: Option<i64>,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    pruned_at: Option<DateTime<Utc>>,
}

/// By mailing; one that has not run is not among them.
pub async fn find(
    db: &impl ConnectionTrait,
    mailing_ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, LastRun>, DbErr> {
    let sums: Vec<(i64, i64, i64)> = run::Entity::find()
        .filter(run::Column::MailingId.is_in(mailing_ids))
        .select_only()
        .column(run::Column::MailingId)
        .column_as(run::Column::Id.max(), "latest")
        .column_as(run::Column::Id.count(), "runs")
        .group_by(run::Column::MailingId)
        .into_tuple()
        .all(db)
        .await?;
    let ids: Vec<i64> = sums.iter().map(|(_, latest, _)| *latest).collect();
    let rows: Vec<RunRow> = run::Entity::find()
        .filter(run::Column::Id.is_in(ids.iter().copied()))
        .into_partial_model()
        .all(db)
        .await?;
    let mut counts = counts::of_runs(db, &ids).await?;
    let mut views: HashMap<i64, RunView> = rows
        .into_iter()
        .map(|row| {
            let counts = counts.remove(&row.id).unwrap_or_default();
            (row.mailing_id, row.view(counts))
        })
        .collect();
    let last = |(mailing_id, _, runs): (i64, i64, i64)| {
        let last = LastRun {
            run: views.remove(&mailing_id),
            runs: u64::try_from(runs).unwrap_or_default(),
        };
        (mailing_id, last)
    };
    Ok(sums.into_iter().map(last).collect())
}

impl RunRow {
    fn view(self, counts: Counts) -> RunView {
        let Self {
            id,
            mailing_id,
            title,
            subject,
            channel,
            planned_for,
            asked_by,
            state,
            audience,
            started_at,
            finished_at,
            pruned_at,
        } = self;
        RunView {
            id,
            mailing_id,
            mailing_title: title,
            subject,
            channel: channel.into(),
            planned_for,
            trigger: asked_by.into(),
            state: state.into(),
            audience: audience.and_then(|audience| u64::try_from(audience).ok()),
            counts,
            started_at,
            finished_at,
            pruned_at,
        }
    }
}
