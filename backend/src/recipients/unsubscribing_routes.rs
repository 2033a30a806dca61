//! Unsubscribing, for anybody who holds a letter's link.

use actix_web::http::header::{ACCEPT, LOCATION};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use contract::unsubscribing::UnsubscribingView;
use utoipa_actix_web::service_config::ServiceConfig;

use super::unsubscribing::{self, WaysOut};
use crate::app::App;
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(standing)
        .service(unsubscribe)
        .service(subscribe_again);
}

/// Says how it stands with a letter's link.
///
/// Changes nothing: programs that look at links do no harm. A browser that was given the link itself is led to the page.
#[utoipa::path(
    tag = "recipients",
    security(()),
    params(("token" = String, Path, description = "From the letter.", example = "12.3.rT2bN0m1c3Qh5y7Zs8Kw1g")),
    responses(
        (status = 200, body = UnsubscribingView),
        (status = 303, description = "To the page, for who accepts `text/html`.")
    )
)]
#[get("/unsubscribe/{token}")]
async fn standing(app: Data<App>, token: Path<String>, request: HttpRequest) -> Reply {
    let accepts = request.headers().get(ACCEPT);
    let is_browser = accepts
        .and_then(|accepts| accepts.to_str().ok())
        .is_some_and(|accepts| accepts.contains("text/html"));
    let view = unsubscribing::read(&app, &token).await?;
    if is_browser {
        let page = WaysOut::of(&app).page(&token);
        let mut answer = HttpResponse::SeeOther();
        return Ok(answer.insert_header((LOCATION, page)).finish());
    }
    reply::once(&view)
}

/// Unsubscribes, as a mail program's one click does (RFC 8058).
///
/// Takes no cookie and no session. The form `List-Unsubscribe=One-Click` may be sent along, or nothing. Done again, it
/// changes nothing.
#[utoipa::path(
    tag = "recipients",
    security(()),
    params(("token" = String, Path, description = "From the letter.", example = "12.3.rT2bN0m1c3Qh5y7Zs8Kw1g")),
    responses((status = 204))
)]
#[post("/unsubscribe/{token}")]
async fn unsubscribe(app: Data<App>, token: Path<String>) -> Reply {
    unsubscribing::unsubscribe(&app, &token).await?;
    reply::no_content()
}

/// Takes it back: letters may come again.
#[utoipa::path(
    tag = "recipients",
    security(()),
    params(("token" = String, Path, description = "From the letter.", example = "12.3.rT2bN0m1c3Qh5y7Zs8Kw1g")),
    responses((status = 204))
)]
#[delete("/unsubscribe/{token}")]
async fn subscribe_again(app: Data<App>, token: Path<String>) -> Reply {
    unsubscribing::subscribe_again(&app, &token).await?;
    reply::no_content()
}
