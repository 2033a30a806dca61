//! Changing a mailing. Runs that have started keep what they started with; only later ones see the change.

use chrono::{DateTime, Utc};
use contract::audit::Act;
use contract::mailings::MailingChange;
use contract::permissions::Permission;
use sea_orm::{ActiveModelTrait, Set};

use super::entity::{ActiveModel, Model, StatusWord};
use super::service;
use super::views::{self, Versioned};
use super::{audiences, check, life, references};
use crate::app::App;
use crate::audit;
use crate::database::search::{self, Kind};
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::problem::ApiError;

/// An audience to change to; `None` within is all.
type NewAudience = Option<Option<i64>>;

/// Changes what is given.
pub async fn change(
    app: &App,
    user: &CurrentUser,
    id: i64,
    mut change: MailingChange,
    if_match: IfMatch,
) -> Result<Versioned, ApiError> {
    let (db, now) = (app.database.read(), app.clock.now());
    let seen = service::find_visible_for(db, user, id, Permission::EditEverything).await?;
    if_match.check(seen.version)?;
    life::not_completed(&seen, now)?;
    check::change(db, &seen, &change, app.sms.is_on(), now).await?;
    // A new audience is written before the mailing is held: it may take several steps.
    let new_audience = match change.audience.take() {
        Some(audience) => Some(audiences::make(&app.database, seen.owner_id, &audience).await?),
        None => None,
    };
    let changed = write(app, user, id, &change, new_audience, if_match, now).await;
    let (unused, answer) = match changed {
        Ok((old, answer)) => (old, Ok(answer)),
        Err(error) => (new_audience.flatten(), Err(error)),
    };
    if new_audience.is_some() {
        audiences::drop_unused(&app.database, unused).await;
    }
    answer
}

/// Gives the audience that the mailing had before, and the mailing as it is now.
async fn write(
    app: &App,
    user: &CurrentUser,
    id: i64,
    change: &MailingChange,
    new_audience: NewAudience,
    if_match: IfMatch,
    now: DateTime<Utc>,
) -> Result<(Option<i64>, Versioned), ApiError> {
    let tx = app.database.write().await?;
    // Everything is looked at again: it may have been changed since.
    let current = service::hold(&tx, user, id).await?;
    if_match.check(current.version)?;
    life::not_completed(&current, now)?;
    let checked = check::change(&tx, &current, change, app.sms.is_on(), now).await?;
    let channel = change.channel.unwrap_or(current.channel.into());
    references::hold_message(&tx, current.owner_id, checked.message_id, channel).await?;

    let has_run = current.first_run_at.is_some();
    let next_run_at = if current.status == StatusWord::Paused {
        None
    } else if checked.schedule == current.schedule()? {
        // A new title must not call back an occurrence that a pause let pass.
        current.next_run_at
    } else {
        life::replanned(&checked.calendar, has_run, now)
    };
    let old_audience = current.audience_id;
    let on_unknown = change.on_unknown.map_or(current.on_unknown, Into::into);
    let version = current.version + 1;
    let changed = ActiveModel {
        id: Set(id),
        audience_id: Set(new_audience.unwrap_or(old_audience)),
        channel: Set(channel.into()),
        on_unknown: Set(on_unknown),
        next_run_at: Set(next_run_at),
        version: Set(version),
        updated_at: Set(now),
        ..checked.into_columns()?
    };
    let changed = changed.update(&tx).await?;
    search::index(&tx, Kind::Mailing, changed.owner_id, id, &[&changed.title]).await?;
    audit::record_upon_others(&tx, user, current.owner_id, now, |owner| {
        let entry = service::entry(Act::MailingChanged, owner, &current);
        entry.with_fields(&changed_fields(&current, &changed))
    })
    .await?;
    let answer = views::one(&tx, changed).await?;
    tx.commit().await?;
    Ok((old_audience, answer))
}

/// What the audit log tells of a change: which of the fields that a change can name are not as they were.
fn changed_fields(before: &Model, after: &Model) -> [(&'static str, bool); 9] {
    [
        ("title", before.title != after.title),
        ("message_id", before.message_id != after.message_id),
        ("audience", before.audience_id != after.audience_id),
        ("channel", before.channel != after.channel),
        ("starts_at", before.starts_at != after.starts_at),
        ("ends_at", before.ends_at != after.ends_at),
        ("time_zone", before.time_zone != after.time_zone),
        ("recurrence", before.recurrence != after.recurrence),
        ("on_unknown", before.on_unknown != after.on_unknown),
    ]
}
