//! The SMS text of a message while it is written: how long it is, and in how many SMS it travels.

use contract::messages::NewMessage;
use contract::sms::{SmsEncoding, SmsLength};
use contract::template::{Template, Variable};
use yew::prelude::*;

use super::texts;
use super::toolbar::VariableMenu;
use crate::i18n::{Words, use_words};
use crate::ui::form::{Form, TextField};

/// Whose address stands for everybody's.
const EXAMPLE_EMAIL: &str = "anna@example.org";

#[derive(PartialEq, Properties)]
pub struct SmsFieldProps {
    pub form: Form<NewMessage>,
}

#[component]
pub fn SmsField(props: &SmsFieldProps) -> Html {
    let words = use_words();
    let input = use_node_ref();
    let form = &props.form;
    let text = form.draft().sms_text.clone().unwrap_or_default();
    let hint = if text.trim().is_empty() {
        words.say(texts::SMS_TEXT_HINT)
    } else {
        counted(words, text.trim())
    };
    html! {
        <TextField label={texts::SMS_TEXT} optional=true rows=4 {hint} input={input.clone()}
            bound={form.bind("sms_text", |draft| draft.sms_text.clone().unwrap_or_default(),
                |draft, text| draft.sms_text = Some(text).filter(|text| !text.is_empty()))}
            above={html! { <div class="toolbar"><VariableMenu {input} /></div> }} />
    }
}

/// The length of a text that is being written, with its variables filled in as for an example.
fn counted(words: Words, text: &str) -> AttrValue {
    let example = words.say(texts::EXAMPLE_NAME);
    let Ok(template) = Template::parse(text) else {
        return length(words, SmsLength::of(text));
    };
    let filled = template.fill(|variable| match variable {
        Variable::FullName => example.to_string().into(),
        Variable::Email => EXAMPLE_EMAIL.into(),
    });
    let told = length(words, SmsLength::of(&filled));
    if filled == text {
        return told;
    }
    let as_for = words.fill(texts::SMS_AS_FOR, &[("name", &example)]);
    format!("{told} {as_for}").into()
}

/// "74 characters: 2 SMS, room for 60 more. Cyrillic, emoji …"
pub fn length(words: Words, length: SmsLength) -> AttrValue {
    let SmsLength {
        encoding,
        characters,
        parts,
        left,
    } = length;
    let told = words.fill(
        texts::SMS_LENGTH,
        &[
            (
                "characters",
                &words.count(texts::SMS_CHARACTERS, characters),
            ),
            ("parts", &words.number(parts)),
            ("left", &words.number(left)),
        ],
    );
    match encoding {
        SmsEncoding::Gsm7 => told,
        SmsEncoding::Ucs2 => format!("{told} {}", words.say(texts::SMS_UCS2)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn told(language: Language, text: &str) -> String {
        counted(Words { language }, text).to_string()
    }

    #[test]
    fn the_length_is_told_in_words() {
        assert_eq!(
            told(Language::En, "Hello"),
            "5 characters: 1 SMS, room for 155 more."
        );
        assert_eq!(
            told(Language::En, "{{ full_name }}, hello"),
            "19 characters: 1 SMS, room for 141 more. With the variables of Anna Example."
        );
        assert_eq!(
            told(Language::Ru, "Привет"),
            "6 знаков: 1 SMS, поместится ещё 64. Кириллица, эмодзи и некоторые знаки: 70 в одном SMS вместо 160."
        );
        assert_eq!(
            told(Language::En, "unclosed {{"),
            "13 characters: 1 SMS, room for 147 more."
        );
    }
}
