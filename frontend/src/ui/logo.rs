//! Our pigeon.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct LogoProps {
    /// In pixels.
    pub size: u32,
}

/// The same drawing as `assets/favicon.svg`.
#[component]
pub fn Logo(props: &LogoProps) -> Html {
    let size = props.size.to_string();
    html! {
        <svg class="logo" width={size.clone()} height={size} viewBox="0 0 64 64" aria-hidden="true">
            <path class="logo-body" d="M4 49 L20 41 C15 37 12 31 12 24 C20 29 27 30 33 28 C33 17 38 9 47 9 C52 9 55 12 56 16 L62 19 L56 22 C56 41 45 54 29 54 C23 54 18 52 15 50 Z" />
            <path class="logo-wing" d="M12 24 C20 34 32 36 44 30 C42 41 33 47 22 44 C20 43 18 42 16.500 40 C13.500 36 12 30 12 24 Z" />
            <circle class="logo-eye" cx="48.500" cy="16.500" r="2.200" />
        </svg>
    }
}
