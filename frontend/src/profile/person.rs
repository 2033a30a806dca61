//! The tab about oneself.

use yew::prelude::*;

use super::texts;
use crate::i18n::use_words;
use crate::session::use_person;
use crate::ui::{Fact, Facts};

#[component]
pub fn PersonTab() -> Html {
    let words = use_words();
    let Some(person) = use_person() else {
        return Html::default();
    };
    let me = &person.me;
    let name = if me.full_name.is_empty() {
        words.say(texts::NO_NAME)
    } else {
        me.full_name.clone().into()
    };
    let facts = vec![
        Fact::new(words.say(texts::FULL_NAME), html! { { name } }),
        Fact::new(words.say(texts::EMAIL), html! { { me.email.clone() } }),
        Fact::new(
            words.say(texts::TIME_ZONE),
            html! { { me.time_zone.clone() } },
        ),
    ];
    html! { <section class="panel narrow"><Facts {facts} /></section> }
}
