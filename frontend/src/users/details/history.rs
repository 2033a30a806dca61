//! What the audit log says of a user, for those who may read it.

use yew::prelude::*;

use crate::audit::{self, AuditEntries};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::{Link, skeleton};
use crate::users::OWNER;
use crate::users::texts::details as texts;

const SHOWN: u64 = 6;

#[derive(PartialEq, Properties)]
pub struct HistoryProps {
    pub user_id: i64,
}

#[component]
pub fn History(props: &HistoryProps) -> Html {
    let words = use_words();
    let id = props.user_id;
    let loading = use_loaded(
        audit::calls::LIST
            .call()
            .query("owner_id", id)
            .query("limit", SHOWN),
    );
    html! {
        <section class="panel">
            <div class="panel-head">
                <h2>{ words.say(texts::LOG) }</h2>
                <Link to={Route::AuditLog} narrowed={vec![(OWNER, id.to_string())]}>{ words.say(texts::WHOLE_LOG) }</Link>
            </div>
            { loading.show(skeleton(4), |answer| {
                let entries = answer.value.items.clone();
                if entries.is_empty() {
                    return html! { <p class="muted">{ words.say(texts::NO_LOG) }</p> };
                }
                html! { <AuditEntries {entries} /> }
            }) }
        </section>
    }
}
