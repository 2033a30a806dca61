//! When everybody may read it: not yet, now, or at a time that one chooses.

use yew::prelude::*;

use super::draft::{Draft, When};
use super::texts;
use crate::i18n::{Text, Words, use_words};
use crate::ui::form::{Bound, Choice, Form, TextField};
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
        Callback::from(move |word: AttrValue| {
            let when = offered(form.draft())
                .into_iter()
                .find(|when| key(*when) == word);
            if let Some(when) = when {
                form.change("published_at", move |draft| draft.when = when);
            }
        })
    };
    let options: Vec<_> = offered(draft)
        .into_iter()
        .map(|when| (key(when).into(), words.say(name(when))))
        .collect();
    html! {
        <>
            <Choice label={words.say(texts::PUBLICATION)} name="when" value={key(draft.when)} {options} change={choose}
                hint={said(words, draft)} disabled={form.is_saving()} />
            if draft.when == When::Later {
                <div class="field-pair">
                    <TextField label={texts::DAY} kind="date"
                        bound={form.bind("published_at", |draft| draft.day.clone(), |draft, day| draft.day = day)} />
                    <TextField label={texts::TIME} kind="time"
                        bound={second(form.bind("published_at", |draft| draft.time.clone(), |draft, time| draft.time = time))} />
                </div>
            }
        </>
    }
}

/// What is published stays so, unless one takes it back.
fn offered(draft: &Draft) -> [When; 3] {
    match draft.published_at {
        Some(at) if at <= now() => [When::Draft, When::AsIs, When::Later],
        Some(_) | None => [When::Draft, When::Now, When::Later],
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
    let at = draft.appears_at(zone::instant).ok().flatten();
    let exact = |at| {
        format!(
            "{} {}",
            write(words, at, &draft.zone, TimeForm::Full),
            draft.zone
        )
    };
    let was_out = draft.published_at.is_some_and(|at| at <= now());
    match (draft.when, at) {
        (When::Draft, _) if was_out => words.say(texts::TAKEN_BACK),
        (When::Draft, _) => words.say(texts::DRAFT_SAID),
        (When::Now, _) => words.say(texts::NOW_SAID),
        (When::AsIs, Some(at)) => words.fill(texts::AS_IS_SAID, &[("at", &exact(at))]),
        (When::Later, Some(at)) if at <= now() => {
            words.fill(texts::LATER_PAST_SAID, &[("at", &exact(at))])
        }
        (When::Later, Some(at)) => {
            let when = relative(words, at, now());
            words.fill(texts::LATER_SAID, &[("at", &exact(at)), ("when", &when)])
        }
        (When::AsIs | When::Later, None) => AttrValue::default(),
    }
}

/// The second input of a field: under a name of its own, with the error shown at the first alone.
fn second(bound: Bound) -> Bound {
    Bound {
        name: "published_at_time",
        id: AttrValue::Static("published_at_time"),
        errors: Vec::new(),
        ..bound
    }
}
