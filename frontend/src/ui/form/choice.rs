//! Fields where one chooses instead of typing.

use contract::problem::FieldError;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{Bound, FieldFrame};

#[derive(PartialEq, Properties)]
pub struct SelectFieldProps {
    pub label: AttrValue,
    pub bound: Bound,
    /// Values and what they are called.
    pub options: Vec<(AttrValue, AttrValue)>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub optional: bool,
}

/// One of many.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let Bound {
        name,
        id,
        value,
        errors,
        change,
        blur,
        disabled,
    } = props.bound.clone();
    let onchange = change.reform(|event: Event| chosen(&event));
    let onblur = blur.reform(|_: FocusEvent| ());
    let invalid = (!errors.is_empty()).then_some("true");
    html! {
        <FieldFrame label={props.label.clone()} id={id.clone()} optional={props.optional} hint={props.hint.clone()} {errors}>
            <select id={id.clone()} {name} class="input" {onchange} {onblur} {disabled}
                aria-invalid={invalid} aria-describedby={format!("{id}-note")}>
                { for props.options.iter().map(|(key, text)| html! {
                    <option value={key.clone()} selected={*key == value}>{ text.clone() }</option>
                }) }
            </select>
        </FieldFrame>
    }
}

fn chosen(event: &Event) -> String {
    let select = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    select.map(|select| select.value()).unwrap_or_default()
}

#[derive(PartialEq, Properties)]
pub struct ChoiceProps<T: Copy + PartialEq + 'static> {
    /// What is chosen, as the group's label.
    pub label: AttrValue,
    /// The API's name of the field.
    pub name: &'static str,
    pub value: T,
    /// Values, their words in the page, and what they are called.
    pub options: Vec<(T, &'static str, AttrValue)>,
    pub change: Callback<T>,
    #[prop_or_default]
    pub disabled: bool,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub errors: Vec<FieldError>,
}

/// One of a few, all seen at once.
#[component]
pub fn Choice<T: Copy + PartialEq + 'static>(props: &ChoiceProps<T>) -> Html {
    let ChoiceProps {
        label,
        name,
        value,
        options,
        change,
        disabled,
        hint,
        errors,
    } = props;
    let option = |(choice, word, text): &(T, &'static str, AttrValue)| {
        let id = format!("{name}-{word}");
        let choice = *choice;
        let onchange = change.reform(move |_: Event| choice);
        html! {
            <>
                <input type="radio" id={id.clone()} name={*name} value={*word} checked={choice == *value} {onchange} disabled={*disabled} />
                <label for={id}>{ text.clone() }</label>
            </>
        }
    };
    html! {
        <FieldFrame label={label.clone()} id={format!("{name}-choice")} hint={hint.clone()} errors={errors.clone()}>
            <div class="segments" role="radiogroup" id={format!("{name}-choice")} aria-label={label.clone()}>
                { for options.iter().map(option) }
            </div>
        </FieldFrame>
    }
}

#[derive(PartialEq, Properties)]
pub struct SwitchProps {
    pub name: &'static str,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    pub on: bool,
    pub change: Callback<bool>,
    #[prop_or_default]
    pub disabled: bool,
}

/// On or off.
#[component]
pub fn Switch(props: &SwitchProps) -> Html {
    let SwitchProps {
        name,
        label,
        hint,
        on,
        change,
        disabled,
    } = props;
    let flip = {
        let (change, on) = (change.clone(), *on);
        Callback::from(move |_: Event| change.emit(!on))
    };
    html! {
        <div class="field field-switch form-check form-switch">
            <input type="checkbox" role="switch" class="form-check-input" id={*name} checked={*on} onchange={flip} disabled={*disabled}
                aria-describedby={format!("{name}-note")} />
            <label class="form-check-label" for={*name}>{ label.clone() }</label>
            <p class="field-hint" id={format!("{name}-note")}>{ hint.clone().unwrap_or_default() }</p>
        </div>
    }
}
