//! What there is, in figures, each with the way to it.

use yew::prelude::*;

use super::texts;
use crate::i18n::{Plural, use_words};
use crate::routes::Route;
use crate::ui::Link;

#[derive(PartialEq, Properties)]
pub struct FiguresProps {
    pub running: Option<u64>,
    pub mailings: Option<u64>,
    pub messages: Option<u64>,
    pub recipients: Option<u64>,
}

#[component]
pub fn Figures(props: &FiguresProps) -> Html {
    let FiguresProps {
        running,
        mailings,
        messages,
        recipients,
    } = *props;
    let figures = [
        (running, texts::RUNNING_NOW, Route::Mailings),
        (mailings, texts::MAILINGS, Route::Mailings),
        (messages, texts::MESSAGES, Route::Messages),
        (recipients, texts::RECIPIENTS, Route::Recipients),
    ];
    html! {
        <div class="figures-row">
            { for figures.into_iter().map(|(count, counted, to)| html! { <Figure {count} {counted} {to} /> }) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct FigureProps {
    /// None while it is not known.
    count: Option<u64>,
    counted: Plural,
    to: Route,
}

#[component]
fn Figure(props: &FigureProps) -> Html {
    let words = use_words();
    let FigureProps { count, counted, to } = props;
    let (number, word) = match count {
        Some(n) => words.count_apart(*counted, *n),
        None => (String::from("\u{a0}"), String::from("\u{a0}")),
    };
    html! {
        <Link to={to.clone()} class="panel figure-card">
            <b class="figures">{ number }</b>
            <span class="muted">{ word }</span>
        </Link>
    }
}
