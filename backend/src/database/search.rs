//! Search by beginnings of words, through an index (`search_terms`).

use std::collections::BTreeSet;

use sea_orm::sea_query::{
    Expr, ExprTrait, IntoColumnRef, OnConflict, Query, SelectStatement, SimpleExpr,
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, Set, entity::prelude::*};

/// What an item is, among the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Recipient = 1,
    Message = 2,
    Mailing = 3,
    User = 4,
    /// A recipient by an address that letters went to, and that it has no more; the recipient may be deleted.
    FormerAddress = 5,
    Article = 6,
}

/// More words than this in one search only narrow what is empty already.
const WORDS_LIMIT: usize = 8;
/// PostgreSQL's index entries have a limit; nobody types a longer beginning.
const TERM_LIMIT: usize = 100;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub term: String,
    pub owner_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Replaces the terms of one item by the words of `texts`; an address counts as one word.
pub async fn index(
    tx: &impl ConnectionTrait,
    kind: Kind,
    owner_id: i64,
    item_id: i64,
    texts: &[&str],
) -> Result<(), DbErr> {
    forget(tx, kind, item_id).await?;
    let terms: BTreeSet<String> = texts.iter().flat_map(|text| words(text)).collect();
    let rows = terms.into_iter().map(|term| ActiveModel {
        kind: Set(kind as i16),
        item_id: Set(item_id),
        term: Set(term),
        owner_id: Set(owner_id),
    });
    let rows: Vec<ActiveModel> = rows.collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Takes the terms of a deleted item away.
pub async fn forget(tx: &impl ConnectionTrait, kind: Kind, item_id: i64) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Kind.eq(kind as i16))
        .filter(Column::ItemId.eq(item_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes the terms of several deleted items away.
pub async fn forget_all(
    tx: &impl ConnectionTrait,
    kind: Kind,
    item_ids: &[i64],
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Kind.eq(kind as i16))
        .filter(Column::ItemId.is_in(item_ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds the terms of one text to those that the item has.
pub async fn add(
    tx: &impl ConnectionTrait,
    kind: Kind,
    owner_id: i64,
    item_id: i64,
    text: &str,
) -> Result<(), DbErr> {
    let rows = words(text).into_iter().map(|term| ActiveModel {
        kind: Set(kind as i16),
        item_id: Set(item_id),
        term: Set(term),
        owner_id: Set(owner_id),
    });
    let rows: Vec<ActiveModel> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let key = [Column::Kind, Column::ItemId, Column::Term];
    Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// A condition: each word of `search` begins a term of the item whose id is in `id`.
/// With an owner only that owner's terms are looked through.
pub fn matches(
    kind: Kind,
    owner_id: Option<i64>,
    id: impl IntoColumnRef + Clone,
    search: &str,
) -> Option<SimpleExpr> {
    matches_any(&[kind], owner_id, id, search)
}

/// The same among the terms of several kinds, whose items have the same ids.
pub fn matches_any(
    kinds: &[Kind],
    owner_id: Option<i64>,
    id: impl IntoColumnRef + Clone,
    search: &str,
) -> Option<SimpleExpr> {
    words(search)
        .into_iter()
        .take(WORDS_LIMIT)
        .map(|word| Expr::col(id.clone()).in_subquery(items_with(kinds, owner_id, &word)))
        .reduce(|all, one| all.and(one))
}

fn items_with(kinds: &[Kind], owner_id: Option<i64>, word: &str) -> SelectStatement {
    let mut query = Query::select();
    query
        .column(Column::ItemId)
        .from(Entity)
        .and_where(Expr::col(Column::Kind).is_in(kinds.iter().map(|kind| *kind as i16)))
        .and_where(Expr::col(Column::Term).gte(word))
        .and_where(Expr::col(Column::Term).lt(after(word)));
    if let Some(owner_id) = owner_id {
        query.and_where(Expr::col(Column::OwnerId).eq(owner_id));
    }
    query.to_owned()
}

/// What sorts behind everything that begins with `word`.
fn after(word: &str) -> String {
    format!("{word}\u{10FFFF}")
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || "@._+-'%".contains(c)))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(TERM_LIMIT).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_word_and_a_name_is_several() {
        assert_eq!(words("Мария Петрова-Водкина"), ["мария", "петрова-водкина"]);
        assert_eq!(
            words("m.petrova+news@example.org"),
            ["m.petrova+news@example.org"]
        );
        assert_eq!(words(" -- ; "), Vec::<String>::new());
    }
}
