//! The search box of a list: it waits for a pause in the typing.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::i18n::texts;
use crate::i18n::use_words;
use crate::ui::{Icon, IconView};

const PAUSE_MS: u32 = 250;

#[derive(PartialEq, Properties)]
pub struct SearchBoxProps {
    /// What one can search for: "Address or name".
    pub placeholder: AttrValue,
    /// What is searched for now.
    pub search: String,
    pub on_search: Callback<String>,
}

#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    let words = use_words();
    let typed = use_state(|| props.search.clone());
    let waiting = use_mut_ref(|| None::<Timeout>);
    {
        // The address changed by other means: the back button, or "Show all".
        let typed = typed.clone();
        use_effect_with(props.search.clone(), move |search| {
            typed.set(search.clone())
        });
    }
    let oninput = {
        let (typed, waiting, search) = (typed.clone(), waiting.clone(), props.on_search.clone());
        Callback::from(move |event: InputEvent| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let value = input.map(|input| input.value()).unwrap_or_default();
            typed.set(value.clone());
            let search = search.clone();
            *waiting.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || {
                search.emit(value.trim().to_owned())
            }));
        })
    };
    html! {
        <div class="search-box" role="search">
            <IconView icon={Icon::Search} />
            <input type="search" class="input" value={(*typed).clone()} {oninput} placeholder={props.placeholder.clone()}
                aria-label={words.say(texts::SEARCH)} autocomplete="off" spellcheck="false" maxlength="200" />
        </div>
    }
}
