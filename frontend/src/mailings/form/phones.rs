//! Of those chosen for a mailing by SMS: how many have no phone.

use contract::mailings::{Audience, AudiencePreview};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::client::{Call, use_loaded_if};
use crate::i18n::use_words;
use crate::mailings::calls;
use crate::mailings::texts::form as texts;
use crate::ui::{Notice, Tone};

/// A pause in the choosing.
const PAUSE_MS: u32 = 300;

#[derive(PartialEq, Properties)]
pub struct WithoutPhoneProps {
    pub audience: Audience,
    pub owner_id: i64,
}

#[component]
pub fn WithoutPhone(props: &WithoutPhoneProps) -> Html {
    let words = use_words();
    let asked = props.audience.check().is_ok();
    let call = use_debounced(asked.then(|| (props.audience.clone(), props.owner_id)));
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

/// The call for an audience, once it has stood still for a moment.
#[hook]
fn use_debounced(wanted: Option<(Audience, i64)>) -> Option<Call<AudiencePreview>> {
    let call = use_state(|| None::<Call<AudiencePreview>>);
    {
        let call = call.clone();
        use_effect_with(wanted, move |wanted| {
            let timer = wanted.clone().map(|(audience, owner_id)| {
                Timeout::new(PAUSE_MS, move || {
                    call.set(Some(calls::preview_audience(audience, owner_id)))
                })
            });
            move || drop(timer)
        });
    }
    (*call).clone()
}
