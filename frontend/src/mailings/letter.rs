//! A message as a made-up recipient would get it, as a letter or as an SMS.
//!
//! A letter's HTML is anybody's; it is only ever shown in a sandboxed frame, from a link that opens once.

use contract::mailings::Channel;
use contract::messages::PreviewRequest;
use yew::prelude::*;

use super::calls;
use super::texts::details as texts;
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::messages::Sms;
use crate::ui::skeleton;

#[derive(PartialEq, Properties)]
pub struct LetterViewProps {
    pub message_id: i64,
    pub channel: Channel,
}

#[component]
pub fn LetterView(props: &LetterViewProps) -> Html {
    let words = use_words();
    let preview = calls::PREVIEW_MESSAGE
        .of(props.message_id)
        .body(&PreviewRequest::default())
        .changing_nothing();
    let loading = use_loaded(preview);
    let by_sms = props.channel == Channel::Sms;
    loading.show(skeleton(6), |answer| {
        let letter = &answer.value;
        if let Some(sms) = letter.sms.as_ref().filter(|_| by_sms) {
            return html! { <Sms sms={sms.clone()} /> };
        }
        html! {
            <>
                <div class="letter-head"><b>{ letter.subject.clone() }</b></div>
                <iframe class="letter letter-desktop" sandbox="" src={letter.html_url.clone()} title={words.say(texts::LETTER)} />
            </>
        }
    })
}
