//! Whose things are, for a whole page in one query.

use std::collections::{BTreeSet, HashMap};

use contract::listing::Owner;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::entity as user;

/// The owners of some things, by id.
#[derive(Debug)]
pub struct Owners(HashMap<i64, Owner>);

impl Owners {
    pub async fn find(
        db: &impl ConnectionTrait,
        ids: impl IntoIterator<Item = i64>,
    ) -> Result<Self, DbErr> {
        let ids: BTreeSet<i64> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        // Nothing else of the account is read: it is done for each list.
        let owners: Vec<(i64, String, String)> = user::Entity::find()
            .select_only()
            .columns([
                user::Column::Id,
                user::Column::Email,
                user::Column::FullName,
            ])
            .filter(user::Column::Id.is_in(ids))
            .into_tuple()
            .all(db)
            .await?;
        let owner = |(id, email, full_name)| {
            let owner = Owner {
                id,
                email,
                full_name,
            };
            (id, owner)
        };
        Ok(Self(owners.into_iter().map(owner).collect()))
    }

    /// The owner with this id. History outlives accounts: of one that is gone only the id is known.
    pub fn of(&self, id: i64) -> Owner {
        self.0.get(&id).cloned().unwrap_or(Owner {
            id,
            email: String::new(),
            full_name: String::new(),
        })
    }
}
