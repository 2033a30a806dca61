//! What a mailing was set to do.

use contract::mailings::{Channel, MailingView, OnUnknown};
use yew::prelude::*;

use crate::i18n::{Words, use_words};
use crate::mailings::status::schedule;
use crate::mailings::texts::details as texts;
use crate::ui::{Fact, Facts, TimeText, owner_with_address};

#[derive(PartialEq, Properties)]
pub struct SettingsProps {
    pub mailing: MailingView,
}

#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let words = use_words();
    html! { <section class="panel"><Facts facts={facts(words, &props.mailing)} /></section> }
}

fn facts(words: Words, mailing: &MailingView) -> Vec<Fact> {
    let zone = AttrValue::from(mailing.time_zone.clone());
    let count = words.number(mailing.audience.count);
    let audience = if mailing.audience.all {
        texts::AUDIENCE_ALL
    } else {
        texts::AUDIENCE_CHOSEN
    };
    let on_unknown = match mailing.on_unknown {
        OnUnknown::Resend => texts::RESEND,
        OnUnknown::Hold => texts::HOLD,
    };
    let end = match mailing.ends_at {
        Some(at) => html! { <TimeText {at} zone={zone.clone()} /> },
        None => html! { { words.say(texts::NO_END) } },
    };
    let owner = owner_with_address(&mailing.owner);
    let text = |text: AttrValue| html! { { text } };
    let channel = match mailing.channel {
        Channel::Email => texts::CHANNEL_EMAIL,
        Channel::Sms => texts::CHANNEL_SMS,
    };
    let mut audience = words.fill(audience, &[("n", &count)]);
    if let Some(without) = mailing
        .audience
        .without_phone
        .filter(|without| *without > 0)
    {
        audience = format!("{audience}. {}", words.count(texts::WITHOUT_PHONE, without)).into();
    }
    vec![
        Fact::new(words.say(texts::CHANNEL), text(words.say(channel))),
        Fact::new(words.say(texts::SCHEDULE), text(schedule(words, mailing))),
        Fact::new(
            words.say(texts::STARTS),
            html! { <TimeText at={mailing.starts_at} {zone} /> },
        ),
        Fact::new(words.say(texts::ENDS), end),
        Fact::new(words.say(texts::AUDIENCE), text(audience)),
        Fact::new(words.say(texts::ON_UNKNOWN), text(words.say(on_unknown))),
        Fact::new(words.say(texts::MADE_BY), text(owner.into())),
        Fact::new(
            words.say(texts::MADE_AT),
            html! { <TimeText at={mailing.created_at} relative=true /> },
        ),
        Fact::new(
            words.say(texts::CHANGED_AT),
            html! { <TimeText at={mailing.updated_at} relative=true /> },
        ),
    ]
}
