//! Who is signed in, their profile and avatars, in the API.

use actix_web::web::Data;
use actix_web::{HttpRequest, delete, get, patch, put};
use contract::accounts::MeView;
use contract::accounts::profile::{AVATAR_BYTES_LIMIT, ProfileChange};
use utoipa_actix_web::service_config::ServiceConfig;

use super::avatar::{self, Avatar, AvatarVersion};
use super::me;
use crate::accounts::profile;
use crate::app::App;
use crate::http::body::{Body, PathId, PictureBody, PictureFile, Query};
use crate::http::guard::{Allowed, BlockUsers, KeepOwnProfile, Known};
use crate::http::reply::{self, Keep, Reply};
use crate::http::version::IfMatch;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(read)
        .service(change_profile)
        .service(put_avatar)
        .service(delete_avatar)
        .service(own_avatar)
        .service(avatar_of);
}

/// Tells who is signed in.
#[utoipa::path(tag = "accounts", operation_id = "me", responses((status = 200, body = MeView)))]
#[get("/me")]
async fn read(known: Known, app: Data<App>, request: HttpRequest) -> Reply {
    let (me, version) = me::read(&app, &known.0).await?;
    reply::read(&request, &me, version)
}

/// Changes what you tell of yourself: what is not given stays.
#[utoipa::path(
    tag = "accounts",
    params(IfMatch),
    request_body = ProfileChange,
    responses((status = 200, body = MeView), (status = 403))
)]
#[patch("/me")]
async fn change_profile(
    allowed: Allowed<KeepOwnProfile>,
    app: Data<App>,
    if_match: IfMatch,
    change: Body<ProfileChange>,
) -> Reply {
    let (me, version) = profile::change(&app, &allowed.user, change.0, if_match).await?;
    reply::changed(&me, version)
}

/// Takes a picture as your own.
///
/// The body is the file: a JPEG, PNG or WebP of 5 MB and 12,000 by 12,000 pixels at most. Its middle is kept, as a
/// JPEG of 256 by 256 pixels; nothing else of the file is, neither where the picture was taken nor with what.
#[utoipa::path(
    tag = "accounts",
    request_body(content(
        (inline(PictureFile) = "image/jpeg"),
        (inline(PictureFile) = "image/png"),
        (inline(PictureFile) = "image/webp")
    )),
    responses(
        (status = 200, body = MeView),
        (status = 403),
        (status = 422, description = "`not_a_picture`: what came is no JPEG, PNG or WebP, or is not whole, or too large."),
        (status = 429)
    )
)]
#[put("/me/avatar")]
async fn put_avatar(
    allowed: Allowed<KeepOwnProfile>,
    app: Data<App>,
    picture: PictureBody<{ AVATAR_BYTES_LIMIT as usize }>,
) -> Reply {
    let (me, version) = avatar::put(&app, &allowed.user, picture.0).await?;
    reply::changed(&me, version)
}

/// Takes your picture away.
#[utoipa::path(tag = "accounts", responses((status = 204), (status = 403)))]
#[delete("/me/avatar")]
async fn delete_avatar(allowed: Allowed<KeepOwnProfile>, app: Data<App>) -> Reply {
    avatar::delete(&app, &allowed.user).await?;
    reply::no_content()
}

/// Shows your picture.
#[utoipa::path(
    tag = "accounts",
    params(AvatarVersion),
    responses(
        (status = 200, content_type = "image/jpeg", body = inline(PictureFile)),
        (status = 304, description = "You have it already."),
        (status = 403),
        (status = 404)
    )
)]
#[get("/me/avatar")]
async fn own_avatar(
    allowed: Allowed<KeepOwnProfile>,
    app: Data<App>,
    asked: Query<AvatarVersion>,
    request: HttpRequest,
) -> Reply {
    let avatar = avatar::read(&app, allowed.user.id).await?;
    shown(&request, avatar, &asked.0)
}

/// Shows the picture of an account.
#[utoipa::path(
    tag = "users",
    params(PathId, AvatarVersion),
    responses(
        (status = 200, content_type = "image/jpeg", body = inline(PictureFile)),
        (status = 304, description = "You have it already."),
        (status = 403)
    )
)]
#[get("/users/{id}/avatar")]
async fn avatar_of(
    _allowed: Allowed<BlockUsers>,
    app: Data<App>,
    id: PathId,
    asked: Query<AvatarVersion>,
    request: HttpRequest,
) -> Reply {
    let avatar = avatar::read(&app, id.0).await?;
    shown(&request, avatar, &asked.0)
}

fn shown(request: &HttpRequest, avatar: Avatar, asked: &AvatarVersion) -> Reply {
    let Avatar { file, bytes } = avatar;
    let keep = if asked.v.as_deref() == Some(&file) {
        Keep::ForGood
    } else {
        Keep::AskEachTime
    };
    reply::file(request, "image/jpeg", &file, bytes, keep)
}
