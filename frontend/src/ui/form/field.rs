//! Labelled fields of text.

use contract::problem::FieldError;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::Bound;
use crate::i18n::texts::{self, errors};
use crate::i18n::{Text, use_words};
use crate::ui::{Icon, IconView};

#[derive(PartialEq, Properties)]
pub struct FieldFrameProps {
    pub label: AttrValue,
    /// The id of the input inside.
    pub id: AttrValue,
    #[prop_or_default]
    pub optional: bool,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub errors: Vec<FieldError>,
    pub children: Html,
}

/// A label above, a hint or the errors below. The input inside names `{id}-note` as its description.
#[component]
pub fn FieldFrame(props: &FieldFrameProps) -> Html {
    let words = use_words();
    let note = format!("{}-note", props.id);
    html! {
        <div class="field">
            <label for={props.id.clone()}>
                { props.label.clone() }
                if props.optional {
                    <span class="field-optional">{ words.say(texts::OPTIONAL) }</span>
                }
            </label>
            { props.children.clone() }
            <div id={note} class="field-note" aria-live="polite">
                if props.errors.is_empty() {
                    if let Some(hint) = &props.hint {
                        <p class="field-hint">{ hint.clone() }</p>
                    }
                } else {
                    { for props.errors.iter().map(|error| html! {
                        <p class="field-error">
                            <IconView icon={Icon::ExclamationTriangle} />
                            <span>{ words.saying(&errors::of_field(error)) }</span>
                        </p>
                    }) }
                }
            </div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct TextFieldProps {
    pub label: Text,
    pub bound: Bound,
    /// The input's type: text, email, password, date, datetime-local, number.
    #[prop_or("text".into())]
    pub kind: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub optional: bool,
    #[prop_or("off".into())]
    pub autocomplete: AttrValue,
    #[prop_or_default]
    pub autofocus: bool,
    /// Which keyboard a phone shows, such as `numeric`.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// More than one row makes it a text area.
    #[prop_or(1)]
    pub rows: u32,
    /// A button within the field's frame.
    #[prop_or_default]
    pub beside: Html,
    /// Between the label and the input: a toolbar.
    #[prop_or_default]
    pub above: Html,
    /// To reach the input from the screen.
    #[prop_or_default]
    pub input: NodeRef,
    /// For code and letters.
    #[prop_or_default]
    pub monospace: bool,
}

#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let words = use_words();
    let Bound {
        name,
        id,
        value,
        errors,
        change,
        blur,
        disabled,
    } = props.bound.clone();
    let oninput = change.reform(|event: InputEvent| typed(&event));
    let onblur = blur.reform(|_: FocusEvent| ());
    let invalid = (!errors.is_empty()).then_some("true");
    let note = format!("{id}-note");
    let class = classes!("input", props.monospace.then_some("input-code"));
    use_focus(props.input.clone(), props.autofocus);
    let input = if props.rows > 1 {
        html! {
            <textarea ref={props.input.clone()} id={id.clone()} {name} {class} rows={props.rows.to_string()} {value} {oninput} {onblur}
                {disabled} aria-invalid={invalid} aria-describedby={note} placeholder={props.placeholder.clone()} />
        }
    } else {
        html! {
            <input ref={props.input.clone()} id={id.clone()} {name} {class} type={props.kind.clone()} {value} {oninput} {onblur}
                {disabled} aria-invalid={invalid} aria-describedby={note} placeholder={props.placeholder.clone()}
                autocomplete={props.autocomplete.clone()} inputmode={props.inputmode.clone()} autocapitalize="off" spellcheck={(props.kind == "text").to_string()} />
        }
    };
    html! {
        <FieldFrame label={words.say(props.label)} {id} optional={props.optional} hint={props.hint.clone()} {errors}>
            { props.above.clone() }
            <div class="input-row">{ input }{ props.beside.clone() }</div>
        </FieldFrame>
    }
}

/// The text in the input that an event comes from.
fn typed(event: &InputEvent) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(target) => target
            .dyn_into::<HtmlTextAreaElement>()
            .map(|area| area.value())
            .unwrap_or_default(),
    }
}

/// Yew sets attributes when the element is in the page already, too late for `autofocus`.
#[hook]
fn use_focus(node: NodeRef, wanted: bool) {
    use_effect_with(wanted, move |wanted| {
        if *wanted && let Some(element) = node.cast::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
    });
}
