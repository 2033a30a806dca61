//! Buttons that write Markdown into a text area. They type through the browser, so that undo still works.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::markup::{self, Mark};
use super::{Button, Icon, Look};
use crate::i18n::{Text, use_words};
use crate::texts;

texts! {
    TOOLBAR: "Formatting", "Оформление";
    BOLD: "Bold", "Полужирный";
    ITALIC: "Italic", "Курсив";
    LINK: "Link", "Ссылка";
    HEADING: "Heading", "Заголовок";
    BULLETS: "List", "Список";
    NUMBERS: "Numbered list", "Нумерованный список";
    QUOTE: "Quote", "Цитата";
    CODE: "Code", "Код";
    TABLE: "Table", "Таблица";
}

const OF_LETTERS: [(Mark, Icon, Text); 7] = [
    (Mark::Bold, Icon::TypeBold, BOLD),
    (Mark::Italic, Icon::TypeItalic, ITALIC),
    (Mark::Link, Icon::Link, LINK),
    (Mark::Heading, Icon::TypeH2, HEADING),
    (Mark::Bullets, Icon::ListUl, BULLETS),
    (Mark::Numbers, Icon::ListOl, NUMBERS),
    (Mark::Quote, Icon::Quote, QUOTE),
];

/// What letters do not have.
const OF_ARTICLES: [(Mark, Icon, Text); 2] = [
    (Mark::Code, Icon::CodeSlash, CODE),
    (Mark::Table, Icon::Table, TABLE),
];

#[derive(PartialEq, Properties)]
pub struct MarkButtonsProps {
    /// The text area that they work on.
    pub area: NodeRef,
    /// Code and tables too.
    #[prop_or_default]
    pub for_articles: bool,
}

#[component]
pub fn MarkButtons(props: &MarkButtonsProps) -> Html {
    let words = use_words();
    let more = props.for_articles.then_some(OF_ARTICLES);
    let marks = OF_LETTERS.into_iter().chain(more.into_iter().flatten());
    html! {
        { for marks.map(|(mark, icon, text)| {
            let area = props.area.clone();
            let onclick = Callback::from(move |()| apply(mark.clone(), &area));
            html! { <Button look={Look::Quiet} {icon} icon_only=true text={words.say(text)} {onclick} /> }
        }) }
    }
}

/// Typing through the browser keeps its undo history and tells the form by an ordinary input event.
pub fn apply(mark: Mark, node: &NodeRef) {
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
