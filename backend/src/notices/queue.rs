//! The queue: one notice is claimed, held while it is tried, and settled.
//!
//! A claim is a conditional update that holds the notice for two minutes and counts the try; while the try lasts, the
//! hold is renewed. So the hold need not be as long as a slow mail server may take, and what a dead worker held is
//! free again two minutes later. The number of the try tells claims apart: who lost the hold settles nothing.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::notices::NoticeChannel;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::entity::{ActiveModel, ChannelWord, Column, Entity, Model, StateWord};
use crate::app::App;
use crate::problem::ApiError;

/// For so long nobody else sends what somebody has claimed.
pub const HELD_FOR: Duration = Duration::from_secs(120);
/// So many forgotten notices are deleted in one step.
const STEP: u64 = 500;

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub end: End,
    pub code: Option<i64>,
    pub answer: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Sent,
    /// It is tried again then.
    Again(DateTime<Utc>),
    Failed,
    /// It has nobody to go to any more.
    Dropped,
}

/// Takes the next notice that is due on this channel, in the order in which they were told.
pub async fn claim(app: &App, channel: NoticeChannel) -> Result<Option<Model>, ApiError> {
    loop {
        let now = app.clock.now();
        let next = Entity::find()
            .filter(due(channel, now))
            .order_by_asc(Column::Id)
            .one(app.database.read())
            .await?;
        let Some(mut notice) = next else {
            return Ok(None);
        };
        let tx = app.database.write().await?;
        let claimed = Entity::update_many()
            .set(ActiveModel {
                leased_until: Set(Some(now + HELD_FOR)),
                attempts: Set(notice.attempts + 1),
                ..Default::default()
            })
            .filter(ours(&notice))
            .filter(due(channel, now))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        // Of two that saw it at once, the second looks for another one.
        if claimed.rows_affected == 1 {
            notice.attempts += 1;
            return Ok(Some(notice));
        }
    }
}

/// Holds a claimed notice for longer.
pub async fn renew(app: &App, notice: &Model) -> Result<(), ApiError> {
    let until = app.clock.now() + HELD_FOR;
    update(
        app,
        notice,
        ActiveModel {
            leased_until: Set(Some(until)),
            ..Default::default()
        },
    )
    .await
}

/// Writes how a claimed notice's try ended.
pub async fn settle(app: &App, notice: &Model, settled: &Settled) -> Result<(), ApiError> {
    let now = app.clock.now();
    let Settled { end, code, answer } = settled;
    let (state, due_at) = match end {
        End::Sent => (StateWord::Sent, notice.due_at),
        End::Again(at) => (StateWord::Queued, *at),
        End::Failed => (StateWord::Failed, notice.due_at),
        End::Dropped => (StateWord::Dropped, notice.due_at),
    };
    let change = ActiveModel {
        state: Set(state),
        due_at: Set(due_at),
        leased_until: Set(None),
        code: Set(*code),
        answer: Set(answer.clone()),
        settled_at: Set((state != StateWord::Queued).then_some(now)),
        ..Default::default()
    };
    update(app, notice, change).await
}

/// Forgets notices that were settled long ago, in small steps.
pub async fn sweep(app: &App) -> Result<(), ApiError> {
    let before = app.clock.now() - app.config.notices.keep_for;
    loop {
        let ids: Vec<i64> = Entity::find()
            .filter(Column::SettledAt.lt(before))
            .select_only()
            .column(Column::Id)
            .limit(STEP)
            .into_tuple()
            .all(app.database.read())
            .await?;
        if ids.is_empty() {
            return Ok(());
        }
        let tx = app.database.write().await?;
        Entity::delete_many()
            .filter(Column::Id.is_in(ids))
            .exec(&tx)
            .await?;
        tx.commit().await?;
    }
}

/// What became of the newest notice of a kind to a user; how the kind's own feature shows it.
pub async fn newest(
    db: &impl ConnectionTrait,
    user_id: i64,
    kind: contract::notices::NoticeKind,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Kind.eq(super::entity::KindWord::from(kind)))
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

fn due(channel: NoticeChannel, now: DateTime<Utc>) -> Condition {
    Condition::all()
        // Written out: a partial index is not used for a bound value.
        .add(Expr::cust("state = 'queued'"))
        .add(Column::Channel.eq(ChannelWord::from(channel)))
        .add(Column::DueAt.lte(now))
        .add(
            Condition::any()
                .add(Column::LeasedUntil.is_null())
                .add(Column::LeasedUntil.lte(now)),
        )
}

/// The notice, as long as nobody else has claimed it since.
fn ours(notice: &Model) -> Condition {
    Condition::all()
        .add(Column::Id.eq(notice.id))
        .add(Column::Attempts.eq(notice.attempts))
}

async fn update(app: &App, notice: &Model, change: ActiveModel) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    Entity::update_many()
        .set(change)
        .filter(ours(notice))
        .filter(Column::State.eq(StateWord::Queued))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
