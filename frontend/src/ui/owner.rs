//! Whose something is.

use contract::listing::Owner;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct OwnerNameProps {
    pub owner: Owner,
}

/// The owner's name, or the address of somebody without one.
#[component]
pub fn OwnerName(props: &OwnerNameProps) -> Html {
    let owner = &props.owner;
    html! { <span title={owner.email.clone()}>{ owner_called(owner) }</span> }
}

pub fn owner_called(owner: &Owner) -> String {
    let name = owner.full_name.trim();
    if name.is_empty() {
        owner.email.clone()
    } else {
        name.to_owned()
    }
}
