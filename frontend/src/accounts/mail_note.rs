//! Says so where letters do not really leave: nobody should wait for one.

use yew::prelude::*;

use super::texts;
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::session::calls;
use crate::ui::{Notice, Tone};

#[component]
pub fn MailNote() -> Html {
    let words = use_words();
    let instance = use_loaded(calls::INSTANCE.call());
    let captures = instance
        .value()
        .is_some_and(|instance| instance.captures_mail);
    if !captures {
        return Html::default();
    }
    html! { <Notice tone={Tone::Skipped}>{ words.say(texts::MAIL_IS_CAPTURED) }</Notice> }
}
