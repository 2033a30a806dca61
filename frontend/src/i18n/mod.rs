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

        #[test]
        fn both_languages_say_something_and_take_the_same_arguments() {
            $crate::i18n::checks::look_at_texts(&[$($name),*]);
        }
    };
}

/// Counted words of a feature: `NAME: ["{n} letter", "{n} letters"], ["{n} письмо", "{n} письма", "{n} писем"];`.
#[macro_export]
macro_rules! plurals {
    ($($name:ident: $en:expr, $ru:expr;)*) => {
        $(pub const $name: $crate::i18n::Plural = $crate::i18n::Plural { en: $en, ru: $ru };)*

        #[test]
        fn every_counted_form_names_its_number() {
            $crate::i18n::checks::look_at_plurals(&[$($name),*]);
        }
    };
}

#[cfg(test)]
pub mod checks {
    //! What holds of all words: `texts!` and `plurals!` look at their own.

    use super::{Plural, Text};

    pub fn look_at_texts(texts: &[Text]) {
        for text in texts {
            assert!(!text.en.trim().is_empty(), "{text:?}");
            assert!(!text.ru.trim().is_empty(), "{text:?}");
            assert_eq!(arguments(text.en), arguments(text.ru), "{text:?}");
        }
    }

    pub fn look_at_plurals(plurals: &[Plural]) {
        for plural in plurals {
            for form in plural.en.iter().chain(&plural.ru) {
                assert_eq!(arguments(form), ["n"], "{plural:?}");
            }
        }
    }

    fn arguments(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
            .collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
