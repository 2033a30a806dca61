//! The accounts' part of the API.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use contract::accounts::{AccessToken, Login, MeView};
use utoipa_actix_web::service_config::ServiceConfig;

use super::sessions::Client;
use super::{
    api_tokens, avatar_routes, cookie, profile_routes, second_factor, service, session_routes,
    sign_in,
};
use crate::app::App;
use crate::http::body::Body;
use crate::http::caller;
use crate::http::guard::{Anyone, Known};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(login)
        .service(refresh)
        .service(logout)
        .service(me)
        .configure(session_routes::routes)
        .configure(api_tokens::routes::routes)
        .configure(second_factor::routes::routes)
        .configure(profile_routes::routes)
        .configure(avatar_routes::routes);
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

/// Tells who is signed in.
#[utoipa::path(tag = "accounts", responses((status = 200, body = MeView)))]
#[get("/me")]
async fn me(known: Known, app: Data<App>, request: HttpRequest) -> Reply {
    let (me, version) = service::me(&app, &known.0).await?;
    reply::read(&request, &me, version)
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
