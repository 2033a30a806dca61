//! When everybody may read it: not yet, now, or at a time that one chooses.

use yew::prelude::*;

use super::coming::{Coming, is_out};
use super::draft::{Draft, When};
use super::texts;
use crate::i18n::{Text, Words, use_words};
use crate::ui::form::{Choice, Form, TextField};
use crate::ui::time::{Form as TimeForm, now, relative, write};
use crate::ui::zone;

#[derive(PartialEq, Properties)]
pub struct PublicationFieldsProps {
    pub form: Form<Draft>,
}

#[component]
pub fn PublicationFields(props: &PublicationFieldsProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let draft = form.draft();
    let choose = {
        let form = form.clone();
        Callback::from(move |when| form.change("published_at", move |draft| draft.when = when))
    };
    let options: Vec<_> = offered(draft)
        .into_iter()
        .map(|when| (when, key(when), words.say(name(when))))
        .collect();
    html! {
        <>
            <Choice<When> label={words.say(texts::PUBLICATION)} name="when" value={draft.when} {options} change={choose}
                hint={said(words, draft)} disabled={form.is_saving()} />
            if draft.when == When::Later {
                <div class="field-pair">
                    <TextField label={texts::DAY} kind="date"
                        bound={form.bind("published_at", |draft| draft.day.clone(), |draft, day| draft.day = day)} />
                    <TextField label={texts::TIME} kind="time"
                        bound={form.bind("published_at_time", |draft| draft.time.clone(), |draft, time| draft.time = time)} />
                </div>
            }
        </>
    }
}

/// What is published stays so, unless one takes it back.
fn offered(draft: &Draft) -> [When; 3] {
    if is_out(draft, now()) {
        [When::Draft, When::AsIs, When::Later]
    } else {
        [When::Draft, When::Now, When::Later]
    }
}

const fn key(when: When) -> &'static str {
    match when {
        When::Draft => "draft",
        When::Now => "now",
        When::Later => "later",
        When::AsIs => "as_is",
    }
}

const fn name(when: When) -> Text {
    match when {
        When::Draft => texts::DRAFT,
        When::Now => texts::NOW,
        When::Later => texts::LATER,
        When::AsIs => texts::PUBLISHED,
    }
}

/// What comes of it, in words.
fn said(words: Words, draft: &Draft) -> AttrValue {
    let exact = |at| {
        format!(
            "{} {}",
            write(words, at, &draft.zone, TimeForm::Full),
            draft.zone
        )
    };
    let at = |text, at| words.fill(text, &[("at", &exact(at))]);
    let ahead = |text, at| {
        let when = relative(words, at, now());
        words.fill(text, &[("at", &exact(at)), ("when", &when)])
    };
    match Coming::of(draft, now(), zone::instant) {
        Coming::Draft => words.say(texts::DRAFT_SAID),
        Coming::TakenBack => words.say(texts::TAKEN_BACK),
        Coming::AtOnce => words.say(texts::NOW_SAID),
        Coming::Dated(then) => at(texts::LATER_PAST_SAID, then),
        Coming::Later(then) => ahead(texts::LATER_SAID, then),
        Coming::AwayUntil(then) => ahead(texts::AWAY_SAID, then),
        Coming::Stays(since) => at(texts::AS_IS_SAID, since),
        Coming::Unknown => AttrValue::default(),
    }
}
