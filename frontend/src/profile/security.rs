//! The tab about getting in: password, second factor, and leaving for good.

use contract::accounts::SecondFactorState;
use yew::prelude::*;

use super::texts;
use crate::i18n::use_words;
use crate::session::use_person;
use crate::ui::{Fact, Facts};

#[component]
pub fn SecurityTab() -> Html {
    let words = use_words();
    let state = use_person().map(|person| person.me.second_factor);
    let text = if state == Some(SecondFactorState::On) {
        texts::SECOND_FACTOR_ON
    } else {
        texts::SECOND_FACTOR_OFF
    };
    let facts = vec![Fact::new(
        words.say(texts::SECOND_FACTOR),
        html! { { words.say(text) } },
    )];
    html! { <section class="panel narrow"><Facts {facts} /></section> }
}
