//! What is asked of a mailing before it is written: a schedule that the zones allow, a message one may use,
//! recipients of its owner's. All that is wrong is told at once.

use chrono::{DateTime, Utc};
use contract::checks;
use contract::mailings::{Channel, MailingChange, NewMailing, Schedule, TITLE_LIMIT};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{ConnectionTrait, Set};

use super::entity as mailing;
use super::references;
use super::schedule::Calendar;
use crate::clock;
use crate::problem::ApiError;
use crate::zone;

/// A mailing as it is to be written, but for its audience.
#[derive(Debug)]
pub struct Checked {
    pub title: String,
    pub message_id: i64,
    pub schedule: Schedule,
    pub calendar: Calendar,
}

impl Checked {
    /// The columns that say it.
    pub fn into_columns(self) -> Result<mailing::ActiveModel, ApiError> {
        let Self {
            title,
            message_id,
            schedule,
            calendar: _,
        } = self;
        let Schedule {
            starts_at,
            ends_at,
            time_zone,
            recurrence,
        } = schedule;
        Ok(mailing::ActiveModel {
            title_key: Set(title.to_lowercase()),
            title: Set(title),
            message_id: Set(Some(message_id)),
            starts_at: Set(starts_at),
            ends_at: Set(ends_at),
            time_zone: Set(time_zone),
            recurrence: Set(serde_json::to_string(&recurrence).map_err(ApiError::ours)?),
            ..Default::default()
        })
    }
}

/// Checks a new mailing of this owner.
pub async fn new_mailing(
    db: &impl ConnectionTrait,
    owner_id: i64,
    new: &NewMailing,
    sends_sms: bool,
    now: DateTime<Utc>,
) -> Result<Checked, ApiError> {
    let mut errors = new.check(now).err().unwrap_or_default();
    let planned = errors.keep_all(schedule(&new.schedule(), now));
    errors.keep("channel", is_offered(new.channel, sends_sms));
    let subject = references::usable_subject(db, owner_id, new.message_id, new.channel).await?;
    let subject = errors.keep("message_id", subject);
    let owned = references::all_owned(db, owner_id, &new.audience).await?;
    errors.keep("audience", owned);
    // The title was checked above; here it only falls back on the subject.
    let title = title_or_subject(new.title.as_deref().unwrap_or_default(), subject);
    match (title, planned) {
        (Some(title), Some((schedule, calendar))) if errors.is_empty() => Ok(Checked {
            title,
            message_id: new.message_id,
            schedule,
            calendar,
        }),
        _ => Err(errors.into()),
    }
}

/// Checks what a mailing would be after a change.
pub async fn change(
    db: &impl ConnectionTrait,
    current: &mailing::Model,
    change: &MailingChange,
    sends_sms: bool,
    now: DateTime<Utc>,
) -> Result<Checked, ApiError> {
    let mut errors = FieldErrors::default();
    let channel = change.channel.unwrap_or(current.channel.into());
    errors.keep("channel", may_become(current, channel, sends_sms));
    let planned = errors.keep_all(schedule(&changed_schedule(current, change)?, now));
    let message_id = change.message_id.or(current.message_id);
    let subject = match message_id {
        Some(id) => references::usable_subject(db, current.owner_id, id, channel).await?,
        None => Err(FieldError::new(FieldCode::Required, "choose a message")),
    };
    let subject = errors.keep("message_id", subject);
    let title = change.title.as_deref().unwrap_or(&current.title);
    let title = errors.keep("title", checks::optional_line(title, TITLE_LIMIT));
    let title = title.and_then(|title| title_or_subject(&title, subject));
    if let Some(audience) = &change.audience {
        errors.keep("audience", audience.check());
        let owned = references::all_owned(db, current.owner_id, audience).await?;
        errors.keep("audience", owned);
    }
    match (title, message_id, planned) {
        (Some(title), Some(message_id), Some((schedule, calendar))) if errors.is_empty() => {
            Ok(Checked {
                title,
                message_id,
                schedule,
                calendar,
            })
        }
        _ => Err(errors.into()),
    }
}

/// Runs keep what they send, and lists of them tell it by the mailing.
fn may_become(
    current: &mailing::Model,
    channel: Channel,
    sends_sms: bool,
) -> Result<(), FieldError> {
    if channel == current.channel.into() {
        return Ok(());
    }
    if current.first_run_at.is_some() {
        let message = "stays as it is from the first run on";
        return Err(FieldError::new(FieldCode::Fixed, message));
    }
    is_offered(channel, sends_sms)
}

fn is_offered(channel: Channel, sends_sms: bool) -> Result<(), FieldError> {
    if channel == Channel::Sms && !sends_sms {
        let message = "no SMS service is set up here";
        return Err(FieldError::new(FieldCode::NotOffered, message));
    }
    Ok(())
}

/// The schedule, its instants cut to what every database keeps, and its calendar.
pub fn schedule(given: &Schedule, now: DateTime<Utc>) -> Result<(Schedule, Calendar), FieldErrors> {
    let schedule = Schedule {
        starts_at: clock::kept(given.starts_at),
        ends_at: given.ends_at.map(clock::kept),
        ..given.clone()
    };
    let mut errors = schedule.check(now).err().unwrap_or_default();
    if !schedule.time_zone.is_empty() {
        errors.keep("time_zone", zone::named(&schedule.time_zone));
    }
    errors.finish()?;
    let calendar = Calendar::new(&schedule)?;
    Ok((schedule, calendar))
}

fn changed_schedule(
    current: &mailing::Model,
    change: &MailingChange,
) -> Result<Schedule, ApiError> {
    let Schedule {
        starts_at,
        ends_at,
        time_zone,
        recurrence,
    } = current.schedule()?;
    Ok(Schedule {
        starts_at: change.starts_at.unwrap_or(starts_at),
        ends_at: change.ends_at.unwrap_or(ends_at),
        time_zone: change.time_zone.clone().unwrap_or(time_zone),
        recurrence: change.recurrence.clone().unwrap_or(recurrence),
    })
}

fn title_or_subject(title: &str, subject: Option<String>) -> Option<String> {
    let title = title.trim();
    if title.is_empty() {
        subject
    } else {
        Some(title.to_owned())
    }
}
