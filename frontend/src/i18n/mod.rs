//! Every word of the page, in English and in Russian.
//!
//! A feature keeps its words in its own `texts.rs`, both languages side by side, so that one cannot be
//! forgotten: `texts!` does not compile without it. What is shown later than it was said (a toast, an error)
//! is kept as a [`Saying`], words and arguments, and follows a change of the language.

mod number;
mod plural;
mod provider;
pub mod texts;

use std::fmt::Display;

use yew::AttrValue;

pub use contract::accounts::Language;
pub use provider::{WordsProvider, use_language_choice, use_suggested_language, use_words};

/// One phrase. `{name}` stands for an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub en: &'static str,
    pub ru: &'static str,
}

/// One phrase about `{n}` things, in the forms that CLDR asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural {
    /// one, other
    pub en: [&'static str; 2],
    /// one, few, many
    pub ru: [&'static str; 3],
}

/// Something said, to be put into words when it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Saying {
    Text(Text),
    Filled(Text, Vec<(&'static str, String)>),
    Counted(Plural, u64),
}

impl From<Text> for Saying {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

/// The words of the chosen language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub language: Language,
}

impl Words {
    pub fn say(self, text: Text) -> AttrValue {
        AttrValue::Static(self.pick(text))
    }

    /// A phrase with its arguments put in.
    pub fn fill(self, text: Text, arguments: &[(&str, &dyn Display)]) -> AttrValue {
        let mut said = self.pick(text).to_owned();
        for (name, value) in arguments {
            said = said.replace(&format!("{{{name}}}"), &value.to_string());
        }
        said.into()
    }

    /// A phrase about `n` things, in the right form and with `n` grouped as the language does.
    pub fn count(self, plural: Plural, n: u64) -> AttrValue {
        let form = match self.language {
            Language::En => plural.en[plural::english(n)],
            Language::Ru => plural.ru[plural::russian(n)],
        };
        form.replace("{n}", &self.number(n)).into()
    }

    /// The number and the words that it asks for, apart: it stands large above them.
    pub fn count_apart(self, plural: Plural, n: u64) -> (String, String) {
        let number = self.number(n);
        let said = self.count(plural, n);
        let words = said.trim_start_matches(number.as_str()).trim();
        (number.clone(), words.to_owned())
    }

    pub fn saying(self, saying: &Saying) -> AttrValue {
        match saying {
            Saying::Text(text) => self.say(*text),
            Saying::Filled(text, arguments) => {
                let arguments: Vec<(&str, &dyn Display)> = arguments
                    .iter()
                    .map(|(name, value)| (*name, value as &dyn Display))
                    .collect();
                self.fill(*text, &arguments)
            }
            Saying::Counted(plural, n) => self.count(*plural, *n),
        }
    }

    /// `48 812` or `48,812`.
    pub fn number(self, n: u64) -> String {
        number::grouped(n, self.language)
    }

    /// `2,140`, `4.5` or `4,5`: the slower, the finer.
    pub fn rate(self, rate: f64) -> String {
        number::rate(rate, self.language)
    }

    /// What the browser's `Intl` calls the language.
    pub const fn locale(self) -> &'static str {
        match self.language {
            Language::En => "en-GB",
            Language::Ru => "ru-RU",
        }
    }

    const fn pick(self, text: Text) -> &'static str {
        match self.language {
            Language::En => text.en,
            Language::Ru => text.ru,
        }
    }
}

/// Words of a feature: `NAME: "English", "Русский";`.
#[macro_export]
macro_rules! texts {
    ($($name:ident: $en:literal, $ru:literal;)*) => {
        $(pub const $name: $crate::i18n::Text = $crate::i18n::Text { en: $en, ru: $ru };)*

        /// All of them, for the test that compares the languages.
        pub const TEXTS: &[$crate::i18n::Text] = &[$($name),*];
    };
}

/// Counted words of a feature: `NAME: ["{n} letter", "{n} letters"], ["{n} письмо", "{n} письма", "{n} писем"];`.
#[macro_export]
macro_rules! plurals {
    ($($name:ident: $en:expr, $ru:expr;)*) => {
        $(pub const $name: $crate::i18n::Plural = $crate::i18n::Plural { en: $en, ru: $ru };)*

        /// All of them, for the test that looks for `{n}`.
        pub const PLURALS: &[$crate::i18n::Plural] = &[$($name),*];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: &[&[Text]] = &[
        texts::TEXTS,
        texts::errors::TEXTS,
        crate::ui::marks::TEXTS,
        crate::audit::texts::TEXTS,
        crate::audit::texts::names::TEXTS,
        crate::audit::texts::to_me::TEXTS,
        crate::audit::texts::told::TEXTS,
        crate::accounts::texts::TEXTS,
        crate::accounts::texts::strength::TEXTS,
        crate::blog::texts::TEXTS,
        crate::blog::desk::texts::TEXTS,
        crate::captured_mail::texts::TEXTS,
        crate::delivery::texts::TEXTS,
        crate::delivery::texts::classes::TEXTS,
        crate::delivery::texts::codes::TEXTS,
        crate::frame::texts::TEXTS,
        crate::home::texts::TEXTS,
        crate::mail_servers::texts::TEXTS,
        crate::mailings::texts::TEXTS,
        crate::mailings::texts::details::TEXTS,
        crate::mailings::texts::form::TEXTS,
        crate::messages::texts::TEXTS,
        crate::notices::texts::TEXTS,
        crate::overview::texts::TEXTS,
        crate::profile::api_tokens::texts::TEXTS,
        crate::profile::keys::texts::TEXTS,
        crate::profile::texts::TEXTS,
        crate::profile::user_agent::TEXTS,
        crate::recipients::texts::TEXTS,
        crate::session::texts::TEXTS,
        crate::statistics::texts::TEXTS,
        crate::unsubscribing::texts::TEXTS,
        crate::users::texts::TEXTS,
        crate::users::texts::details::TEXTS,
        crate::users::texts::dialogs::TEXTS,
        crate::users::texts::form::TEXTS,
        crate::users::texts::invitations::TEXTS,
    ];

    const COUNTED: &[&[Plural]] = &[
        texts::PLURALS,
        crate::audit::texts::PLURALS,
        texts::errors::PLURALS,
        crate::accounts::texts::PLURALS,
        crate::accounts::texts::strength::PLURALS,
        crate::blog::texts::PLURALS,
        crate::blog::desk::texts::PLURALS,
        crate::delivery::texts::PLURALS,
        crate::mailings::texts::PLURALS,
        crate::mailings::texts::details::PLURALS,
        crate::mailings::texts::form::PLURALS,
        crate::messages::texts::PLURALS,
        crate::overview::texts::PLURALS,
        crate::profile::keys::texts::PLURALS,
        crate::profile::texts::PLURALS,
        crate::recipients::texts::PLURALS,
        crate::statistics::texts::PLURALS,
        crate::users::texts::details::PLURALS,
        crate::users::texts::dialogs::PLURALS,
    ];

    fn arguments(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn both_languages_say_something_and_take_the_same_arguments() {
        for text in FEATURES.iter().copied().flatten() {
            assert!(!text.en.trim().is_empty(), "{text:?}");
            assert!(!text.ru.trim().is_empty(), "{text:?}");
            assert_eq!(arguments(text.en), arguments(text.ru), "{text:?}");
        }
    }

    #[test]
    fn every_counted_form_names_its_number() {
        for plural in COUNTED.iter().copied().flatten() {
            for form in plural.en.iter().chain(&plural.ru) {
                assert_eq!(arguments(form), ["n"], "{plural:?}");
            }
        }
    }

    #[test]
    fn a_saying_follows_the_language() {
        let deleted = Text {
            en: "{name} was deleted",
            ru: "{name}: удалено",
        };
        let saying = Saying::Filled(deleted, vec![("name", "Anna".to_owned())]);
        let english = Words {
            language: Language::En,
        };
        let russian = Words {
            language: Language::Ru,
        };
        assert_eq!(english.saying(&saying), "Anna was deleted");
        assert_eq!(russian.saying(&saying), "Anna: удалено");
    }
}
