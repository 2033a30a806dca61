//! Entries as they are drawn: one sentence each, and below it what else is to be known.

use contract::audit::AuditEntryView;
use yew::prelude::*;

use super::detail;
use super::groups::icon_of;
use super::sentence::{Piece, sentence};
use super::texts;
use crate::i18n::use_words;
use crate::ui::{IconView, Link, TimeText};

#[derive(PartialEq, Properties)]
pub struct AuditSentenceProps {
    pub entry: AuditEntryView,
    /// Whose own log this is; none where administrators read.
    #[prop_or_default]
    pub reader: Option<i64>,
}

/// "Dmitry Orlov blocked Anna Sokolova", with the reason below.
#[component]
pub fn AuditSentence(props: &AuditSentenceProps) -> Html {
    let words = use_words();
    let entry = &props.entry;
    let (icon, tone) = icon_of(entry.act);
    let details = detail::in_words(words, &entry.details);
    let piece = |piece: Piece| match piece {
        Piece::Words(text) => html! { { text } },
        Piece::Name { text, to: Some(to) } => html! { <Link {to}>{ text }</Link> },
        Piece::Name { text, to: None } => html! { <b>{ text }</b> },
    };
    html! {
        <div class="told">
            <span class={classes!("told-icon", tone.class())}><IconView {icon} /></span>
            <div class="told-words">
                <span>{ for sentence(words, entry, props.reader).into_iter().map(piece) }</span>
                if !details.is_empty() {
                    <span class="muted small">{ details.join(" · ") }</span>
                }
            </div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct AuditEntriesProps {
    pub entries: Vec<AuditEntryView>,
}

/// A few entries, newest first, within a panel of something else.
#[component]
pub fn AuditEntries(props: &AuditEntriesProps) -> Html {
    let words = use_words();
    html! {
        <ul class="told-list">
            { for props.entries.iter().map(|entry| html! {
                <li key={entry.id.to_string()}>
                    <AuditSentence entry={entry.clone()} />
                    <span class="told-when muted small">
                        <TimeText at={entry.at} relative=true />
                        if !entry.client.is_empty() {
                            { " · " }{ words.fill(texts::FROM_ADDRESS, &[("client", &entry.client)]) }
                        }
                    </span>
                </li>
            }) }
        </ul>
    }
}
