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
        Callback::from(move |channel| form.change("channel", move |draft| draft.channel = channel))
    };
    let hint = match channel {
        _ if is_fixed => texts::CHANNEL_FIXED,
        Channel::Email => texts::CHANNEL_EMAIL_HINT,
        Channel::Sms => texts::CHANNEL_SMS_HINT,
    };
    let options = vec![
        (Channel::Email, "email", words.say(texts::CHANNEL_EMAIL)),
        (Channel::Sms, "sms", words.say(texts::CHANNEL_SMS)),
    ];
    html! {
        <Choice<Channel> label={words.say(texts::CHANNEL)} name="channel" value={channel} {options} change={choose} hint={words.say(hint)}
            errors={form.errors("channel")} disabled={is_fixed || form.is_saving()} />
    }
}
