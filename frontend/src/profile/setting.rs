//! One part of the profile: what it is, and what one may do about it.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct SettingProps {
    pub title: AttrValue,
    pub sentence: AttrValue,
    /// What is done here cannot be undone.
    #[prop_or_default]
    pub danger: bool,
    pub children: Html,
}

#[component]
pub fn Setting(props: &SettingProps) -> Html {
    let class = classes!("panel", "setting", props.danger.then_some("setting-danger"));
    html! {
        <section {class}>
            <div class="setting-words">
                <h2>{ props.title.clone() }</h2>
                <p>{ props.sentence.clone() }</p>
            </div>
            <div class="setting-body">{ props.children.clone() }</div>
        </section>
    }
}
