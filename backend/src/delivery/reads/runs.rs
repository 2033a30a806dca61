//! Runs as they are read.

use contract::delivery::{Counts, RunState, RunView};
use contract::listing::Page;
use contract::permissions::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Iterable, QueryFilter, QuerySelect, Select,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::entity::run::{Column, Entity, Model, RunStateWord};
use super::super::ledger::counts;
use super::shown;
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::http::caller::CurrentUser;
use crate::mailings::service as mailings;
use crate::problem::ApiError;

/// Runs are started in the order of what they were planned for, so that ids have both orders.
const SORTS: [Sort<Column>; 2] = [
    Sort {
        word: "started_at",
        column: Column::Id,
    },
    Sort {
        word: "planned_for",
        column: Column::Id,
    },
];

/// Which runs to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RunFilter {
    /// Only those that stand so.
    pub state: Option<RunState>,
}

/// The runs of one mailing. It may be deleted since, if this person may read its runs.
pub async fn of_mailing(
    app: &App,
    user: &CurrentUser,
    mailing_id: i64,
    query: &ListQuery,
    filter: RunFilter,
) -> Result<Page<RunView>, ApiError> {
    let db = app.database.read();
    let mut select = visible_to(user).filter(Column::MailingId.eq(mailing_id));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(RunStateWord::from(state)));
    }
    let mut rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
    if rows.rows.is_empty() && find_any(db, user, mailing_id).await?.is_none() {
        mailings::find_visible(db, user, mailing_id).await?;
    }
    let views = views(db, std::mem::take(&mut rows.rows)).await?;
    Ok(rows.into_page(views))
}

/// These runs as they are shown, in the same order, each with its deliveries counted by state.
pub async fn views(db: &impl ConnectionTrait, runs: Vec<Model>) -> Result<Vec<RunView>, DbErr> {
    let ids: Vec<i64> = runs.iter().map(|run| run.id).collect();
    let mut counts = counts::of_runs(db, &ids).await?;
    let view = |run: Model| {
        let counts = counts.remove(&run.id).unwrap_or_default();
        view(run, counts)
    };
    Ok(runs.into_iter().map(view).collect())
}

/// Any run of the mailing that this person may know of.
async fn find_any(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    mailing_id: i64,
) -> Result<Option<Model>, DbErr> {
    visible_to(user)
        .filter(Column::MailingId.eq(mailing_id))
        .one(db)
        .await
}

pub async fn read(app: &App, user: &CurrentUser, id: i64) -> Result<RunView, ApiError> {
    let db = app.database.read();
    let run = find_visible(db, user, id).await?;
    let counts = counts::of_run(db, run.id).await?;
    Ok(view(run, counts))
}

/// The run without its letter's body, if this person may know of it.
pub(super) async fn find_visible(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
) -> Result<Model, ApiError> {
    visible_to(user)
        .filter(Column::Id.eq(id))
        .one(db)
        .await?
        .ok_or(ApiError::NotFound)
}

/// The runs this person may know of.
pub(super) fn visible_to(user: &CurrentUser) -> Select<Entity> {
    user.within_reach(Permission::SeeEverything, without_bodies(), Column::OwnerId)
}

/// Everybody's runs without the bodies of their letters: a page of those could be 40 MB. Whose may be seen is for who
/// asks to say.
pub fn without_bodies() -> Select<Entity> {
    Column::iter()
        .filter(|column| !matches!(column, Column::Body))
        .fold(Entity::find().select_only(), |select, column| {
            select.column(column)
        })
        .expr_as(Expr::value(""), "body")
}

fn view(run: Model, counts: Counts) -> RunView {
    let Model {
        id,
        mailing_id,
        owner_id: _,
        message_id: _,
        planned_for,
        asked_by,
        state,
        title,
        subject,
        body: _,
        format: _,
        mail_from: _,
        reply_to: _,
        on_unknown: _,
        ends_at: _,
        audience_id: _,
        recipient_through: _,
        planned_through: _,
        audience,
        close_reason: _,
        started_at,
        finished_at,
        pruned_at,
        retry_wanted: _,
        retry_through: _,
        retried_at: _,
        pruning: _,
        channel,
        sms_text: _,
    } = run;
    RunView {
        id,
        mailing_id,
        mailing_title: title,
        subject,
        channel: channel.into(),
        planned_for,
        trigger: asked_by.into(),
        state: state.into(),
        audience: audience.map(shown),
        counts,
        started_at,
        finished_at,
        pruned_at,
    }
}
