//! Beside a user: who that is, and how they get in.

use contract::accounts::users::{UserDetail, UserView};
use contract::accounts::{Language, SecondFactorState};
use yew::prelude::*;

use crate::i18n::use_words;
use crate::ui::{CopyButton, Fact, Facts, Icon, IconView, TimeText, zone};
use crate::users::texts::details as texts;
use crate::users::texts::{PHONE_UNVERIFIED, PHONE_VERIFIED};

#[derive(PartialEq, Properties)]
pub struct AboutProps {
    pub user: UserView,
}

#[component]
pub fn About(props: &AboutProps) -> Html {
    let words = use_words();
    let user = &props.user;
    let missing = |text| html! { <span class="muted">{ words.say(text) }</span> };
    let phone = match &user.phone {
        Some(phone) => {
            let (icon, class, text) = match user.phone_verified_at {
                Some(_) => (Icon::CheckCircle, "tone-sent", PHONE_VERIFIED),
                None => (Icon::QuestionCircle, "tone-skipped", PHONE_UNVERIFIED),
            };
            html! {
                <>
                    <span class="figures">{ phone.clone() }</span>{ " " }
                    <span class={classes!("toned", "small", class)}><IconView {icon} />{ words.say(text) }</span>
                </>
            }
        }
        None => missing(texts::NO_PHONE),
    };
    let city = match user.city.trim() {
        "" => missing(texts::NO_CITY),
        city => html! { { city.to_owned() } },
    };
    let language = match user.language {
        Language::En => texts::ENGLISH,
        Language::Ru => texts::RUSSIAN,
    };
    let facts = vec![
        Fact::new(
            words.say(texts::EMAIL),
            html! { <span class="copyable">{ user.email.clone() }<CopyButton copy={user.email.clone()} /></span> },
        ),
        Fact::new(words.say(texts::PHONE), phone),
        Fact::new(words.say(texts::CITY), city),
        Fact::new(
            words.say(texts::LANGUAGE),
            html! { { words.say(language) } },
        ),
        Fact::new(
            words.say(texts::TIME_ZONE),
            html! { { zone::shown(&user.time_zone) } },
        ),
    ];
    html! { <section class="panel"><h2>{ words.say(texts::ABOUT) }</h2><Facts {facts} /></section> }
}

#[derive(PartialEq, Properties)]
pub struct AccessProps {
    pub detail: UserDetail,
}

#[component]
pub fn Access(props: &AccessProps) -> Html {
    let words = use_words();
    let UserDetail {
        user,
        owns: _,
        letters: _,
        sessions,
        api_tokens,
    } = &props.detail;
    let factor = match user.second_factor {
        SecondFactorState::On => texts::FACTOR_ON,
        SecondFactorState::Off => texts::FACTOR_OFF,
        SecondFactorState::Required => texts::FACTOR_REQUIRED,
    };
    let confirmed = match user.confirmed_at {
        Some(at) => html! { <TimeText {at} /> },
        None => html! { <span class="muted">{ words.say(texts::NOT_CONFIRMED) }</span> },
    };
    let facts = vec![
        Fact::new(
            words.say(texts::SECOND_FACTOR),
            html! { { words.say(factor) } },
        ),
        Fact::new(
            words.say(texts::SESSIONS),
            if *sessions > 0 {
                html! { { words.count(texts::DEVICES, *sessions) } }
            } else {
                html! { <span class="muted">{ words.say(texts::NOWHERE) }</span> }
            },
        ),
        Fact::new(
            words.say(texts::API_TOKENS),
            html! { { words.number(*api_tokens) } },
        ),
        Fact::new(words.say(texts::CONFIRMED), confirmed),
        Fact::new(
            words.say(texts::CREATED),
            html! { <TimeText at={user.created_at} /> },
        ),
    ];
    html! { <section class="panel"><h2>{ words.say(texts::ACCESS) }</h2><Facts {facts} /></section> }
}
