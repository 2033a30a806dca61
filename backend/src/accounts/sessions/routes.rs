//! Signing in and out, one's sessions, and proving again that it is you, in the API.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use contract::accounts::sessions::SessionView;
use contract::accounts::{AccessToken, Login, Proof};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{cookie, prove, sign_in};
use crate::accounts::sessions;
use crate::app::App;
use crate::http::body::{Body, PathId};
use crate::http::caller;
use crate::http::client::Client;
use crate::http::guard::{Anyone, InPerson, Proved};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(login)
        .service(refresh)
        .service(logout)
        .service(prove_again)
        .service(list)
        .service(end_others)
        .service(end);
}

/// Signs in.
///
/// Gives a short-lived access token, and a refresh token as an HttpOnly cookie for `auth/refresh` and
/// `auth/logout`. Which addresses are known is told to nobody.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = Login,
    responses(
        (status = 200, body = AccessToken),
        (status = 401, description = "`wrong_credentials`: the address or the password is wrong. `second_factor_required`: the password is right, give the code too. `wrong_code`: it is wrong, or was used already."),
        (status = 403, description = "`unconfirmed` or `blocked`, told to who knows the password."),
        (status = 429)
    )
)]
#[post("/auth/login")]
async fn login(app: Data<App>, client: Client, login: Body<Login>) -> Reply {
    signed_in(&app, sign_in::sign_in(&app, login.0, client).await?)
}

/// Renews the session.
///
/// Takes the refresh token from its cookie, gives a new access token and the next refresh token. An old refresh
/// token ends its session, except within 20 seconds of its replacement.
#[utoipa::path(
    tag = "accounts",
    security(()),
    responses(
        (status = 200, body = AccessToken),
        (status = 401, description = "`signed_out`: there is no session to renew."),
        (status = 403, description = "`blocked`: the session ended with a block. Told to who also bears its access token.")
    )
)]
#[post("/auth/refresh")]
async fn refresh(app: Data<App>, client: Client, request: HttpRequest) -> Reply {
    let token = cookie::refresh_token(&request);
    let access_token = caller::bearer_token(&request);
    signed_in(
        &app,
        sign_in::refresh(&app, token, access_token, &client).await?,
    )
}

/// Signs out.
///
/// Ends the session, if there is one, and takes the cookie away.
#[utoipa::path(tag = "accounts", security(()), responses((status = 204)))]
#[post("/auth/logout")]
async fn logout(anyone: Anyone, app: Data<App>, request: HttpRequest) -> Reply {
    let session_id = anyone.0.and_then(|user| user.session_id());
    sign_in::sign_out(&app, cookie::refresh_token(&request), session_id).await?;
    Ok(HttpResponse::NoContent()
        .cookie(cookie::forget(&app.config))
        .finish())
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
    reply::ok(&sessions::list::list(&app, &in_person.0).await?)
}

/// Ends all one's sessions but the one that asks.
///
/// API tokens stay: they are managed on their own.
#[utoipa::path(tag = "accounts", operation_id = "end_other_sessions", responses((status = 204), (status = 403)))]
#[delete("/me/sessions")]
async fn end_others(proved: Proved, app: Data<App>) -> Reply {
    sessions::list::end_others(&app, &proved.0).await?;
    reply::no_content()
}

/// Ends one of one's sessions.
#[utoipa::path(tag = "accounts", operation_id = "end_session", params(PathId), responses((status = 204), (status = 403)))]
#[delete("/me/sessions/{id}")]
async fn end(proved: Proved, app: Data<App>, id: PathId) -> Reply {
    sessions::list::end(&app, &proved.0, id.0).await?;
    reply::no_content()
}

/// The access token as the answer, the refresh token as a cookie.
pub fn signed_in(app: &App, signed_in: sign_in::SignedIn) -> Reply {
    let sign_in::SignedIn {
        access,
        refresh_token,
    } = signed_in;
    Ok(HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .cookie(cookie::keep(&app.config, refresh_token))
        .json(access))
}
