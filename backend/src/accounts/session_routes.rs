//! The API's part about one's sessions, and about proving again that it is you.

use actix_web::web::Data;
use actix_web::{delete, get, post};
use contract::accounts::sessions::SessionView;
use contract::accounts::{AccessToken, Proof};
use utoipa_actix_web::service_config::ServiceConfig;

use super::routes::signed_in;
use super::{prove, session_list};
use crate::app::App;
use crate::http::body::{Body, PathId};
use crate::http::guard::{InPerson, Proved};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(prove_again)
        .service(list)
        .service(end_others)
        .service(end);
}

/// Proves again that it is you.
///
/// For what answers `proof_required`: for some minutes from now on it asks no more. The session is replaced by a new
/// one; go on with the access token and the cookie that come back.
#[utoipa::path(
    tag = "accounts",
    operation_id = "prove",
    request_body = Proof,
    responses(
        (status = 200, body = AccessToken),
        (status = 401, description = "`wrong_credentials`: the password is wrong. `second_factor_required`: give the code too. `wrong_code`: it is wrong, or was used already. `signed_out`: there is no session."),
        (status = 403),
        (status = 429)
    )
)]
#[post("/auth/prove")]
async fn prove_again(in_person: InPerson, app: Data<App>, proof: Body<Proof>) -> Reply {
    signed_in(&app, prove::prove(&app, &in_person.0, proof.0).await?)
}

/// Lists where one is signed in.
///
/// The one used last comes first.
#[utoipa::path(tag = "accounts", operation_id = "sessions", responses((status = 200, body = [SessionView]), (status = 403)))]
#[get("/me/sessions")]
async fn list(in_person: InPerson, app: Data<App>) -> Reply {
    reply::ok(&session_list::list(&app, &in_person.0).await?)
}

/// Ends all one's sessions but the one that asks.
///
/// API tokens stay: they are managed on their own.
#[utoipa::path(tag = "accounts", operation_id = "end_other_sessions", responses((status = 204), (status = 403)))]
#[delete("/me/sessions")]
async fn end_others(proved: Proved, app: Data<App>) -> Reply {
    session_list::end_others(&app, &proved.0).await?;
    reply::no_content()
}

/// Ends one of one's sessions.
#[utoipa::path(tag = "accounts", operation_id = "end_session", params(PathId), responses((status = 204), (status = 403)))]
#[delete("/me/sessions/{id}")]
async fn end(proved: Proved, app: Data<App>, id: PathId) -> Reply {
    session_list::end(&app, &proved.0, id.0).await?;
    reply::no_content()
}
