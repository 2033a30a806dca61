//! Choosing what a mailing sends: letters or SMS. From the first run on it stays.

use contract::mailings::Channel;
use yew::prelude::*;

use super::draft::Draft;
use crate::i18n::use_words;
use crate::mailings::texts::form as texts;
use crate::session::use_person;
use crate::ui::form::{Choice, Form};

#[derive(PartialEq, Properties)]
pub struct ChannelFieldProps {
    pub form: Form<Draft>,
}

/// Nothing where there is nothing to choose.
#[component]
pub fn ChannelField(props: &ChannelFieldProps) -> Html {
    let words = use_words();
    let person = use_person();
    let form = &props.form;
    let (channel, is_fixed) = (form.draft().channel, form.draft().channel_is_fixed);
    let sends_sms = person.is_some_and(|person| person.instance.sends_sms);
    if !sends_sms && channel == Channel::Email {
        return Html::default();
    }
    let choose = {
        let form = form.clone();
        Callback::from(move |value: AttrValue| {
            let channel = match value.as_str() {
                "sms" => Channel::Sms,
                _ => Channel::Email,
            };
            form.change("channel", move |draft| draft.channel = channel);
        })
    };
    let (value, hint) = match channel {
        _ if is_fixed => (key(channel), texts::CHANNEL_FIXED),
        Channel::Email => ("email", texts::CHANNEL_EMAIL_HINT),
        Channel::Sms => ("sms", texts::CHANNEL_SMS_HINT),
    };
    let options = vec![
        ("email".into(), words.say(texts::CHANNEL_EMAIL)),
        ("sms".into(), words.say(texts::CHANNEL_SMS)),
    ];
    html! {
        <Choice label={words.say(texts::CHANNEL)} name="channel" {value} {options} change={choose} hint={words.say(hint)}
            errors={form.errors("channel")} disabled={is_fixed || form.is_saving()} />
    }
}

const fn key(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
    }
}
