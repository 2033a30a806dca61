//! Mailings as they are read: with the message, the owner, the audience's size and the latest run. A page asks for
//! each of these once, however many mailings it has.

use std::collections::{BTreeSet, HashMap};

use contract::mailings::{AudienceView, Channel, MailingView};
use contract::problem::Named;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::audiences;
use super::entity::Model;
use super::last_runs::{self, LastRun};
use crate::accounts::owners::Owners;
use crate::kept;
use crate::messages::entity as message;
use crate::problem::ApiError;

/// A mailing as it is read, and its version.
pub type Versioned = kept::Versioned<MailingView>;

/// What stands beside the mailings of a page.
struct Surroundings {
    owners: Owners,
    subjects: HashMap<i64, String>,
    chosen: HashMap<i64, u64>,
    all: HashMap<i64, u64>,
}

/// Mailings as a list shows them.
pub async fn many(
    db: &impl ConnectionTrait,
    mailings: Vec<Model>,
) -> Result<Vec<MailingView>, ApiError> {
    let surroundings = Surroundings::of(db, &mailings).await?;
    let mut runs = last_runs::find(db, mailings.iter().map(|mailing| mailing.id)).await?;
    let views = mailings.into_iter().map(|mailing| {
        let last = runs.remove(&mailing.id).unwrap_or_default();
        let mut view = surroundings.view(mailing)?;
        put(last, &mut view);
        Ok(view)
    });
    views.collect()
}

/// One mailing, with those chosen for it.
pub async fn one(db: &impl ConnectionTrait, mailing: Model) -> Result<Versioned, ApiError> {
    let (mut view, version) = without_runs(db, mailing).await?;
    add_runs(db, &mut view).await?;
    Ok((view, version))
}

/// Adds what a mailing has run until now.
pub async fn add_runs(db: &impl ConnectionTrait, view: &mut MailingView) -> Result<(), ApiError> {
    let mut runs = last_runs::find(db, [view.id]).await?;
    put(runs.remove(&view.id).unwrap_or_default(), view);
    Ok(())
}

fn put(LastRun { run, runs }: LastRun, view: &mut MailingView) {
    view.last_run = run;
    view.runs = runs;
}

/// One mailing, with those chosen for it, as if it had not run.
pub async fn without_runs(
    db: &impl ConnectionTrait,
    mailing: Model,
) -> Result<Versioned, ApiError> {
    let (version, audience_id) = (mailing.version, mailing.audience_id);
    let surroundings = Surroundings::of(db, std::slice::from_ref(&mailing)).await?;
    let mut view = surroundings.view(mailing)?;
    if let Some(id) = audience_id {
        let recipient_ids = audiences::recipient_ids(db, id).await?;
        // They were counted before.
        view.audience.count = recipient_ids.len() as u64;
        view.audience.recipient_ids = recipient_ids;
    }
    if view.channel == Channel::Sms {
        let without = match audience_id {
            Some(id) => audiences::without_phone(db, id).await?,
            None => audiences::all_without_phone(db, view.owner.id).await?,
        };
        view.audience.without_phone = Some(without);
    }
    Ok((view, version))
}

impl Surroundings {
    async fn of(db: &impl ConnectionTrait, mailings: &[Model]) -> Result<Self, ApiError> {
        let owner_ids = mailings.iter().map(|mailing| mailing.owner_id);
        let chosen = mailings.iter().filter_map(|mailing| mailing.audience_id);
        let owners_of_all: BTreeSet<i64> = mailings
            .iter()
            .filter(|mailing| mailing.audience_id.is_none())
            .map(|mailing| mailing.owner_id)
            .collect();
        Ok(Self {
            owners: Owners::find(db, owner_ids).await?,
            subjects: subjects(db, mailings).await?,
            chosen: audiences::counts(db, chosen).await?,
            all: audiences::counts_of_all(db, owners_of_all).await?,
        })
    }

    fn view(&self, mailing: Model) -> Result<MailingView, ApiError> {
        let recurrence = mailing.recurrence()?;
        let stopped = mailing.stopped();
        let Model {
            id,
            owner_id,
            title,
            title_key: _,
            message_id,
            audience_id,
            channel,
            starts_at,
            ends_at,
            time_zone,
            recurrence: _,
            on_unknown,
            status,
            next_run_at,
            next_run_key: _,
            first_run_at: _,
            stopped_at: _,
            stopped_by: _,
            stop_reason: _,
            completed_at,
            version: _,
            created_at,
            updated_at,
        } = mailing;
        let count = match audience_id {
            Some(id) => self.chosen.get(&id),
            None => self.all.get(&owner_id),
        };
        let message = message_id.and_then(|id| {
            let title = self.subjects.get(&id)?.clone();
            Some(Named { id, title })
        });
        Ok(MailingView {
            id,
            title,
            status: status.into(),
            message,
            audience: AudienceView {
                all: audience_id.is_none(),
                count: count.copied().unwrap_or_default(),
                without_phone: None,
                recipient_ids: Vec::new(),
            },
            channel: channel.into(),
            starts_at,
            ends_at,
            time_zone,
            recurrence,
            on_unknown: on_unknown.into(),
            next_run_at,
            owner: self.owners.of(owner_id),
            last_run: None,
            runs: 0,
            stopped,
            completed_at,
            created_at,
            updated_at,
        })
    }
}

async fn subjects(
    db: &impl ConnectionTrait,
    mailings: &[Model],
) -> Result<HashMap<i64, String>, ApiError> {
    let ids: BTreeSet<i64> = mailings
        .iter()
        .filter_map(|mailing| mailing.message_id)
        .collect();
    let subjects: Vec<(i64, String)> = message::Entity::find()
        .filter(message::Column::Id.is_in(ids))
        .select_only()
        .column(message::Column::Id)
        .column(message::Column::Subject)
        .into_tuple()
        .all(db)
        .await?;
    Ok(subjects.into_iter().collect())
}
