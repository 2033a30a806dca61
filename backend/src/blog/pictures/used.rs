//! Which pictures an article shows: the one above it, which its own row names, and those in its body.
//!
//! Whoever changes what is shown first holds the rows of all pictures that it is about, in one order. So of two who
//! take and leave the same picture at once, the second sees what the first did, and none goes that is shown.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::name::{ADDRESS, PictureName};
use crate::app::App;
use crate::blog::entity::article::Model as Article;
use crate::blog::entity::{article, picture, used_picture};
use crate::blog::markdown::{self, Place};
use crate::problem::ApiError;

/// The names of the pictures that readers see in a body.
#[derive(Debug, Default)]
pub struct InBody(BTreeSet<String>);

/// What an article is about to show, held until the transaction ends.
#[derive(Debug)]
pub struct Held {
    above: Option<i64>,
    /// What it showed there until now.
    was_above: Option<i64>,
    was_in_body: BTreeSet<i64>,
    in_body: BTreeSet<i64>,
}

/// Finds the pictures in a body, before a transaction: it is made into HTML as for its readers.
pub async fn in_body(app: &App, body: &str) -> Result<InBody, ApiError> {
    let html = markdown::rendered(app, body.to_owned(), Place::Page).await?;
    Ok(InBody(names(&html)))
}

/// Holds what an article shows and what it is to show. Refuses a picture above it that there is not. Without a body,
/// that stays as it is.
pub async fn hold(
    tx: &impl ConnectionTrait,
    before: Option<&Article>,
    above: Option<i64>,
    body: Option<&InBody>,
) -> Result<Held, ApiError> {
    let was_above = before.and_then(|article| article.picture_id);
    let was_in_body = match before {
        Some(article) => of(tx, article.id).await?,
        None => BTreeSet::new(),
    };
    let ids = was_in_body.iter().copied().chain(was_above).chain(above);
    let names = body.into_iter().flat_map(|InBody(names)| names);
    let found = held(tx, ids, names).await?;
    if above.is_some_and(|above| !found.contains_key(&above)) {
        let error = FieldError::new(FieldCode::UnknownReference, "is no picture of the blog");
        return Err(FieldErrors::one("picture_id", error).into());
    }
    let in_body = match body {
        Some(InBody(names)) => {
            let shown = found
                .values()
                .filter(|picture| names.contains(&picture.name));
            shown.map(|picture| picture.id).collect()
        }
        None => was_in_body.clone(),
    };
    Ok(Held {
        above,
        was_above,
        was_in_body,
        in_body,
    })
}

/// Notes what an article shows now.
pub async fn note(
    tx: &impl ConnectionTrait,
    article_id: i64,
    held: Held,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Held {
        above,
        was_above,
        was_in_body,
        in_body,
    } = held;
    let gone: Vec<i64> = was_in_body.difference(&in_body).copied().collect();
    used_picture::Entity::delete_many()
        .filter(used_picture::Column::ArticleId.eq(article_id))
        .filter(used_picture::Column::PictureId.is_in(gone.iter().copied()))
        .exec(tx)
        .await?;
    let new = in_body.difference(&was_in_body);
    let rows: Vec<used_picture::ActiveModel> = new
        .map(|picture_id| used_picture::ActiveModel {
            article_id: Set(article_id),
            picture_id: Set(*picture_id),
        })
        .collect();
    if !rows.is_empty() {
        used_picture::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    let shown: BTreeSet<i64> = in_body.into_iter().chain(above).collect();
    since(tx, shown, None).await?;
    let left = gone.into_iter().chain(was_above);
    let unused = unused(tx, left).await?;
    since(tx, unused.into_iter().map(|picture| picture.id), Some(now)).await
}

/// Of the pictures that an article shows which is about to be deleted, holds them and gives their ids.
pub async fn hold_all(tx: &impl ConnectionTrait, article: &Article) -> Result<Vec<i64>, DbErr> {
    let shown = of(tx, article.id).await?;
    let ids = shown.into_iter().chain(article.picture_id);
    Ok(held(tx, ids, []).await?.into_keys().collect())
}

/// Those of them that no article shows.
pub async fn unused(
    tx: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<picture::Model>, DbErr> {
    let this = || Expr::col((picture::Entity, picture::Column::Id));
    let in_body = Query::select()
        .expr(Expr::val(1))
        .from(used_picture::Entity)
        .and_where(Expr::col((used_picture::Entity, used_picture::Column::PictureId)).eq(this()))
        .to_owned();
    let above = Query::select()
        .expr(Expr::val(1))
        .from(article::Entity)
        .and_where(Expr::col((article::Entity, article::Column::PictureId)).eq(this()))
        .to_owned();
    picture::Entity::find()
        .filter(picture::Column::Id.is_in(ids))
        .filter(Expr::exists(in_body).not())
        .filter(Expr::exists(above).not())
        .all(tx)
        .await
}

/// The pictures in an article's body.
async fn of(tx: &impl ConnectionTrait, article_id: i64) -> Result<BTreeSet<i64>, DbErr> {
    let ids: Vec<i64> = used_picture::Entity::find()
        .select_only()
        .column(used_picture::Column::PictureId)
        .filter(used_picture::Column::ArticleId.eq(article_id))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids.into_iter().collect())
}

/// The pictures of these ids and names that there are, held in the order of their ids.
async fn held<'a>(
    tx: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
    names: impl IntoIterator<Item = &'a String>,
) -> Result<BTreeMap<i64, picture::Model>, DbErr> {
    let (ids, names): (BTreeSet<i64>, Vec<&String>) =
        (ids.into_iter().collect(), names.into_iter().collect());
    if ids.is_empty() && names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let wanted = Condition::any()
        .add(picture::Column::Id.is_in(ids))
        .add(picture::Column::Name.is_in(names));
    let found = picture::Entity::find()
        .filter(wanted)
        .order_by_asc(picture::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    let by_id = found.into_iter().map(|picture| (picture.id, picture));
    Ok(by_id.collect())
}

async fn since(
    tx: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
    since: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    picture::Entity::update_many()
        .col_expr(picture::Column::UnusedSince, Expr::value(since))
        .filter(picture::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(())
}

/// The names of pictures whose addresses stand in HTML, shown or linked to.
fn names(html: &str) -> BTreeSet<String> {
    html.split(ADDRESS)
        .skip(1)
        .filter_map(|rest| {
            let is_over = |c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c));
            let file = rest.split(is_over).next()?.trim_end_matches('.');
            Some(PictureName::parse(file)?.name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "name_number-AAAAAA";

    #[test]
    fn pictures_are_found_however_a_body_shows_them() {
        let address = format!("{ADDRESS}{NAME}-16x9.jpg");
        let escaped = address.replace('_', "\\_");
        let entity = address.replace('_', "&#95;").replace("/api", "&sol;api");
        for body in [
            format!("![a]({address} \"x\")"),
            format!("![a]({escaped})"),
            format!("![a]({entity})"),
            format!("![a](<{address}>)"),
            format!("![a][r]\n\n[r]: {escaped}"),
            format!("![r]\n\n[r]: {address} 'x'"),
            format!("[a]({address})"),
            format!("A note[^1]\n\n[^1]: ![a]({escaped})"),
            format!("<img src='{address}' alt=x>"),
            format!("<img src=\"{entity}\">"),
            format!("![a](https://golub.example{address})"),
        ] {
            let html = markdown::render(&body, &Place::Page, "https://golub.example");
            assert_eq!(names(&html), BTreeSet::from([NAME.to_owned()]), "{body}");
        }
        for body in ["nothing", ADDRESS, "![a](/api/v1/blog/pictures/x)"] {
            let html = markdown::render(body, &Place::Page, "https://golub.example");
            assert!(names(&html).is_empty(), "{body}");
        }
    }

    #[test]
    fn none_is_lost_among_many() {
        let body: String = (0..700)
            .map(|n| format!("![]({ADDRESS}name-number-{n:05}-16x9.jpg)\n"))
            .collect();
        let html = markdown::render(&body, &Place::Page, "https://golub.example");
        assert_eq!(names(&html).len(), 700);
    }
}
