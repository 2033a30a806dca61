//! The list of accounts, and how many there are of each kind.

use contract::accounts::users::{UserState, UserTotals, UserView};
use contract::listing::Page;
use contract::permissions::Role;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view;
use crate::accounts::entity::{self as user, Column, RoleWord};
use crate::accounts::find;
use crate::app::App;
use crate::database::count;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::search::{self, Kind};
use crate::problem::ApiError;

const SORTS: [Sort<Column>; 3] = [
    // Ids are given in the order of creation.
    Sort {
        word: "created_at",
        column: Column::Id,
    },
    Sort {
        word: "email",
        column: Column::EmailKey,
    },
    Sort {
        word: "full_name",
        column: Column::NameKey,
    },
];

/// Which accounts to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UserFilter {
    /// Only those of this role.
    pub role: Option<Role>,
    /// Only those that stand so.
    pub state: Option<UserState>,
}

pub async fn list(
    app: &App,
    query: &ListQuery,
    filter: &UserFilter,
) -> Result<Page<UserView>, ApiError> {
    let UserFilter { role, state } = *filter;
    let mut select = find::accounts();
    if let Some(role) = role {
        select = select.filter(Column::Role.eq(RoleWord::from(role)));
    }
    if let Some(state) = state {
        select = select.filter(stands(state));
    }
    if let Some(search) = &query.search
        && let Some(found) = search::matches(Kind::User, None, Column::Id, search)
    {
        select = select.filter(found);
    }
    let rows = keyset::page(app.database.read(), select, query, &SORTS, Column::Id).await?;
    let second_factor_for = app.config.accounts.second_factor;
    Ok(rows.map(|row| view::view(row, second_factor_for)))
}

/// Everything is counted through small indexes but all accounts together, which the database does best itself.
pub async fn totals(app: &App) -> Result<UserTotals, ApiError> {
    let db = app.database.read();
    let rows = count::exact(db, user::Entity::find()).await?;
    let deleted = user::Entity::find().filter(Column::DeletedAt.is_not_null());
    let all = rows.saturating_sub(count::exact(db, deleted).await?);
    let blocked = count_of(db, UserState::Blocked).await?;
    let unconfirmed = count_of(db, UserState::Unconfirmed).await?;
    let staff = Role::ALL.into_iter().filter(|role| role.is_staff());
    let staff = find::accounts().filter(Column::Role.is_in(staff.map(RoleWord::from)));
    Ok(UserTotals {
        all,
        active: all.saturating_sub(blocked + unconfirmed),
        blocked,
        unconfirmed,
        staff: count::exact(db, staff).await?,
    })
}

async fn count_of(db: &impl ConnectionTrait, state: UserState) -> Result<u64, DbErr> {
    let select: Select<user::Entity> = find::accounts().filter(stands(state));
    count::exact(db, select).await
}

/// A condition: the account stands so. Each stands in one state alone.
fn stands(state: UserState) -> Condition {
    let all = Condition::all();
    match state {
        UserState::Active => all
            .add(Column::BlockedAt.is_null())
            .add(Column::ConfirmedAt.is_not_null()),
        UserState::Blocked => all.add(Column::BlockedAt.is_not_null()),
        UserState::Unconfirmed => all
            .add(Column::BlockedAt.is_null())
            .add(Column::ConfirmedAt.is_null()),
    }
}
