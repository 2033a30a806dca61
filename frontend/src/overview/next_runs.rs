//! What runs next, as a line through time.

use contract::listing::Page;
use contract::mailings::MailingView;
use yew::prelude::*;

use super::texts;
use crate::client::Loading;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::{Link, TimeText, skeleton};

#[derive(PartialEq, Properties)]
pub struct NextRunsProps {
    /// Sorted by their next run; those without one come last.
    pub loading: Loading<Page<MailingView>>,
}

#[component]
pub fn NextRuns(props: &NextRunsProps) -> Html {
    let words = use_words();
    html! {
        <section class="panel today">
            <h2>{ words.say(texts::NEXT_RUNS) }</h2>
            { props.loading.show(skeleton(3), |answer| {
                let planned = answer.value.items.iter().filter_map(|mailing| Some((mailing, mailing.next_run_at?)));
                let planned: Vec<_> = planned.collect();
                if planned.is_empty() {
                    return html! { <p class="muted">{ words.say(texts::NOTHING_PLANNED) }</p> };
                }
                html! {
                    <ol class="timeline">
                        { for planned.into_iter().map(|(mailing, at)| html! {
                            <li key={mailing.id.to_string()}>
                                <TimeText {at} zone={AttrValue::from(mailing.time_zone.clone())} relative=true />
                                <Link to={Route::Mailing { id: mailing.id }}>{ mailing.title.clone() }</Link>
                            </li>
                        }) }
                    </ol>
                }
            }) }
        </section>
    }
}
