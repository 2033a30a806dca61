//! The messages' part of the API.

use actix_web::web::Data;
use actix_web::{HttpRequest, delete, get, patch, post};
use contract::listing::Page;
use contract::messages::{
    DraftPreviewRequest, LetterPreview, MessageChange, MessageView, NewMessage, PreviewRequest,
    TestLetterResult, TestSmsResult,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::service::{self, MessageFilter};
use super::{preview, test_letter, test_sms, views};
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{Body, OptionalBody, PathId, Query};
use crate::http::guard::{Allowed, KeepOwnMailings, SeeMailings};
use crate::http::reply::{self, Reply};
use crate::http::version::IfMatch;
use crate::idempotency::IdempotencyKey;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(preview_draft)
        .service(read)
        .service(change)
        .service(delete)
        .service(duplicate)
        .service(preview_message)
        .service(test)
        .service(send_test_sms)
        .service(views::open_view);
}

/// Lists messages.
///
/// One's own and the shared ones; everyone's for managers and admins. `search` looks at the beginnings of the words
/// of the subject. Sorts: `created_at` (the default, newest first), `subject`.
#[utoipa::path(tag = "messages", params(ListQuery, MessageFilter), responses((status = 200, body = Page<MessageView>)))]
#[get("/messages")]
async fn list(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    query: Query<ListQuery>,
    filter: Query<MessageFilter>,
) -> Reply {
    reply::ok(&service::list(&app, &allowed.user, &query.0, &filter.0).await?)
}

/// Adds a message of one's own.
///
/// Subject, body and SMS text take `{{ full_name }}` and `{{ email }}`; any other variable is refused at its place.
#[utoipa::path(tag = "messages", params(IdempotencyKey), request_body = NewMessage, responses((status = 201, body = MessageView), (status = 403)))]
#[post("/messages")]
async fn create(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    key: IdempotencyKey,
    new: Body<NewMessage>,
) -> Reply {
    let once = key.once(allowed.user.id, "messages", &new.0, app.clock.now())?;
    let (message, version) = service::create(&app, &allowed.user, new.0, once).await?;
    reply::created("messages", message.id, &message, version)
}

/// Reads one message.
#[utoipa::path(tag = "messages", params(PathId), responses((status = 200, body = MessageView)))]
#[get("/messages/{id}")]
async fn read(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    id: PathId,
    request: HttpRequest,
) -> Reply {
    let (message, version) = service::read(&app, &allowed.user, id.0).await?;
    reply::read(&request, &message, version)
}

/// Changes a message: what is not given stays.
///
/// Runs that have started keep the text they started with. A shared message that other people's mailings use
/// cannot be made private.
#[utoipa::path(
    tag = "messages",
    params(PathId, IfMatch),
    request_body = MessageChange,
    responses((status = 200, body = MessageView), (status = 403), (status = 409, description = "`message_in_use`: see `in_use`."))
)]
#[patch("/messages/{id}")]
async fn change(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
    change: Body<MessageChange>,
) -> Reply {
    let (message, version) = service::change(&app, &allowed.user, id.0, change.0, if_match).await?;
    reply::changed(&message, version)
}

/// Deletes a message that no mailing needs any more.
///
/// What was sent stays in the reports.
#[utoipa::path(
    tag = "messages",
    params(PathId, IfMatch),
    responses((status = 204), (status = 403), (status = 409, description = "`message_in_use`: see `in_use`."))
)]
#[delete("/messages/{id}")]
async fn delete(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
) -> Reply {
    service::delete(&app, &allowed.user, id.0, if_match).await?;
    reply::no_content()
}

/// Copies a message.
///
/// The copy is private and one's own, also that of a message which somebody else shares.
#[utoipa::path(tag = "messages", params(PathId), responses((status = 201, body = MessageView), (status = 403)))]
#[post("/messages/{id}/duplicate")]
async fn duplicate(allowed: Allowed<KeepOwnMailings>, app: Data<App>, id: PathId) -> Reply {
    let (message, version) = service::duplicate(&app, &allowed.user, id.0).await?;
    reply::created("messages", message.id, &message, version)
}

/// Shows a message as a recipient would get it.
#[utoipa::path(tag = "messages", params(PathId), request_body = Option<PreviewRequest>, responses((status = 200, body = LetterPreview)))]
#[post("/messages/{id}/preview")]
async fn preview_message(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    id: PathId,
    request: OptionalBody<PreviewRequest>,
) -> Reply {
    reply::once(&preview::of_message(&app, &allowed.user, id.0, request.0).await?)
}

/// Shows a message that is not saved yet as a recipient would get it.
#[utoipa::path(tag = "messages", request_body = DraftPreviewRequest, responses((status = 200, body = LetterPreview)))]
#[post("/messages/preview")]
async fn preview_draft(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    request: Body<DraftPreviewRequest>,
) -> Reply {
    reply::once(&preview::of_draft(&app, &allowed.user, request.0).await?)
}

/// Sends a message to oneself.
///
/// Answers when the mail server has, with its words, within a minute.
#[utoipa::path(tag = "messages", params(PathId), responses((status = 200, body = TestLetterResult), (status = 403)))]
#[post("/messages/{id}/test")]
async fn test(allowed: Allowed<KeepOwnMailings>, app: Data<App>, id: PathId) -> Reply {
    reply::once(&test_letter::send(&app, &allowed.user, id.0).await?)
}

/// Sends the SMS text of a message to one's own phone, which must have been checked.
///
/// Answers when the SMS service has, with its words. Five at once, then one in ten minutes.
#[utoipa::path(
    tag = "messages",
    params(PathId),
    responses(
        (status = 200, body = TestSmsResult),
        (status = 403),
        (status = 409, description = "`no_phone`: one's own phone was not checked."),
        (status = 422, description = "The message has no SMS text."),
        (status = 429, description = "Too often; `Retry-After` says how long to wait.")
    )
)]
#[post("/messages/{id}/test-sms")]
async fn send_test_sms(allowed: Allowed<KeepOwnMailings>, app: Data<App>, id: PathId) -> Reply {
    reply::once(&test_sms::send(&app, &allowed.user, id.0).await?)
}
