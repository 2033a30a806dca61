//! The foot of a list: which rows these are, of how many, and the way to the others.

use yew::prelude::*;

use super::List;
use crate::i18n::texts;
use crate::i18n::{Words, use_words};
use crate::ui::{Button, Icon};

#[derive(PartialEq, Properties)]
pub struct PagerProps {
    pub list: List,
    /// How many rows this page has.
    pub rows: u64,
    pub total: u64,
    pub capped: bool,
    pub next: Option<AttrValue>,
}

#[component]
pub fn Pager(props: &PagerProps) -> Html {
    let words = use_words();
    let PagerProps {
        list,
        rows,
        total,
        capped,
        next,
    } = props;
    let first = list.first_place();
    let range = words.fill(
        texts::RANGE,
        &[
            ("from", &words.number(first)),
            ("to", &words.number(first + rows.saturating_sub(1))),
            ("total", &total_text(words, *total, *capped)),
        ],
    );
    let back = {
        let list = list.clone();
        Callback::from(move |()| list.show_previous())
    };
    let onwards = {
        let (list, next) = (list.clone(), next.clone());
        Callback::from(move |()| {
            if let Some(cursor) = &next {
                list.show_next(cursor);
            }
        })
    };
    let on_first = list.address.page <= 1;
    let back_text = if list.knows_the_way_back() || on_first {
        texts::PREVIOUS_PAGE
    } else {
        texts::FIRST_PAGE
    };
    html! {
        <nav class="pager" aria-label={words.say(texts::PAGES)}>
            <span class="muted figures" aria-live="polite">{ range }</span>
            if !on_first || next.is_some() {
                <div class="pager-buttons">
                    <Button icon={Icon::ChevronLeft} text={words.say(back_text)} onclick={back} disabled={on_first} />
                    <Button icon={Icon::ChevronRight} text={words.say(texts::NEXT_PAGE)} onclick={onwards} disabled={next.is_none()} />
                </div>
            }
        </nav>
    }
}

fn total_text(words: Words, total: u64, capped: bool) -> String {
    let number = words.number(total);
    if capped {
        words.fill(texts::MORE_THAN, &[("n", &number)]).to_string()
    } else {
        number
    }
}
