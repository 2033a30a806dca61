//! The operations on mailings.

use contract::delivery::RunView;
use contract::listing::Page;
use contract::mailings::{
    Audience, AudiencePreview, Instants, MailingChange, MailingView, NewMailing, PreviewAudience,
    PreviewRuns, Schedule, StopMailing,
};
use contract::messages::LetterPreview;

use crate::client::{Call, Version};
use crate::operations;

operations! {
    LIST: Get "/mailings" -> Page<MailingView>;
    CREATE: Post "/mailings" -> MailingView;
    PREVIEW_RUNS: Post "/mailings/preview-runs" -> Instants;
    PREVIEW_AUDIENCE: Post "/mailings/preview-audience" -> AudiencePreview;
    READ: Get "/mailings/{id}" -> MailingView;
    CHANGE: Patch "/mailings/{id}" -> MailingView;
    DELETE: Delete "/mailings/{id}" -> ();
    SEND: Post "/mailings/{id}/send" -> RunView;
    PAUSE: Post "/mailings/{id}/pause" -> MailingView;
    RESUME: Post "/mailings/{id}/resume" -> MailingView;
    STOP: Post "/mailings/{id}/stop" -> MailingView;
    DUPLICATE: Post "/mailings/{id}/duplicate" -> MailingView;
    /// What a mailing sends, as it arrives.
    PREVIEW_MESSAGE: Post "/messages/{id}/preview" -> LetterPreview;
}

pub fn create(mailing: &NewMailing) -> Call<MailingView> {
    CREATE.call().body(mailing)
}

pub fn change(version: &Version, change: &MailingChange) -> Call<MailingView> {
    CHANGE.at(version).body(change)
}

pub fn stop(id: i64, stop: &StopMailing) -> Call<MailingView> {
    STOP.of(id).body(stop)
}

/// Whom a mailing to an audience of this owner's would reach.
pub fn preview_audience(audience: Audience, owner_id: i64) -> Call<AudiencePreview> {
    let owner_id = Some(owner_id);
    PREVIEW_AUDIENCE
        .call()
        .body(&PreviewAudience { audience, owner_id })
        .changing_nothing()
}

/// The first `count` runs that this schedule would have.
pub fn preview_runs(schedule: Schedule, count: u64) -> Call<Instants> {
    let Schedule {
        starts_at,
        ends_at,
        time_zone,
        recurrence,
    } = schedule;
    PREVIEW_RUNS
        .call()
        .body(&PreviewRuns {
            starts_at,
            ends_at,
            time_zone,
            recurrence,
            count,
        })
        .changing_nothing()
}
