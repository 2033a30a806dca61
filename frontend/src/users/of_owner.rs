//! A list narrowed to what one person owns: whose it is, and the way back to everyone's.

use yew::prelude::*;

use super::{called, calls, texts};
use crate::client::use_loaded_if;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::list::List;
use crate::ui::{Button, Icon, Link, Look};

/// Under this name the owner stands in the address.
pub const OWNER: &str = "owner";

#[derive(PartialEq, Properties)]
pub struct OfOwnerProps {
    pub list: List,
}

/// Nothing while the list shows everyone's.
#[component]
pub fn OfOwner(props: &OfOwnerProps) -> Html {
    let words = use_words();
    let list = &props.list;
    let owner: Option<i64> = list.address.other(OWNER).parse().ok();
    let loading = use_loaded_if(owner.map(|id| calls::READ.of(id)));
    let Some(id) = owner else {
        return Html::default();
    };
    let name = loading
        .value()
        .map_or_else(|| "…".to_owned(), |detail| called(&detail.user));
    let said = words.say(texts::ONLY_OF);
    let (before, after) = said.split_once("{name}").unwrap_or((&said, ""));
    let show_all = {
        let list = list.clone();
        Callback::from(move |()| list.show(list.address.with_other(OWNER, "")))
    };
    html! {
        <div class="of-owner">
            <span>{ before.to_owned() }<Link to={Route::User { id }}>{ name }</Link>{ after.to_owned() }</span>
            <Button look={Look::Quiet} icon={Icon::Cross} text={words.say(texts::OF_EVERYONE)} onclick={show_all} />
        </div>
    }
}
