//! Other people's accounts in the API, for managers.

use actix_web::web::Data;
use actix_web::{HttpRequest, get, post};
use contract::accounts::users::{NewBlock, UserDetail, UserTotals, UserView};
use contract::listing::Page;
use utoipa_actix_web::service_config::ServiceConfig;

use super::list::UserFilter;
use super::overseer::Overseer;
use super::{admin_routes, view};
use crate::accounts::users;
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{Body, PathId, Query};
use crate::http::guard::{Allowed, BlockUsers};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(totals)
        .service(read)
        .service(block)
        .service(unblock)
        .configure(admin_routes::routes);
}

/// Lists users.
///
/// `search` looks at the beginnings of the address and of the words of the name. Sorts: `created_at` (the default,
/// newest first), `email`, `full_name`. Deleted users are not listed.
#[utoipa::path(tag = "users", params(ListQuery, UserFilter), responses((status = 200, body = Page<UserView>), (status = 403)))]
#[get("/users")]
async fn list(
    _: Allowed<BlockUsers>,
    app: Data<App>,
    query: Query<ListQuery>,
    filter: Query<UserFilter>,
) -> Reply {
    reply::ok(&users::list::list(&app, &query.0, &filter.0).await?)
}

/// Counts users of each kind.
#[utoipa::path(tag = "users", responses((status = 200, body = UserTotals), (status = 403)))]
#[get("/users/totals")]
async fn totals(_: Allowed<BlockUsers>, app: Data<App>) -> Reply {
    reply::ok(&users::list::totals(&app).await?)
}

/// Reads one user, with what they have and did.
#[utoipa::path(tag = "users", params(PathId), responses((status = 200, body = UserDetail), (status = 403)))]
#[get("/users/{id}")]
async fn read(_: Allowed<BlockUsers>, app: Data<App>, id: PathId, request: HttpRequest) -> Reply {
    let (user, version) = view::read(&app, id.0).await?;
    reply::read(&request, &user, version)
}

/// Blocks a user.
///
/// They are signed out everywhere and told why; their API tokens work no more, and nothing of theirs is sent until
/// they are unblocked. Staff is blocked by administrators alone, and nobody blocks themselves. Blocking somebody who
/// is blocked changes nothing.
#[utoipa::path(
    tag = "users",
    params(PathId),
    request_body = NewBlock,
    responses(
        (status = 200, body = UserDetail),
        (status = 403, description = "`forbidden`: staff is blocked by administrators alone. `session_required`: and not by an API token."),
        (status = 409, description = "`own_account`, or `last_admin`: no other administrator could sign in.")
    )
)]
#[post("/users/{id}/block")]
async fn block(
    allowed: Allowed<BlockUsers>,
    app: Data<App>,
    id: PathId,
    new: Body<NewBlock>,
) -> Reply {
    let by = Overseer::from(&allowed.user);
    let (user, version) = users::block::block(&app, &by, id.0, new.0).await?;
    reply::changed(&user, version)
}

/// Unblocks a user.
///
/// Their mailings go on; what was missed meanwhile is not made up.
#[utoipa::path(
    tag = "users",
    params(PathId),
    responses(
        (status = 200, body = UserDetail),
        (status = 403, description = "`forbidden`: staff is unblocked by administrators alone. `session_required`: and not by an API token.")
    )
)]
#[post("/users/{id}/unblock")]
async fn unblock(allowed: Allowed<BlockUsers>, app: Data<App>, id: PathId) -> Reply {
    let by = Overseer::from(&allowed.user);
    let (user, version) = users::block::unblock(&app, &by, id.0).await?;
    reply::changed(&user, version)
}
