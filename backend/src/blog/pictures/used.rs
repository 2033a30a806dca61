//! Which pictures an article shows: the one above it and those in its body.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select, Set,
};

use super::name::{ADDRESS, PictureName};
use crate::blog::entity::article::Model as Article;
use crate::blog::entity::{picture, used_picture};
use crate::problem::ApiError;

/// More pictures than this in one body are not kept account of.
const IN_BODY_LIMIT: usize = 500;

/// Notes what an article shows now.
pub async fn note(
    tx: &impl ConnectionTrait,
    article: &Article,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let before: BTreeSet<i64> = of(tx, article.id).await?.into_iter().collect();
    let mut wanted = in_body(tx, &article.body).await?;
    wanted.extend(article.picture_id);
    // Held by this, so that the sweep finds them used.
    picture::Entity::update_many()
        .col_expr(
            picture::Column::UnusedSince,
            Expr::value(None::<DateTime<Utc>>),
        )
        .filter(picture::Column::Id.is_in(wanted.iter().copied()))
        .exec(tx)
        .await?;
    let gone = before.difference(&wanted).copied();
    used_picture::Entity::delete_many()
        .filter(used_picture::Column::ArticleId.eq(article.id))
        .filter(used_picture::Column::PictureId.is_in(gone.clone()))
        .exec(tx)
        .await?;
    picture::Entity::update_many()
        .col_expr(picture::Column::UnusedSince, Expr::value(Some(now)))
        .filter(picture::Column::Id.is_in(gone))
        .filter(is_unused())
        .exec(tx)
        .await?;
    let new = wanted.difference(&before);
    let rows: Vec<used_picture::ActiveModel> = new
        .map(|picture_id| used_picture::ActiveModel {
            article_id: Set(article.id),
            picture_id: Set(*picture_id),
        })
        .collect();
    if !rows.is_empty() {
        used_picture::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Takes away the rows of those that only the article showed which was just deleted; their files are left to go.
pub async fn forget(
    tx: &impl ConnectionTrait,
    shown: Vec<i64>,
) -> Result<Vec<picture::Model>, DbErr> {
    let left = picture::Entity::find()
        .filter(picture::Column::Id.is_in(shown))
        .filter(is_unused())
        .all(tx)
        .await?;
    let ids = left.iter().map(|picture| picture.id);
    picture::Entity::delete_many()
        .filter(picture::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(left)
}

/// The pictures that an article shows.
pub async fn of(tx: &impl ConnectionTrait, article_id: i64) -> Result<Vec<i64>, DbErr> {
    used_picture::Entity::find()
        .select_only()
        .column(used_picture::Column::PictureId)
        .filter(used_picture::Column::ArticleId.eq(article_id))
        .into_tuple()
        .all(tx)
        .await
}

/// Refuses a picture that there is not.
pub async fn check(tx: &impl ConnectionTrait, picture_id: Option<i64>) -> Result<(), ApiError> {
    let Some(id) = picture_id else {
        return Ok(());
    };
    let picture: Select<picture::Entity> = picture::Entity::find_by_id(id);
    if picture.one(tx).await?.is_none() {
        let error = FieldError::new(FieldCode::UnknownReference, "is no picture of the blog");
        return Err(FieldErrors::one("picture_id", error).into());
    }
    Ok(())
}

async fn in_body(tx: &impl ConnectionTrait, body: &str) -> Result<BTreeSet<i64>, DbErr> {
    let names = names(body);
    if names.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids: Vec<i64> = picture::Entity::find()
        .select_only()
        .column(picture::Column::Id)
        .filter(picture::Column::Name.is_in(names))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids.into_iter().collect())
}

/// The names of pictures whose addresses stand in a text, however they stand there.
fn names(body: &str) -> BTreeSet<String> {
    body.split(ADDRESS)
        .skip(1)
        .filter_map(|rest| {
            let is_over = |c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c));
            let file = rest.split(is_over).next()?.trim_end_matches('.');
            Some(PictureName::parse(file)?.name)
        })
        .take(IN_BODY_LIMIT)
        .collect()
}

/// A condition: no article shows it.
fn is_unused() -> sea_orm::sea_query::SimpleExpr {
    let used = Query::select()
        .column(used_picture::Column::PictureId)
        .from(used_picture::Entity)
        .to_owned();
    picture::Column::Id.not_in_subquery(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_found_wherever_they_stand_in_a_body() {
        let file = |n: u8| format!("{ADDRESS}name-number-{n:05}-16x9.jpg");
        let body = format!(
            "![a]({} \"x\") <img src='{}'> {}. {ADDRESS}x {ADDRESS}",
            file(1),
            file(2),
            file(3)
        );
        let found: Vec<String> = names(&body).into_iter().collect();
        assert_eq!(
            found,
            [
                "name-number-00001",
                "name-number-00002",
                "name-number-00003"
            ]
        );
        assert!(names("nothing").is_empty());
    }
}
