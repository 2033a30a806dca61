//! Whose mailings one reaches. Every query about mailings on behalf of a person begins here.

use contract::permissions::Permission;
use sea_orm::{EntityTrait, Select};

use super::entity::{Column, Entity};
use crate::http::caller::CurrentUser;

/// One's own mailings; everybody's for those who hold the permission to reach them.
pub fn mailings(user: &CurrentUser, everybodys: Permission) -> Select<Entity> {
    user.within_reach(everybodys, Entity::find(), Column::OwnerId)
}
