//! The life of a mailing: when it runs next, and when it is completed. Decisions only; others read and write.

use chrono::{DateTime, Utc};
use contract::mailings::MailingStatus;

use super::entity as mailing;
use super::schedule::Calendar;
use crate::problem::ApiError;

/// The next run after a mailing was planned anew. One that has not run yet is planned as if it were just made;
/// after that only what is still to come counts.
pub fn replanned(calendar: &Calendar, has_run: bool, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if has_run {
        calendar.first_after(now)
    } else {
        calendar.first_run_at(now)
    }
}

/// Where a mailing stands that nobody holds back.
pub fn at_large(has_run: bool) -> MailingStatus {
    if has_run {
        MailingStatus::Running
    } else {
        MailingStatus::Created
    }
}

/// Completed is final. A window that is over counts even before the planner has noted it.
pub fn not_completed(mailing: &mailing::Model, now: DateTime<Utc>) -> Result<(), ApiError> {
    let over = mailing.ends_at.is_some_and(|ends_at| ends_at <= now);
    if over || mailing.status == MailingStatus::Completed.into() {
        return Err(ApiError::MailingCompleted);
    }
    Ok(())
}

pub fn not_paused(mailing: &mailing::Model) -> Result<(), ApiError> {
    if mailing.status == MailingStatus::Paused.into() {
        return Err(ApiError::MailingPaused);
    }
    Ok(())
}
