//! Recovery codes: each signs in once where the app is lost.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, Set,
};

use super::recovery_code_entity::{ActiveModel, Column, Entity};
use super::totp::base32;
use crate::accounts::tokens::{self, Tokens};
use crate::problem::ApiError;

const CODES: usize = 10;
/// Letters of base32: 125 bits.
const LETTERS: usize = 25;
const GROUP: usize = 5;

/// Makes new codes; those from before work no more.
pub async fn make(
    tx: &impl ConnectionTrait,
    tokens: &Tokens,
    user_id: i64,
) -> Result<Vec<String>, ApiError> {
    forget(tx, user_id).await?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let code: String = base32(&tokens::random_bytes()?)
            .chars()
            .take(LETTERS)
            .collect();
        let row = ActiveModel {
            user_id: Set(user_id),
            code_hash: Set(hash(tokens, user_id, &code)),
        };
        row.insert(tx).await?;
        codes.push(grouped(&code));
    }
    Ok(codes)
}

/// Takes a code, however it is written: it works no more. Tells whether it worked.
pub async fn take(
    tx: &impl ConnectionTrait,
    tokens: &Tokens,
    user_id: i64,
    typed: &str,
) -> Result<bool, DbErr> {
    let hash = hash(tokens, user_id, &normal(typed));
    let taken = Entity::delete_by_id((user_id, hash)).exec(tx).await?;
    Ok(taken.rows_affected == 1)
}

/// How many were not used yet.
pub async fn left(db: &impl ConnectionTrait, user_id: i64) -> Result<u32, ApiError> {
    let left = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .count(db)
        .await?;
    u32::try_from(left).map_err(ApiError::ours)
}

pub async fn forget(tx: &impl ConnectionTrait, user_id: i64) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}

fn hash(tokens: &Tokens, user_id: i64, code: &str) -> String {
    tokens.keyed_hash("recovery code", &format!("{user_id}\0{code}"))
}

/// The letters alone, as capitals.
fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters
        .chunks(GROUP)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = "K7QF2M4XRAATBHCZD3WE6PVNU";
        assert_eq!(grouped(code), "K7QF2-M4XRA-ATBHC-ZD3WE-6PVNU");
        for typed in [
            "K7QF2-M4XRA-ATBHC-ZD3WE-6PVNU",
            " k7qf2 m4xra atbhc\tzd3we 6pvnu\n",
            "k7qf2m4xraatbhczd3we6pvnu",
        ] {
            assert_eq!(normal(typed), code);
        }
    }
}
