//! The bar over the text: Markdown and variables.

use contract::messages::Format;
use contract::template::Variable;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::texts;
use crate::i18n::{Text, use_words};
use crate::ui::marks::markup::Mark;
use crate::ui::marks::{MarkButtons, TOOLBAR, apply};

#[derive(PartialEq, Properties)]
pub struct ToolbarProps {
    pub format: Format,
    /// The text area that it works on.
    pub area: NodeRef,
}

#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let words = use_words();
    html! {
        <div class="toolbar" role="group" aria-label={words.say(TOOLBAR)}>
            if props.format == Format::Markdown {
                <MarkButtons area={props.area.clone()} />
            }
            <VariableMenu input={props.area.clone()} />
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct VariableMenuProps {
    /// The input or text area that gets the variable.
    pub input: NodeRef,
}

/// Inserts a variable where the cursor is.
#[component]
pub fn VariableMenu(props: &VariableMenuProps) -> Html {
    let words = use_words();
    let input = props.input.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(select) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlSelectElement>().ok())
        else {
            return;
        };
        let chosen = select.value();
        select.set_value("");
        if let Some(variable) = Variable::ALL
            .into_iter()
            .find(|variable| variable.name() == chosen)
        {
            let written = format!("{{{{ {} }}}}", variable.name());
            apply(Mark::Words(written), &input);
        }
    });
    html! {
        <select class="input variable-menu" {onchange} aria-label={words.say(texts::INSERT_VARIABLE)}>
            <option value="" selected=true>{ words.say(texts::VARIABLE) }</option>
            { for Variable::ALL.iter().map(|variable| html! {
                <option value={variable.name()}>{ words.say(variable_text(*variable)) }</option>
            }) }
        </select>
    }
}

const fn variable_text(variable: Variable) -> Text {
    match variable {
        Variable::FullName => texts::VARIABLE_FULL_NAME,
        Variable::Email => texts::VARIABLE_EMAIL,
    }
}
