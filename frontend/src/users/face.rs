//! A person's initials, where their picture would be.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct FaceProps {
    /// The name, or the address of somebody without one.
    pub name: AttrValue,
    #[prop_or_default]
    pub large: bool,
}

/// Decoration: the name always stands beside it.
#[component]
pub fn Face(props: &FaceProps) -> Html {
    let class = classes!("avatar", props.large.then_some("avatar-large"));
    let first = props.name.chars().find(|c| c.is_alphanumeric());
    let initial: String = first.into_iter().flat_map(char::to_uppercase).collect();
    html! { <span {class} aria-hidden="true">{ initial }</span> }
}
