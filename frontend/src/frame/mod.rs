//! The frame around the screens of the signed-in: a sidebar, on a phone a bar with a drawer; and the one
//! around what anybody may see.

mod arrival;
mod menu;
mod public;
pub mod texts;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::i18n::use_words;
use crate::instance::{Brand, BrandLink};
use crate::routes::{Route, Section};
use crate::ui::{Icon, IconView};
pub use arrival::Arrival;
pub use menu::LanguageButton;
use menu::Menu;
pub use public::{FEED, PublicFrame};

#[derive(PartialEq, Properties)]
pub struct FrameProps {
    pub section: Option<Section>,
    pub children: Html,
}

#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let words = use_words();
    let drawer_open = use_state(|| false);
    let open = {
        let drawer_open = drawer_open.clone();
        Callback::from(move |_: MouseEvent| drawer_open.set(true))
    };
    let close = {
        let drawer_open = drawer_open.clone();
        Callback::from(move |()| drawer_open.set(false))
    };
    html! {
        <div class="frame">
            <a class="skip" href="#main">{ words.say(texts::SKIP) }</a>
            <header class="topbar">
                <button type="button" class="button button-quiet" onclick={open} aria-label={words.say(texts::OPEN_MENU)}>
                    <IconView icon={Icon::List} />
                </button>
                <BrandLink to={Route::Overview} size=26 />
            </header>
            <header class="sidebar">
                <BrandLink to={Route::Overview} size=28 />
                <Menu section={props.section} chosen={Callback::noop()} />
            </header>
            if *drawer_open {
                <Drawer section={props.section} {close} />
            }
            <main class="main" id="main" tabindex="-1">{ props.children.clone() }</main>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct DrawerProps {
    section: Option<Section>,
    close: Callback<()>,
}

/// The menu on a phone: a dialog, so that focus stays in it and Escape closes it.
#[component]
fn Drawer(props: &DrawerProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let cancelled = props.close.reform(|event: Event| event.prevent_default());
    let close = props.close.reform(|_: MouseEvent| ());
    html! {
        <dialog ref={node} class="drawer" oncancel={cancelled} aria-label={words.say(texts::NAVIGATION)}>
            <div class="drawer-head">
                <Brand size=26 />
                <button type="button" class="button button-quiet" onclick={close} aria-label={words.say(texts::CLOSE_MENU)}>
                    <IconView icon={Icon::Cross} />
                </button>
            </div>
            <Menu section={props.section} chosen={props.close.clone()} />
        </dialog>
    }
}
