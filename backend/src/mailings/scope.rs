//! Whose mailings one reaches. Every query about mailings on behalf of a person begins here.

use contract::permissions::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

use super::entity::{Column, Entity};
use crate::http::caller::CurrentUser;

/// One's own mailings; everybody's for those who hold the permission to reach them.
pub fn mailings(user: &CurrentUser, everybodys: Permission) -> Select<Entity> {
    match owner(user, everybodys) {
        None => Entity::find(),
        Some(owner_id) => Entity::find().filter(Column::OwnerId.eq(owner_id)),
    }
}

/// Is this owner's among them?
pub fn reaches(user: &CurrentUser, everybodys: Permission, owner_id: i64) -> bool {
    owner(user, everybodys).is_none_or(|confined_to| confined_to == owner_id)
}

/// To whom one is confined, if to anybody.
pub fn owner(user: &CurrentUser, everybodys: Permission) -> Option<i64> {
    (!user.may(everybodys)).then_some(user.id)
}
