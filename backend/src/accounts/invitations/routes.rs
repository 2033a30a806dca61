//! The invitations' part of the API.

use actix_web::web::Data;
use actix_web::{delete, get, post};
use contract::accounts::sign_up::{InvitationView, NewInvitation};
use contract::listing::Page;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::invitations;
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{Body, PathId, Query};
use crate::http::guard::{Allowed, ManageUsers};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_invitations)
        .service(invite)
        .service(withdraw_invitation);
}

/// Lists the invitations that were not taken yet.
///
/// `search` looks at the beginning of the address. Sorts: `created_at` (the default, newest first), `email`.
#[utoipa::path(
    tag = "accounts",
    params(ListQuery),
    responses((status = 200, body = Page<InvitationView>), (status = 403))
)]
#[get("/users/invitations")]
async fn list_invitations(
    _allowed: Allowed<ManageUsers>,
    app: Data<App>,
    query: Query<ListQuery>,
) -> Reply {
    reply::ok(&invitations::list(&app, &query.0).await?)
}

/// Invites an address to sign up.
///
/// Who was invited before is sent the letter again, and the time to take the invitation begins anew.
#[utoipa::path(
    tag = "accounts",
    request_body = NewInvitation,
    responses(
        (status = 201, body = InvitationView),
        (status = 403, description = "`sign_up_closed`: nobody may sign up here. Or the role does not allow it."),
        (status = 409, description = "`taken`: the address has an account.")
    )
)]
#[post("/users/invitations")]
async fn invite(allowed: Allowed<ManageUsers>, app: Data<App>, new: Body<NewInvitation>) -> Reply {
    let made = invitations::invite(&app, &allowed.user, new.0).await?;
    reply::created("users/invitations", made.id, &made, 1)
}

/// Withdraws an invitation.
#[utoipa::path(tag = "accounts", params(PathId), responses((status = 204), (status = 403), (status = 404)))]
#[delete("/users/invitations/{id}")]
async fn withdraw_invitation(allowed: Allowed<ManageUsers>, app: Data<App>, id: PathId) -> Reply {
    invitations::withdraw(&app, &allowed.user, id.0).await?;
    reply::no_content()
}
