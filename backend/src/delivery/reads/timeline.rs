//! A recipient's timeline: page by page their letters, each with all its tries, and between them what became of the
//! address.
//!
//! Letters follow each other by id. An event stands at the newest letter whose run had started by then, so that its
//! place hangs on no page; letters keep the address that they went to, whatever the recipient's is now.

use std::collections::HashMap;

use contract::delivery::AttemptView;
use contract::listing::Page;
use contract::timeline::TimelineItem;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Statement,
};

use super::super::entity::delivery::{Column, Entity, Model};
use super::super::entity::{attempt, run};
use super::{attempts, deliveries, runs};
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;
use crate::recipients::entity as recipient;
use crate::recipients::service as recipients;

const SORTS: [Sort<Column>; 1] = [Sort {
    word: "at",
    column: Column::Id,
}];

/// The newest letter of a recipient whose run had started at an instant.
const NEWEST_BEFORE: &str = "SELECT deliveries.id AS id FROM deliveries JOIN runs ON runs.id = deliveries.run_id \
    WHERE deliveries.recipient_id = $1 AND runs.started_at <= $2 ORDER BY deliveries.id DESC LIMIT 1";

/// Something that happened to the address, and the newest letter of before.
struct Event {
    item: TimelineItem,
    behind: Option<i64>,
}

pub async fn of_recipient(
    app: &App,
    user: &CurrentUser,
    id: i64,
    query: &ListQuery,
) -> Result<Page<TimelineItem>, ApiError> {
    // The tries are those after which the letters stand so.
    let db = &app.database.snapshot().await?;
    let recipient = recipients::find_visible(db, user, id).await?;
    let select = Entity::find().filter(Column::RecipientId.eq(id));
    let mut rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
    let letters = std::mem::take(&mut rows.rows);
    let runs = runs_of(db, user, &letters).await?;
    let mut tries = tries_of(db, user, &letters).await?;
    let newest_first = query.sort.as_deref() != Some("at");
    let mut events = events_of(db, &recipient, newest_first).await?;
    let is_first = query.after.as_deref().is_none_or(str::is_empty);
    let is_last = rows.next.is_none();
    rows.total += events.len() as u64;

    let mut items = Vec::new();
    if !newest_first && is_first {
        items.extend(take(&mut events, None));
    }
    for letter in letters {
        let happened = take(&mut events, Some(letter.id));
        let Some(run) = runs.get(&letter.run_id) else {
            continue;
        };
        let tries = tries.remove(&letter.id).unwrap_or_default();
        let at = run.started_at;
        let letter = TimelineItem::of_delivery(at, deliveries::detail(letter, run, tries, true)?);
        if newest_first {
            items.extend(happened);
            items.push(letter);
        } else {
            items.push(letter);
            items.extend(happened);
        }
    }
    if newest_first && is_last {
        items.extend(take(&mut events, None));
    }
    Ok(rows.into_page(items))
}

/// The events that stand at this letter, or before all letters.
fn take(events: &mut Vec<Event>, behind: Option<i64>) -> Vec<TimelineItem> {
    events
        .extract_if(.., |event| event.behind == behind)
        .map(|event| event.item)
        .collect()
}

async fn events_of(
    db: &impl ConnectionTrait,
    recipient: &recipient::Model,
    newest_first: bool,
) -> Result<Vec<Event>, DbErr> {
    let mut events = Vec::new();
    let happened = [
        recipient
            .unsubscribed_at
            .map(TimelineItem::of_unsubscribing),
        recipient.suppression().map(TimelineItem::of_suppression),
    ];
    for item in happened.into_iter().flatten() {
        let values = [recipient.id.into(), item.at.into()];
        let newest =
            Statement::from_sql_and_values(db.get_database_backend(), NEWEST_BEFORE, values);
        let behind = match db.query_one_raw(newest).await? {
            Some(row) => row.try_get("", "id")?,
            None => None,
        };
        events.push(Event { item, behind });
    }
    events.sort_by_key(|event| event.item.at);
    if newest_first {
        events.reverse();
    }
    Ok(events)
}

/// The runs of these letters, without bodies.
async fn runs_of(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    letters: &[Model],
) -> Result<HashMap<i64, run::Model>, DbErr> {
    let runs = runs::visible_to(user)
        .filter(run::Column::Id.is_in(letters.iter().map(|letter| letter.run_id)))
        .all(db)
        .await?;
    Ok(runs.into_iter().map(|run| (run.id, run)).collect())
}

/// All tries of these letters, the first one first.
async fn tries_of(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    letters: &[Model],
) -> Result<HashMap<i64, Vec<AttemptView>>, DbErr> {
    let tries = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.is_in(letters.iter().map(|letter| letter.id)))
        .order_by_asc(attempt::Column::DeliveryId)
        .order_by_asc(attempt::Column::Number)
        .all(db)
        .await?;
    let mut of_letters: HashMap<i64, Vec<AttemptView>> = HashMap::new();
    for attempt in attempts::shown_to(db, user, tries).await? {
        of_letters
            .entry(attempt.delivery_id)
            .or_default()
            .push(attempt);
    }
    Ok(of_letters)
}
