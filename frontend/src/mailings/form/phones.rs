//! Of those chosen for a mailing by SMS: how many have no phone.

use contract::mailings::{Audience, AudiencePreview};
use yew::prelude::*;

use crate::client::{use_loaded_if, use_settled};
use crate::i18n::use_words;
use crate::mailings::calls;
use crate::mailings::texts::form as texts;
use crate::ui::{Notice, Tone};

#[derive(PartialEq, Properties)]
pub struct WithoutPhoneProps {
    pub audience: Audience,
    pub owner_id: i64,
}

#[component]
pub fn WithoutPhone(props: &WithoutPhoneProps) -> Html {
    let words = use_words();
    let asked = props.audience.check().is_ok();
    let call = asked.then(|| calls::preview_audience(props.audience.clone(), props.owner_id));
    let call = use_settled(call);
    let loading = use_loaded_if(call);
    let Some(AudiencePreview {
        count,
        without_phone,
    }) = loading.value().copied().filter(|_| asked)
    else {
        return Html::default();
    };
    let (tone, said) = match without_phone {
        0 => return Html::default(),
        all if all == count => (Tone::Failed, words.say(texts::NOBODY_HAS_PHONE)),
        some => (Tone::Skipped, words.count(texts::WITHOUT_PHONE, some)),
    };
    html! { <Notice {tone}>{ said }</Notice> }
}
