//! The tab about oneself: picture, name, address, phone.

mod email;
mod phone;
mod picture;

use std::rc::Rc;

use contract::accounts::profile::ProfileChange;
use contract::accounts::{Language, MeView};
use yew::prelude::*;

use super::setting::Setting;
use super::{calls, texts};
use crate::client::use_client;
use crate::i18n::{use_language_choice, use_words};
use crate::session::{Person, use_person, use_session};
use crate::ui::form::{LanguageField, SubmitButton, TextField, ZoneField, use_form};
use crate::ui::{Notice, Tone, use_toasts};
use email::EmailSetting;
use phone::PhoneSetting;
use picture::PictureSetting;

#[derive(PartialEq, Properties)]
pub struct PersonProps {
    pub person: Rc<Person>,
}

#[component]
pub fn PersonTab() -> Html {
    let Some(person) = use_person() else {
        return Html::default();
    };
    html! {
        <div class="settings">
            <PictureSetting person={person.clone()} />
            <AboutSetting person={person.clone()} />
            <EmailSetting person={person.clone()} />
            <PhoneSetting {person} />
        </div>
    }
}

/// What the form holds; all of it is sent.
#[derive(Clone, PartialEq)]
struct About {
    full_name: String,
    city: String,
    language: Language,
    time_zone: String,
}

impl About {
    fn of(me: &MeView) -> Self {
        Self {
            full_name: me.full_name.clone(),
            city: me.city.clone(),
            language: me.language,
            time_zone: me.time_zone.clone(),
        }
    }

    fn change(&self) -> ProfileChange {
        let Self {
            full_name,
            city,
            language,
            time_zone,
        } = self.clone();
        ProfileChange {
            full_name: Some(full_name),
            city: Some(city),
            language: Some(language),
            time_zone: Some(time_zone),
        }
    }
}

#[component]
fn AboutSetting(props: &PersonProps) -> Html {
    let words = use_words();
    let client = use_client();
    let session = use_session();
    let toasts = use_toasts();
    let (_, choose_language) = use_language_choice();
    let form = use_form(About::of(&props.person.me), |about| {
        about.change().check().map(drop)
    });
    let submit = {
        let form = form.clone();
        Callback::from(move |event: SubmitEvent| {
            let (client, session, toasts) = (client.clone(), session.clone(), toasts.clone());
            let choose_language = choose_language.clone();
            form.submit(&event, move |about| async move {
                let me = client.call(calls::change(&about.change())).await?;
                if let Some(session) = session {
                    session.now_is(me.value.clone());
                }
                // Who chooses a language here means the page too.
                choose_language.emit(about.language);
                toasts.done(texts::SAVED);
                Ok(())
            });
        })
    };
    let take_language = {
        let form = form.clone();
        Callback::from(move |language| {
            form.change("language", move |about| about.language = language)
        })
    };
    html! {
        <Setting title={words.say(texts::ABOUT)} sentence={words.say(texts::ABOUT_SENTENCE)}>
            <form class="form" onsubmit={submit} novalidate=true>
                <TextField label={texts::FULL_NAME} optional=true autocomplete="name"
                    bound={form.bind("full_name", |about| about.full_name.clone(), |about, name| about.full_name = name)} />
                <TextField label={texts::CITY} optional=true autocomplete="address-level2"
                    bound={form.bind("city", |about| about.city.clone(), |about, city| about.city = city)} />
                <LanguageField label={words.say(texts::LANGUAGE)} value={form.draft().language} change={take_language}
                    hint={words.say(texts::LANGUAGE_HINT)} disabled={form.is_saving()} />
                <ZoneField label={words.say(texts::TIME_ZONE)} hint={words.say(texts::TIME_ZONE_HINT)}
                    bound={form.bind("time_zone", |about| about.time_zone.clone(), |about, zone| about.time_zone = zone)} />
                if let Some(error) = form.failure() {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <div class="form-buttons"><SubmitButton saving={form.is_saving()} /></div>
            </form>
        </Setting>
    }
}
