//! Light or dark: what the system prefers, until a person chooses.

use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

const KEY: &str = "golub.theme";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one chosen earlier, or the system's.
    pub fn first() -> Self {
        LocalStorage::get(KEY).unwrap_or_else(|_| {
            let dark = gloo_utils::window().match_media("(prefers-color-scheme: dark)");
            match dark {
                Ok(Some(query)) if query.matches() => Self::Dark,
                _ => Self::Light,
            }
        })
    }

    /// Bootstrap and our tokens follow this attribute.
    pub fn show(self) {
        if let Some(root) = gloo_utils::document().document_element() {
            let _ = root.set_attribute("data-bs-theme", self.word());
        }
    }
}

/// The theme and a callback that changes to the other one and remembers it.
#[hook]
pub fn use_theme() -> (Theme, Callback<()>) {
    let theme = use_state(Theme::first);
    use_effect_with(*theme, |theme| theme.show());
    let switch = {
        let theme = theme.clone();
        Callback::from(move |()| {
            let chosen = theme.other();
            let _ = LocalStorage::set(KEY, chosen);
            theme.set(chosen);
        })
    };
    (*theme, switch)
}
