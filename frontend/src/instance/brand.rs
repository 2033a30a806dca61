//! The logo, and the name beside it.

use yew::prelude::*;

use super::use_face;
use crate::routes::Route;
use crate::ui::Link;

#[derive(PartialEq, Properties)]
pub struct LogoProps {
    /// Its height in pixels.
    pub size: u32,
}

/// The service's logo, or our pigeon: the same drawing as `assets/favicon.svg`.
#[component]
pub fn Logo(props: &LogoProps) -> Html {
    let size = props.size.to_string();
    if let Some(src) = use_face().logo_url {
        // The name stands beside it.
        return html! { <img class="logo logo-given" {src} height={size} alt="" /> };
    }
    html! {
        <svg class="logo" width={size.clone()} height={size} viewBox="0 0 64 64" aria-hidden="true">
            <path class="logo-body" d="M45 8 C38 8 33.5 13 33 20 C32.7 24.5 29 27 24 29 C14 33 8 40 3 53 C10 52.5 14 51 18 48.5 C21 53 27 56 34 56 C47 56 55 45 55 31 C55 27 54.6 23 54 19.5 L61 18 L53.5 13.5 C52 10 49 8 45 8 Z" />
            <path class="logo-wing" d="M3 53 C8 40 14 33 24 29 C32 27 40 30 44 36 C38 45 28 49 18 48.5 C14 51 10 52.5 3 53 Z" />
            <circle class="logo-eye" cx="46.5" cy="15.5" r="2.1" />
        </svg>
    }
}

#[derive(PartialEq, Properties)]
pub struct BrandProps {
    pub size: u32,
    #[prop_or_default]
    pub large: bool,
}

/// Logo and name.
#[component]
pub fn Brand(props: &BrandProps) -> Html {
    let name = use_face().name;
    let class = classes!("brand", props.large.then_some("brand-large"));
    html! { <span {class}><Logo size={props.size} /><span class="brand-name">{ name }</span></span> }
}

#[derive(PartialEq, Properties)]
pub struct BrandLinkProps {
    pub size: u32,
    pub to: Route,
    #[prop_or_default]
    pub large: bool,
}

/// The same, leading somewhere.
#[component]
pub fn BrandLink(props: &BrandLinkProps) -> Html {
    html! {
        <Link to={props.to.clone()} class="brand-link"><Brand size={props.size} large={props.large} /></Link>
    }
}
