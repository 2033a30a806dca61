//! Choosing one person among all: typed, found by search, and then a name that can be taken away again.

use contract::accounts::users::UserView;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{called, calls, texts};
use crate::client::use_loaded_if;
use crate::i18n::use_words;
use crate::ui::list::List;
use crate::ui::{Icon, IconView};

const PAUSE_MS: u32 = 250;
const OFFERED: u64 = 8;

#[derive(PartialEq, Properties)]
pub struct PersonFilterProps {
    pub list: List,
    /// Under this name the person's id stands in the address.
    pub name: &'static str,
    pub label: AttrValue,
}

#[component]
pub fn PersonFilter(props: &PersonFilterProps) -> Html {
    let words = use_words();
    let PersonFilterProps { list, name, label } = props;
    let name = *name;
    let chosen: Option<i64> = list.address.other(name).parse().ok();
    let show = {
        let list = list.clone();
        Callback::from(move |id: Option<i64>| {
            let word = id.map(|id| id.to_string()).unwrap_or_default();
            list.show(list.address.with_other(name, &word));
        })
    };
    let inside = match chosen {
        Some(id) => html! { <Chosen {id} take_away={show.reform(|()| None)} /> },
        None => {
            html! { <Finder id={name} choose={show.reform(Some)} placeholder={words.say(texts::PERSON_SEARCH)} /> }
        }
    };
    html! {
        <div class="report-filter">
            <label for={name}>{ label.clone() }</label>
            { inside }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ChosenProps {
    id: i64,
    take_away: Callback<()>,
}

#[component]
fn Chosen(props: &ChosenProps) -> Html {
    let words = use_words();
    let loading = use_loaded_if(Some(calls::READ.of(props.id)));
    let name = match loading.value() {
        Some(detail) => called(&detail.user),
        None => format!("№ {}", props.id),
    };
    let label = words.fill(texts::REMOVE_FILTER, &[("name", &name)]);
    let take_away = props.take_away.reform(|_: MouseEvent| ());
    html! {
        <button type="button" class="input chosen-person" onclick={take_away} aria-label={label.clone()} title={label}>
            <span>{ name }</span><IconView icon={Icon::Cross} />
        </button>
    }
}

#[derive(PartialEq, Properties)]
struct FinderProps {
    id: &'static str,
    placeholder: AttrValue,
    choose: Callback<i64>,
}

/// The browser's own list of suggestions: works with the keyboard and with screen readers as it is.
#[component]
fn Finder(props: &FinderProps) -> Html {
    let sought = use_state(String::new);
    let waiting = use_mut_ref(|| None::<Timeout>);
    let call = (!sought.is_empty()).then(|| {
        calls::LIST
            .call()
            .query("search", sought.as_str())
            .query("limit", OFFERED)
    });
    let loading = use_loaded_if(call);
    let users: Vec<UserView> = loading
        .value()
        .map(|page| page.items.clone())
        .unwrap_or_default();
    let oninput = {
        let (sought, waiting, choose) = (sought.setter(), waiting.clone(), props.choose.clone());
        let users = users.clone();
        Callback::from(move |event: InputEvent| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let typed = input.map(|input| input.value()).unwrap_or_default();
            if let Some(user) = users.iter().find(|user| offered(user) == typed) {
                choose.emit(user.id);
                return;
            }
            let sought = sought.clone();
            *waiting.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || {
                sought.set(typed.trim().to_owned())
            }));
        })
    };
    let offers = format!("{}-offers", props.id);
    html! {
        <>
            <input id={props.id} class="input" type="text" list={offers.clone()} {oninput} placeholder={props.placeholder.clone()}
                autocomplete="off" spellcheck="false" maxlength="200" />
            <datalist id={offers}>{ for users.iter().map(|user| html! { <option value={offered(user)} /> }) }</datalist>
        </>
    }
}

/// A name alone may be that of two.
fn offered(user: &UserView) -> String {
    let name = called(user);
    if name == user.email {
        name
    } else {
        format!("{name} <{}>", user.email)
    }
}
