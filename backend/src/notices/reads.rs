//! Notices as an administrator sees them: what could not be sent, and why. Their texts are shown to nobody.

use contract::listing::Page;
use contract::notices::{NoticeState, NoticeView};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entity::{Column, Entity, Model, StateWord};
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::problem::ApiError;

/// Which notices to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NoticeQuery {
    /// Only those in this state.
    pub state: Option<NoticeState>,
    /// Items per page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

const SORTS: [Sort<Column>; 1] = [Sort {
    word: "id",
    column: Column::Id,
}];

/// A page of notices, the newest first.
pub async fn list(app: &App, query: NoticeQuery) -> Result<Page<NoticeView>, ApiError> {
    let NoticeQuery {
        state,
        limit,
        after,
    } = query;
    let query = ListQuery {
        limit,
        after,
        ..ListQuery::default()
    };
    let mut select = Entity::find();
    if let Some(state) = state {
        select = select.filter(Column::State.eq(StateWord::from(state)));
    }
    let rows = keyset::page(app.database.read(), select, &query, &SORTS, Column::Id).await?;
    Ok(rows.map(view))
}

fn view(notice: Model) -> NoticeView {
    let Model {
        id,
        user_id: _,
        channel,
        address,
        language: _,
        kind,
        subject: _,
        state,
        attempts,
        due_at,
        leased_until: _,
        code,
        answer,
        created_at,
        settled_at,
    } = notice;
    NoticeView {
        id,
        kind: kind.into(),
        channel: channel.into(),
        address,
        state: state.into(),
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        due_at: (state == StateWord::Queued).then_some(due_at),
        code,
        answer,
        created_at,
        settled_at,
    }
}
