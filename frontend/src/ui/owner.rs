//! Whose something is.

use contract::listing::Owner;
use contract::permissions::Permission;
use yew::prelude::*;

use super::Link;
use crate::routes::Route;
use crate::session::use_may;

#[derive(PartialEq, Properties)]
pub struct OwnerNameProps {
    pub owner: Owner,
}

/// The owner's name, or the address of somebody without one. It leads those who may see users to the person.
#[component]
pub fn OwnerName(props: &OwnerNameProps) -> Html {
    let may = use_may();
    let owner = &props.owner;
    let name = html! { <span title={owner.email.clone()}>{ owner_called(owner) }</span> };
    if may(Permission::BlockUsers) {
        html! { <Link to={Route::User { id: owner.id }}>{ name }</Link> }
    } else {
        name
    }
}

pub fn owner_called(owner: &Owner) -> String {
    let name = owner.full_name.trim();
    if name.is_empty() {
        owner.email.clone()
    } else {
        name.to_owned()
    }
}

/// The name with the address, or the address alone.
pub fn owner_with_address(owner: &Owner) -> String {
    match owner.full_name.trim() {
        "" => owner.email.clone(),
        name => format!("{name} <{}>", owner.email),
    }
}
