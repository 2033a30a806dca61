//! The head of a page, and facts listed on it.

use yew::prelude::*;

use super::Link;
use crate::instance::use_face;
use crate::routes::Route;

/// A step on the way here.
#[derive(Clone, Debug, PartialEq)]
pub struct Crumb {
    pub text: AttrValue,
    pub to: Route,
}

#[derive(PartialEq, Properties)]
pub struct PageHeadProps {
    /// The way here, without this page itself.
    #[prop_or_default]
    pub crumbs: Vec<Crumb>,
    pub title: AttrValue,
    /// Before the title: a picture.
    #[prop_or_default]
    pub beside: Html,
    /// Beside the title: a `Pill`.
    #[prop_or_default]
    pub status: Html,
    /// What matters now, in one sentence.
    #[prop_or_default]
    pub sentence: Html,
    /// Buttons, at most one of them primary.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn PageHead(props: &PageHeadProps) -> Html {
    use_title(props.title.clone());
    html! {
        <header class="page-head">
            if !props.crumbs.is_empty() {
                <nav class="crumbs">
                    <ol>
                        { for props.crumbs.iter().map(|crumb| html! {
                            <li><Link to={crumb.to.clone()}>{ crumb.text.clone() }</Link></li>
                        }) }
                        <li aria-current="page">{ props.title.clone() }</li>
                    </ol>
                </nav>
            }
            <div class="page-head-row">
                { props.beside.clone() }
                <div class="page-head-words">
                    <div class="page-title"><h1>{ props.title.clone() }</h1>{ props.status.clone() }</div>
                    <div class="page-sentence">{ props.sentence.clone() }</div>
                </div>
                <div class="page-actions">{ props.children.clone() }</div>
            </div>
        </header>
    }
}

/// The tab's title.
#[hook]
pub fn use_title(title: AttrValue) {
    use_title_if(Some(title));
}

/// The same where it may be what is around that says it.
#[hook]
pub fn use_title_if(title: Option<AttrValue>) {
    let name = use_face().name;
    use_effect_with((title, name), |(title, name)| {
        if let Some(title) = title {
            gloo_utils::document().set_title(&format!("{title} · {name}"));
        }
    });
}

/// One line of facts: a name and what it is.
#[derive(Clone, PartialEq)]
pub struct Fact {
    pub name: AttrValue,
    pub value: Html,
}

impl Fact {
    pub fn new(name: AttrValue, value: impl Into<Html>) -> Self {
        Self {
            name,
            value: value.into(),
        }
    }
}

#[derive(PartialEq, Properties)]
pub struct FactsProps {
    pub facts: Vec<Fact>,
}

#[component]
pub fn Facts(props: &FactsProps) -> Html {
    html! {
        <dl class="facts">
            { for props.facts.iter().map(|Fact { name, value }| html! {
                <div><dt>{ name.clone() }</dt><dd>{ value.clone() }</dd></div>
            }) }
        </dl>
    }
}
