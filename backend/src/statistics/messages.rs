//! Figures by message and by who has sent it: one that is shared is sent by several people.

use std::collections::HashMap;

use contract::listing::Page;
use contract::statistics::{Figures, MessageStatistics, MessageStatisticsDetail};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QuerySelect, QueryTrait};

use super::items::{self, Item, Span};
use super::period::{Period, PeriodQuery};
use super::sums::{self, ItemKey};
use super::whose::{Whose, WhoseQuery};
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::database::search::{self, Kind};
use crate::delivery::entity::run_sum::{Column, Model, SumKind};
use crate::http::caller::CurrentUser;
use crate::messages::entity as message;
use crate::messages::service as messages;
use crate::problem::ApiError;

pub async fn list(
    app: &App,
    user: &CurrentUser,
    query: &ListQuery,
    whose: WhoseQuery,
    period: PeriodQuery,
) -> Result<Page<MessageStatistics>, ApiError> {
    let whose = Whose::asked(whose, user)?;
    let period = Period::asked(period)?;
    let db = &app.database.snapshot().await?;
    let mut select = items::of_kind(SumKind::Message, whose, period);
    if let Some(text) = &query.search
        && let Some(found) = search::matches(Kind::Message, None, Column::ItemId, text)
    {
        // One that was shared may be its owner's alone now, and its words with it.
        let seen = messages::visible_to(user)
            .select_only()
            .column(message::Column::Id);
        let is_seen = Column::ItemId.in_subquery(seen.into_query());
        select = select.filter(found).filter(is_seen);
    }
    let (mut rows, figures) = items::page(db, select, query, period).await?;
    let items = views(db, user, std::mem::take(&mut rows.rows), &figures).await?;
    Ok(rows.into_page(items))
}

pub async fn read(
    app: &App,
    user: &CurrentUser,
    id: i64,
    whose: WhoseQuery,
    period: PeriodQuery,
) -> Result<MessageStatisticsDetail, ApiError> {
    let whose = Whose::asked(whose, user)?;
    let period = Period::asked(period)?;
    let db = &app.database.snapshot().await?;
    let Item { rows, target } = items::find(db, user, SumKind::Message, id, whose).await?;
    let (figures, answers) = sums::of(db, &target, period).await?;
    let mut senders = views(db, user, rows, &HashMap::new()).await?;
    senders.sort_by_key(|sender| sender.last_run_at);
    let runs = senders.iter().map(|sender| sender.runs).sum();
    let first_run_at = senders
        .iter()
        .filter_map(|sender| sender.first_run_at)
        .min();
    let one_alone = senders.len() == 1;
    let message = match senders.pop() {
        Some(latest) => MessageStatistics {
            owner: latest.owner.filter(|_| one_alone),
            runs,
            first_run_at,
            figures,
            ..latest
        },
        None => without_runs(db, user, id).await?,
    };
    Ok(MessageStatisticsDetail { message, answers })
}

/// A message that was not sent yet by those whose letters are asked for.
async fn without_runs(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
) -> Result<MessageStatistics, ApiError> {
    let message = messages::find_visible(db, user, id).await?;
    Ok(MessageStatistics {
        message_id: id,
        subject: message.subject,
        deleted: false,
        owner: None,
        runs: 0,
        first_run_at: None,
        last_run_at: None,
        figures: Figures::default(),
    })
}

async fn views(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    rows: Vec<Model>,
    figures: &HashMap<ItemKey, Figures>,
) -> Result<Vec<MessageStatistics>, DbErr> {
    let owners = Owners::find(db, rows.iter().map(|row| row.owner_id)).await?;
    let mut letters = items::last_letters(db, &rows).await?;
    let there: Vec<(i64, String)> = messages::visible_to(user)
        .select_only()
        .columns([message::Column::Id, message::Column::Subject])
        .filter(message::Column::Id.is_in(rows.iter().map(|row| row.item_id)))
        .into_tuple()
        .all(db)
        .await?;
    let there: HashMap<i64, String> = there.into_iter().collect();
    let view = |row: Model| {
        let Span { runs, first, last } = Span::from(&row);
        let subject = there.get(&row.item_id).cloned();
        MessageStatistics {
            message_id: row.item_id,
            deleted: subject.is_none(),
            subject: subject
                .unwrap_or_else(|| letters.remove(&row.last_run_id).unwrap_or_default().1),
            owner: Some(owners.of(row.owner_id)),
            runs,
            first_run_at: Some(first),
            last_run_at: Some(last),
            figures: figures
                .get(&(row.item_id, row.owner_id))
                .copied()
                .unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
