//! Instants in tables: what differs from row to row above, the rest below.

use chrono::{DateTime, Utc};
use yew::prelude::*;

use super::time::{self, Form, now, use_zone};
use crate::i18n::use_words;

#[derive(PartialEq, Properties)]
pub struct StampProps {
    pub at: DateTime<Utc>,
    /// Another zone than the person's, such as a mailing's.
    #[prop_or_default]
    pub zone: Option<AttrValue>,
    /// Above stands how far away it is, instead of the time with its seconds.
    #[prop_or_default]
    pub relative: bool,
}

/// "09:00:14" above "20 Nov 2026", in a column whose head names the zone; or "in 2 days 14 h" above
/// "20 Nov 2026, 09:00" and the zone.
#[component]
pub fn Stamp(props: &StampProps) -> Html {
    let words = use_words();
    let own = use_zone();
    let zone = props.zone.clone().unwrap_or(own);
    let write = |form| time::write(words, props.at, &zone, form);
    let (above, below) = if props.relative {
        (
            time::relative(words, props.at, now()).to_string(),
            write(Form::Full),
        )
    } else {
        (write(Form::ClockSeconds), write(Form::Date))
    };
    html! {
        <time class="two-lines time" datetime={props.at.to_rfc3339()}>
            <span>{ above }</span>
            <small>{ below }</small>
            if props.relative {
                <small>{ super::zone::shown(&zone) }</small>
            }
        </time>
    }
}
