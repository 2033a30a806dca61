//! A message as a made-up recipient would get it, as a letter or as an SMS.
//!
//! A letter's HTML is anybody's; it is only ever shown in a sandboxed frame, from a link that opens once.

use contract::mailings::Channel;
use contract::messages::PreviewRequest;
use yew::prelude::*;

use super::calls;
use super::texts::details as texts;
use super::texts::form::{NO_SMS_TEXT, WRITE_SMS_TEXT};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::messages::Sms;
use crate::routes::Route;
use crate::ui::{Link, skeleton};

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
    loading.show(skeleton(6), |answer| {
        let letter = &answer.value;
        match (props.channel, &letter.sms) {
            (Channel::Sms, Some(sms)) => html! { <Sms sms={sms.clone()} /> },
            (Channel::Sms, None) => html! { <NoSms message_id={props.message_id} /> },
            (Channel::Email, _) => html! {
                <>
                    <div class="letter-head"><b>{ letter.subject.clone() }</b></div>
                    <iframe class="letter letter-desktop" sandbox="" src={letter.html_url.clone()} title={words.say(texts::LETTER)} />
                </>
            },
        }
    })
}

#[derive(PartialEq, Properties)]
pub struct NoSmsProps {
    pub message_id: i64,
}

/// By SMS nothing of this message can be sent.
#[component]
pub fn NoSms(props: &NoSmsProps) -> Html {
    let words = use_words();
    html! {
        <p class="muted">{ words.say(NO_SMS_TEXT) }{ " " }
            <Link to={Route::Message { id: props.message_id }}>{ words.say(WRITE_SMS_TEXT) }</Link></p>
    }
}
