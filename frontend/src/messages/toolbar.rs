//! The bar over the text: Markdown and variables. It works on the text area, so that undo still works.

use contract::messages::Format;
use contract::template::Variable;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::markup::{self, Mark};
use super::texts;
use crate::i18n::{Text, use_words};
use crate::ui::{Button, Icon, Look};

const MARKS: [(Mark, Icon, Text); 7] = [
    (Mark::Bold, Icon::TypeBold, texts::BOLD),
    (Mark::Italic, Icon::TypeItalic, texts::ITALIC),
    (Mark::Link, Icon::Link, texts::LINK),
    (Mark::Heading, Icon::TypeH2, texts::HEADING),
    (Mark::Bullets, Icon::ListUl, texts::BULLETS),
    (Mark::Numbers, Icon::ListOl, texts::NUMBERS),
    (Mark::Quote, Icon::Quote, texts::QUOTE),
];

#[derive(PartialEq, Properties)]
pub struct ToolbarProps {
    pub format: Format,
    /// The text area that it works on.
    pub area: NodeRef,
}

#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let words = use_words();
    let marks = match props.format {
        Format::Markdown => &MARKS[..],
        Format::Html | Format::Text => &[],
    };
    html! {
        <div class="toolbar" role="group" aria-label={words.say(texts::TOOLBAR)}>
            { for marks.iter().map(|(mark, icon, text)| {
                let (mark, area) = (*mark, props.area.clone());
                let onclick = Callback::from(move |()| apply(mark, &area));
                html! { <Button look={Look::Quiet} icon={*icon} icon_only=true text={words.say(*text)} {onclick} /> }
            }) }
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
            apply(Mark::Variable(variable), &input);
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

/// Typing through the browser keeps its undo history and tells the form by an ordinary input event.
fn apply(mark: Mark, node: &NodeRef) {
    let Some(field) = Field::of(node) else {
        return;
    };
    let (from, to) = field.selection();
    let edit = markup::edit(mark, &field.value(), from as usize, to as usize);
    field.focus();
    field.select(edit.from, edit.to);
    let document = gloo_utils::document();
    if let Some(document) = document.dyn_ref::<HtmlDocument>() {
        let _ = document.exec_command_with_show_ui_and_value("insertText", false, &edit.text);
    }
    field.select(edit.select.0, edit.select.1);
}

/// A text input of one line or of many; the browser gives both the same methods, but no common type.
enum Field {
    Line(HtmlInputElement),
    Area(HtmlTextAreaElement),
}

impl Field {
    fn of(node: &NodeRef) -> Option<Self> {
        node.cast()
            .map(Self::Line)
            .or_else(|| node.cast().map(Self::Area))
    }

    fn value(&self) -> String {
        match self {
            Self::Line(line) => line.value(),
            Self::Area(area) => area.value(),
        }
    }

    fn selection(&self) -> (u32, u32) {
        let (start, end) = match self {
            Self::Line(line) => (line.selection_start(), line.selection_end()),
            Self::Area(area) => (area.selection_start(), area.selection_end()),
        };
        (
            start.ok().flatten().unwrap_or(0),
            end.ok().flatten().unwrap_or(0),
        )
    }

    fn select(&self, from: usize, to: usize) {
        let (from, to) = (from as u32, to as u32);
        let _ = match self {
            Self::Line(line) => line.set_selection_range(from, to),
            Self::Area(area) => area.set_selection_range(from, to),
        };
    }

    fn focus(&self) {
        let _ = match self {
            Self::Line(line) => line.focus(),
            Self::Area(area) => area.focus(),
        };
    }
}
