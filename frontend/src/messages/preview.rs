//! The letter beside the editor, as a chosen recipient will get it.
//!
//! A letter's HTML is anybody's; it is only ever shown in a sandboxed frame, from a link that opens once.

use contract::messages::{LetterPreview, NewMessage, SmsPreview};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{calls, sms, texts};
use crate::client::{use_answer_after_pause, use_loaded};
use crate::i18n::{Text, use_words};
use crate::recipients::{called, calls as recipient_calls};
use crate::ui::form::Choice;
use crate::ui::{Notice, Tone};

/// Gmail cuts letters off at 102 KB.
const LARGE_BYTES: u64 = 100_000;

/// What the preview shows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Desktop,
    Phone,
    Plain,
    Sms,
}

const SHAPES: [(Shape, Text); 4] = [
    (Shape::Desktop, texts::DESKTOP),
    (Shape::Phone, texts::PHONE),
    (Shape::Plain, texts::PLAIN),
    (Shape::Sms, texts::SMS),
];

impl Shape {
    const fn word(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
            Self::Plain => "plain",
            Self::Sms => "sms",
        }
    }
}

#[derive(PartialEq, Properties)]
pub struct PreviewProps {
    pub draft: NewMessage,
}

#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let words = use_words();
    let recipient_id = use_state(|| None::<i64>);
    let shape = use_state(|| Shape::Desktop);
    let valid = props.draft.check().is_ok();
    let shown = use_answer_after_pause(valid.then(|| calls::preview(&props.draft, *recipient_id)));

    let choose = {
        let recipient_id = recipient_id.clone();
        Callback::from(move |chosen| recipient_id.set(chosen))
    };
    let reshape = {
        let shape = shape.clone();
        Callback::from(move |chosen| shape.set(chosen))
    };
    let has_sms = props.draft.sms_text.is_some();
    let options = SHAPES
        .into_iter()
        .filter(|(shape, _)| *shape != Shape::Sms || has_sms)
        .map(|(shape, text)| (shape, shape.word(), words.say(text)))
        .collect::<Vec<_>>();
    let shape_now = match *shape {
        // Its text was taken away while it was looked at.
        Shape::Sms if !has_sms => Shape::Desktop,
        shape => shape,
    };
    html! {
        <section class="panel preview" aria-label={words.say(texts::PREVIEW)}>
            <div class="preview-head">
                <RecipientMenu chosen={*recipient_id} {choose} />
                <Choice<Shape> label={words.say(texts::WIDTH)} name="shape" value={shape_now} {options} change={reshape} />
            </div>
            if let Some(Err(error)) = &*shown {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            if let Some(Ok(letter)) = &*shown {
                <Letter letter={letter.value.clone()} shape={shape_now} />
            } else {
                <p class="preview-waits muted">{ words.say(texts::PREVIEW_WAITS) }</p>
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct LetterProps {
    letter: LetterPreview,
    shape: Shape,
}

#[component]
fn Letter(props: &LetterProps) -> Html {
    let words = use_words();
    let LetterPreview {
        subject,
        text,
        html_url,
        bytes,
        sms,
    } = &props.letter;
    let plain = props.shape == Shape::Plain;
    let shown_sms = sms.as_ref().filter(|_| props.shape == Shape::Sms);
    let size = words.fill(
        texts::SIZE,
        &[("size", &words.number(bytes.div_ceil(1_000)))],
    );
    html! {
        <>
            if shown_sms.is_none() {
                <div class="letter-head"><b>{ subject.clone() }</b><span class="muted small figures">{ size }</span></div>
            }
            if *bytes > LARGE_BYTES && shown_sms.is_none() {
                <Notice tone={Tone::Skipped}>{ words.say(texts::LARGE) }</Notice>
            }
            if let Some(sms) = shown_sms {
                <Sms sms={sms.clone()} />
            }
            if plain {
                <pre class="letter letter-plain">{ text.clone() }</pre>
            }
            // The link opens once: the frame must stay, even unseen, or the letter could not be shown again. Another letter
            // gets a frame of its own: one that goes elsewhere is a step for the browser's back button.
            <iframe key={html_url.clone()} class={classes!("letter", format!("letter-{}", props.shape.word()))} hidden={plain || shown_sms.is_some()} sandbox=""
                src={html_url.clone()} title={words.say(texts::PREVIEW_FRAME)} />
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct SmsProps {
    pub sms: SmsPreview,
}

/// As it appears on a phone, with its length.
#[component]
pub fn Sms(props: &SmsProps) -> Html {
    let words = use_words();
    let SmsPreview { text, length } = &props.sms;
    html! {
        <div class="sms">
            <p class="sms-text">{ text.clone() }</p>
            <p class="muted small">{ sms::length(words, *length) }</p>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RecipientMenuProps {
    chosen: Option<i64>,
    choose: Callback<Option<i64>>,
}

/// Whose letter to show.
#[component]
fn RecipientMenu(props: &RecipientMenuProps) -> Html {
    let words = use_words();
    let recipients = use_loaded(
        recipient_calls::LIST
            .call()
            .query("limit", 200)
            .query("sort", "full_name"),
    );
    let onchange = props.choose.reform(|event: Event| {
        let select = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        select.and_then(|select| select.value().parse().ok())
    });
    let people = recipients
        .value()
        .map(|page| page.items.as_slice())
        .unwrap_or_default();
    html! {
        <div class="field">
            <label for="preview-as">{ words.say(texts::PREVIEW_AS) }</label>
            <select id="preview-as" class="input" {onchange}>
                <option value="" selected={props.chosen.is_none()}>{ words.say(texts::EXAMPLE_PERSON) }</option>
                { for people.iter().map(|recipient| html! {
                    <option value={recipient.id.to_string()} selected={props.chosen == Some(recipient.id)}>{ called(recipient) }</option>
                }) }
            </select>
        </div>
    }
}
