//! Keeps the chosen language, offers it to every component, and tells the browser.

use gloo_storage::{LocalStorage, Storage};
use yew::prelude::*;

use super::{Language, Words};

const KEY: &str = "golub.language";

#[derive(Clone, PartialEq)]
struct Choice {
    words: Words,
    choose: Callback<Language>,
    suggest: Callback<Language>,
}

#[component]
pub fn WordsProvider(props: &html::ChildrenProps) -> Html {
    let language = use_state(first_language);
    let choose = {
        let language = language.clone();
        Callback::from(move |chosen: Language| {
            // A full or forbidden storage only means that the choice is forgotten at the next visit.
            let _ = LocalStorage::set(KEY, chosen);
            language.set(chosen);
        })
    };
    let suggest = {
        let language = language.setter();
        Callback::from(move |suggested: Language| {
            if LocalStorage::get::<Language>(KEY).is_err() {
                language.set(suggested);
            }
        })
    };
    use_effect_with(*language, |language| {
        if let Some(root) = gloo_utils::document().document_element() {
            let _ = root.set_attribute("lang", language.code());
        }
    });
    let words = Words {
        language: *language,
    };
    html! {
        <ContextProvider<Choice> context={Choice { words, choose, suggest }}>
            { props.children.clone() }
        </ContextProvider<Choice>>
    }
}

/// The words of the chosen language; the component is drawn again when another is chosen.
#[hook]
pub fn use_words() -> Words {
    use_context::<Choice>()
        .map(|choice| choice.words)
        .unwrap_or_default()
}

/// The language and how to choose another.
#[hook]
pub fn use_language_choice() -> (Language, Callback<Language>) {
    use_context::<Choice>()
        .map(|choice| (choice.words.language, choice.choose))
        .unwrap_or_default()
}

/// Follows the account's language, unless another was chosen in this browser.
#[hook]
pub fn use_suggested_language(suggested: Option<Language>) {
    let choice = use_context::<Choice>();
    use_effect_with(suggested, move |suggested| {
        if let (Some(choice), Some(suggested)) = (choice, *suggested) {
            choice.suggest.emit(suggested);
        }
    });
}

fn first_language() -> Language {
    LocalStorage::get(KEY).unwrap_or_else(|_| {
        let wanted = gloo_utils::window().navigator().languages();
        preferred(wanted.iter().filter_map(|name| name.as_string()))
    })
}

/// The first of the browser's languages that we speak.
fn preferred(names: impl Iterator<Item = String>) -> Language {
    for name in names {
        match name.split('-').next() {
            Some("ru" | "be" | "kk") => return Language::Ru,
            Some("en") => return Language::En,
            _ => {}
        }
    }
    Language::En
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_known_language_wins() {
        let names = |list: &[&str]| preferred(list.iter().map(|name| (*name).to_owned()));
        assert_eq!(names(&["de-DE", "ru-RU", "en"]), Language::Ru);
        assert_eq!(names(&["en-US", "ru"]), Language::En);
        assert_eq!(names(&["de"]), Language::En);
        assert_eq!(names(&[]), Language::En);
    }
}
