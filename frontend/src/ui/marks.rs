//! Buttons that write Markdown into a text area. They type through the browser, so that undo still works.

pub mod markup;

use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlDocument, HtmlInputElement, HtmlTextAreaElement, InputEvent, InputEventInit,
    SelectionMode,
};
use yew::prelude::*;

use super::{Button, Icon, Look};
use crate::i18n::{Text, use_words};
use crate::texts;
use markup::{Edit, Mark};

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
    // A form that is being saved takes nothing; the browser would type wherever the cursor is.
    let Some(field) = Field::of(node).filter(|field| !field.is_disabled()) else {
        return;
    };
    let edit = field.edit(mark);
    field.focus();
    field.select(edit.from, edit.to);
    let document = gloo_utils::document();
    if let Some(document) = document.dyn_ref::<HtmlDocument>() {
        let _ = document.exec_command_with_show_ui_and_value("insertText", false, &edit.text);
    }
    field.select(edit.select.0, edit.select.1);
}

/// The same for what comes by itself, such as a picture that was on its way: who has gone on to another place of the
/// page meanwhile stays there, with the cursor where it was.
pub fn apply_in_passing(mark: Mark, node: &NodeRef) {
    if !is_busy_elsewhere(node) {
        return apply(mark, node);
    }
    if let Some(field) = Field::of(node) {
        let edit = field.edit(mark);
        field.replace(edit);
    }
}

/// Whether the focus is on something that has nothing to do with this field. A button that was pressed and is disabled
/// now has lost it to the page as a whole.
fn is_busy_elsewhere(node: &NodeRef) -> bool {
    let document = gloo_utils::document();
    let frame = node
        .cast::<Element>()
        .and_then(|field| field.closest(".field").ok().flatten());
    let within = |active: &Element| {
        frame
            .as_ref()
            .is_some_and(|frame| frame.contains(Some(active)))
    };
    let body = document.body().map(Element::from);
    document
        .active_element()
        .is_some_and(|active| Some(&active) != body.as_ref() && !within(&active))
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

    fn edit(&self, mark: Mark) -> Edit {
        let (from, to) = self.selection();
        markup::edit(mark, &self.value(), from as usize, to as usize)
    }

    fn is_disabled(&self) -> bool {
        match self {
            Self::Line(line) => line.disabled(),
            Self::Area(area) => area.disabled(),
        }
    }

    /// Writes without the focus, and tells the form as typing would.
    fn replace(&self, Edit { from, to, text, .. }: Edit) {
        let (from, to) = (from as u32, to as u32);
        let done = InputEventInit::new();
        done.set_bubbles(true);
        let Ok(done) = InputEvent::new_with_event_init_dict("input", &done) else {
            return;
        };
        let _ = match self {
            Self::Line(line) => line
                .set_range_text_with_start_and_end_and_selection_mode(
                    &text,
                    from,
                    to,
                    SelectionMode::End,
                )
                .and_then(|()| line.dispatch_event(&done)),
            Self::Area(area) => area
                .set_range_text_with_start_and_end_and_mode(&text, from, to, "end")
                .and_then(|()| area.dispatch_event(&done)),
        };
    }

    fn focus(&self) {
        let _ = match self {
            Self::Line(line) => line.focus(),
            Self::Area(area) => area.focus(),
        };
    }
}
