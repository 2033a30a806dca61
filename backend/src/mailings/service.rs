//! What can be done with mailings: list, read, make, change, delete.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::audit::{Act, AuditKind};
use contract::delivery::EndReason;
use contract::listing::{Owner, Page};
use contract::mailings::{
    AudiencePreview, Channel, Instants, MailingStatus, MailingView, NewMailing, PREVIEW_LIMIT,
    PreviewAudience, PreviewRuns, Schedule,
};
use contract::permissions::Permission;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entity::{ActiveModel, Column, Entity, Model, StatusWord};
use super::views::{self, Versioned};
use super::{audiences, check, references, scope};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::database::Write;
use crate::database::changes::{Part, Table};
use crate::database::hold;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::search::{self, Kind};
use crate::delivery::rules;
use crate::delivery::start::close_runs;
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::idempotency::Once;
use crate::kept::shelf::Read;
use crate::problem::ApiError;

const SORTS: [Sort<Column>; 3] = [
    // Ids are given in the order of creation.
    Sort {
        word: "created_at",
        column: Column::Id,
    },
    Sort {
        word: "title",
        column: Column::TitleKey,
    },
    Sort {
        word: "next_run_at",
        column: Column::NextRunKey,
    },
];

/// Which mailings to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MailingFilter {
    /// Only those that stand so.
    pub status: Option<MailingStatus>,
    /// Only those that send this message.
    pub message_id: Option<i64>,
    /// Only those of this user, for those who see everyone's.
    pub owner_id: Option<i64>,
}

pub async fn list(
    app: &App,
    user: &CurrentUser,
    query: &ListQuery,
    filter: &MailingFilter,
) -> Result<Page<MailingView>, ApiError> {
    // Their runs are those that have brought them to where they stand.
    let db = &app.database.snapshot().await?;
    let MailingFilter {
        status,
        message_id,
        owner_id,
    } = *filter;
    let mut select = scope::mailings(user, Permission::SeeEverything);
    if let Some(status) = status {
        select = select.filter(Column::Status.eq(StatusWord::from(status)));
    }
    if let Some(message_id) = message_id {
        select = select.filter(Column::MessageId.eq(message_id));
    }
    if let Some(owner_id) = owner_id {
        select = select.filter(Column::OwnerId.eq(owner_id));
    }
    if let Some(search) = &query.search {
        let whose = user.confined_to(Permission::SeeEverything).or(owner_id);
        if let Some(found) = search::matches(Kind::Mailing, whose, Column::Id, search) {
            select = select.filter(found);
        }
    }
    let mut rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
    let items = views::many(db, std::mem::take(&mut rows.rows)).await?;
    Ok(rows.into_page(items))
}

pub async fn read(app: &App, user: &CurrentUser, id: i64) -> Result<Versioned, ApiError> {
    let mailing = kept(app, id).await?;
    if !user.reaches(Permission::SeeEverything, mailing.0.owner.id) {
        return Err(ApiError::NotFound);
    }
    let (mut mailing, version) = Versioned::clone(&mailing);
    views::add_runs(app.database.read(), &mut mailing).await?;
    if !is_behind(&mailing) {
        return Ok((mailing, version));
    }
    let db = &app.database.snapshot().await?;
    let mailing = find_visible(db, user, id).await?;
    views::one(db, mailing).await
}

/// Has it run since it was kept? Its runs are read each time, and tell of an occurrence that it still waits for.
fn is_behind(mailing: &MailingView) -> bool {
    let Some(last_run) = &mailing.last_run else {
        return false;
    };
    let is_over = |next_run_at| next_run_at <= last_run.planned_for;
    mailing.status == MailingStatus::Created || mailing.next_run_at.is_some_and(is_over)
}

/// The mailing from memory, whoever may see it, without its runs.
async fn kept(app: &App, id: i64) -> Result<Arc<Versioned>, ApiError> {
    let read = async {
        let db = app.database.read();
        let found = Entity::find_by_id(id).one(db).await?;
        let mailing = found.ok_or(ApiError::NotFound)?;
        let mut parts = vec![
            Part::Row(Table::Mailings, id),
            Part::Row(Table::Users, mailing.owner_id),
            // How many there are in its audience.
            Part::All(Table::Recipients),
        ];
        let message_id = mailing.message_id;
        parts.extend(message_id.map(|id| Part::Row(Table::Messages, id)));
        Ok(Read {
            value: views::without_runs(db, mailing).await?,
            parts,
            until: None,
        })
    };
    app.kept.mailings.get(&id, app.clock.now(), read).await
}

/// The mailing, if this person may know of it.
pub async fn find_visible(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
) -> Result<Model, ApiError> {
    find_visible_for(db, user, id, Permission::SeeEverything).await
}

/// The mailing, if it is this person's or they may reach everybody's for this. By the time that it is changed it may
/// be another: see [`hold_for`].
pub async fn find_visible_for(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
    everybodys: Permission,
) -> Result<Model, ApiError> {
    scope::mailings(user, everybodys)
        .filter(Column::Id.eq(id))
        .one(db)
        .await?
        .ok_or(ApiError::NotFound)
}

/// The first occurrences of a schedule that nobody has saved yet.
pub fn preview_runs(asked: PreviewRuns, now: DateTime<Utc>) -> Result<Instants, ApiError> {
    let PreviewRuns {
        starts_at,
        ends_at,
        time_zone,
        recurrence,
        count,
    } = asked;
    let schedule = Schedule {
        starts_at,
        ends_at,
        time_zone,
        recurrence,
    };
    let checked = check::schedule(&schedule, now);
    let count = usize::try_from(count)
        .ok()
        .filter(|_| (1..=PREVIEW_LIMIT).contains(&count));
    match (checked, count) {
        (Ok((_, calendar)), Some(count)) => Ok(Instants {
            instants: calendar.preview(count),
        }),
        (checked, count) => {
            let mut errors = checked.err().unwrap_or_default();
            if count.is_none() {
                let message = format!("must be 1 to {PREVIEW_LIMIT}");
                errors.add("count", FieldError::new(FieldCode::OutOfRange, message));
            }
            Err(errors.into())
        }
    }
}

/// Whom a mailing to an audience would reach: recipients of one's own, or of somebody's whom one may see.
pub async fn preview_audience(
    app: &App,
    user: &CurrentUser,
    asked: PreviewAudience,
) -> Result<AudiencePreview, ApiError> {
    let PreviewAudience { audience, owner_id } = asked;
    audience
        .check()
        .map_err(|error| FieldErrors::one("audience", error))?;
    let owner_id = owner_id.filter(|_| user.may(Permission::SeeEverything));
    let owner_id = owner_id.unwrap_or(user.id);
    Ok(audiences::preview(app.database.read(), owner_id, &audience).await?)
}

/// Makes a mailing of the caller's own. If an occurrence has come already, it runs at once.
pub async fn create(
    app: &App,
    user: &CurrentUser,
    new: NewMailing,
    once: Once,
) -> Result<Versioned, ApiError> {
    // What was made before is not checked again: its window may be over by now.
    if let Some(id) = once.made(app.database.read()).await? {
        return read(app, user, id).await;
    }
    let now = app.clock.now();
    let sends_sms = app.sms.is_on();
    let checked = check::new_mailing(app.database.read(), user.id, &new, sends_sms, now).await?;
    let audience_id = audiences::make(&app.database, user.id, &new.audience).await?;
    let mailing = ActiveModel {
        audience_id: Set(audience_id),
        on_unknown: Set(new.on_unknown.into()),
        status: Set(StatusWord::Created),
        next_run_at: Set(checked.calendar.first_run_at(now)),
        ..checked.into_columns()?
    };
    let made = async {
        let tx = app.database.write().await?;
        let mailing = match once.earlier(&tx).await? {
            Some(id) => find_visible(&tx, user, id).await?,
            None => insert(&tx, user.id, (new.message_id, new.channel), mailing, now).await?,
        };
        once.keep(&tx, mailing.id).await?;
        let answer = views::one(&tx, mailing).await?;
        tx.commit().await?;
        Ok(answer)
    };
    let made = made.await;
    audiences::drop_unused(&app.database, audience_id).await;
    made
}

/// Deletes a mailing, after stopping it. Its runs and their letters stay in the history.
pub async fn delete(
    app: &App,
    user: &CurrentUser,
    id: i64,
    if_match: IfMatch,
) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let mailing = hold(&tx, user, id).await?;
    if_match.check(mailing.version)?;
    close_runs(&tx, id, EndReason::Stopped).await?;
    rules::bump(&tx).await?;
    Entity::delete_by_id(id).exec(&tx).await?;
    search::forget(&tx, Kind::Mailing, id).await?;
    audit::record_upon_others(&tx, user, mailing.owner_id, app.clock.now(), |owner| {
        entry(Act::MailingDeleted, owner, &mailing)
    })
    .await?;
    tx.commit().await?;
    audiences::drop_unused(&app.database, mailing.audience_id).await;
    Ok(())
}

/// The mailing, held for a change until the transaction ends.
pub async fn hold(tx: &Write, user: &CurrentUser, id: i64) -> Result<Model, ApiError> {
    hold_for(tx, user, id, Permission::EditEverything).await
}

/// The mailing, if it is this person's or they may reach everybody's for this, held until the transaction ends.
pub async fn hold_for(
    tx: &Write,
    user: &CurrentUser,
    id: i64,
    everybodys: Permission,
) -> Result<Model, ApiError> {
    let mailing = scope::mailings(user, everybodys).filter(Column::Id.eq(id));
    hold::one(tx, mailing).await
}

/// What the audit log keeps of an act upon a mailing.
pub fn entry(act: Act, owner: Owner, mailing: &Model) -> Entry {
    let (id, title) = (mailing.id, mailing.title.as_str());
    Entry::of_item(act, owner, AuditKind::Mailing, id, title)
}

/// Writes a new mailing whose other columns are decided.
pub async fn insert(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    (message_id, channel): (i64, Channel),
    mailing: ActiveModel,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    // Between the checks and this transaction the message may have been deleted or made private.
    references::hold_message(tx, owner_id, message_id, channel).await?;
    let mailing = ActiveModel {
        owner_id: Set(owner_id),
        message_id: Set(Some(message_id)),
        channel: Set(channel.into()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..mailing
    };
    let mailing = mailing.insert(tx).await?;
    search::index(tx, Kind::Mailing, owner_id, mailing.id, &[&mailing.title]).await?;
    Ok(mailing)
}
