//! Buttons: at most one primary on a page, a destructive one only in the dialog that asks.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::{Icon, IconView};
use crate::i18n::texts;
use crate::i18n::use_words;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Within text or a table row.
    Quiet,
    /// Deletes or stops for good.
    Danger,
}

impl Look {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button-primary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

#[derive(PartialEq, Properties)]
pub struct ButtonProps {
    #[prop_or_default]
    pub look: Look,
    #[prop_or_default]
    pub icon: Option<Icon>,
    pub text: AttrValue,
    pub onclick: Callback<()>,
    #[prop_or_default]
    pub disabled: bool,
    /// What it is called for those who do not see what it stands beside; it begins with the text.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Only the icon is seen, the text is the label.
    #[prop_or_default]
    pub icon_only: bool,
    /// For buttons that are on or off.
    #[prop_or_default]
    pub pressed: Option<bool>,
}

#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let click = props.onclick.reform(|_: MouseEvent| ());
    let unseen = props.icon_only.then(|| props.text.clone());
    let label = props.label.clone().or(unseen.clone());
    html! {
        <button type="button" class={props.look.class()} onclick={click} disabled={props.disabled}
            aria-label={label} title={unseen} aria-pressed={props.pressed.map(|on| on.to_string())}>
            if let Some(icon) = props.icon {
                <IconView {icon} />
            }
            if !props.icon_only {
                <span>{ props.text.clone() }</span>
            }
        </button>
    }
}

#[derive(PartialEq, Properties)]
pub struct CopyButtonProps {
    /// What goes to the clipboard.
    pub copy: AttrValue,
}

/// Copies a text and says so for two seconds.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let words = use_words();
    let copied = use_state(|| false);
    let onclick = {
        let (copied, copy) = (copied.clone(), props.copy.clone());
        Callback::from(move |()| {
            let (copied, copy) = (copied.clone(), copy.clone());
            spawn_local(async move {
                let clipboard = gloo_utils::window().navigator().clipboard();
                if JsFuture::from(clipboard.write_text(&copy)).await.is_ok() {
                    copied.set(true);
                    TimeoutFuture::new(2_000).await;
                    copied.set(false);
                }
            });
        })
    };
    let (icon, text) = if *copied {
        (Icon::Check, texts::COPIED)
    } else {
        (Icon::Copy, texts::COPY)
    };
    html! { <Button look={Look::Quiet} {icon} text={words.say(text)} {onclick} /> }
}
