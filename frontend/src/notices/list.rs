//! The list of service letters, newest first.

use chrono::Duration;
use contract::notices::{NoticeChannel, NoticeState, NoticeView};
use yew::prelude::*;

use super::{calls, sms, texts, words as notice_words};
use crate::client::use_loaded;
use crate::delivery;
use crate::i18n::texts::ALL;
use crate::i18n::{Text, Words, use_words};
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::time::{now, relative};
use crate::ui::{Code, Empty, Icon, IconView, PageHead, Pill, Stamp, use_every, use_zone};

/// A try that comes so soon need not be announced.
const SOON: Duration = Duration::seconds(10);
/// They leave within seconds.
const REFRESH_MS: u32 = 5_000;

#[component]
pub fn NoticeList() -> Html {
    let words = use_words();
    let zone = use_zone();
    let list = use_list();
    let loading = use_loaded(
        list.page(calls::LIST.call())
            .query("state", &list.address.filter),
    );
    use_every(REFRESH_MS, true, loading.reload.clone());
    let columns = vec![
        Column::new(texts::KIND, move |notice: &NoticeView| {
            kind_cell(words, notice)
        }),
        Column::new(texts::STATE, move |notice: &NoticeView| {
            state_cell(words, notice)
        }),
        Column::new(texts::ANSWER, move |notice: &NoticeView| {
            answer_cell(words, notice)
        }),
        Column::new(texts::TRIES, move |notice: &NoticeView| {
            html! { { words.number(notice.attempts.into()) } }
        })
        .figures(),
        Column::new(texts::WHEN, |notice: &NoticeView| {
            html! { <Stamp at={notice.created_at} /> }
        })
        .in_zone(zone),
    ];
    let states = std::iter::once(None).chain(notice_words::STATES.map(Some));
    let chips = states.map(|state| Chip {
        filter: state.map(notice_words::state_word).unwrap_or_default(),
        text: words.say(state.map_or(ALL, |state| notice_words::state(state).1)),
        count: None,
    });
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |notice| notice.id,
        name: |notice| notice.address.clone(),
        columns,
        search: None,
        chips: chips.collect(),
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::EnvelopePaper} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(texts::EMPTY_SENTENCE)} />
        },
    };
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.say(texts::SENTENCE)} />
            { view.draw() }
        </>
    }
}

fn kind_cell(words: Words, notice: &NoticeView) -> Html {
    let (icon, channel) = match notice.channel {
        NoticeChannel::Email => (Icon::Envelope, texts::EMAIL),
        NoticeChannel::Sms => (Icon::ChatText, texts::SMS),
    };
    html! {
        <div class="told row-main">
            <span class="told-icon tone-queued" title={words.say(channel)}><IconView {icon} /></span>
            <div class="told-words">
                <b>{ words.say(notice_words::kind(notice.kind)) }</b>
                <span>{ notice.address.clone() }</span>
            </div>
        </div>
    }
}

fn state_cell(words: Words, notice: &NoticeView) -> Html {
    let (tone, text) = notice_words::state(notice.state);
    let waits = notice.due_at.filter(|due| {
        notice.state == NoticeState::Queued && notice.attempts > 0 && *due > now() + SOON
    });
    html! {
        <span class="two-lines">
            <span><Pill {tone} text={words.say(text)} /></span>
            if let Some(due) = waits {
                <small>{ words.fill(texts::NEXT_TRY, &[("when", &relative(words, due, now()))]) }</small>
            }
        </span>
    }
}

/// Plain words, and below them what the server said.
fn answer_cell(words: Words, notice: &NoticeView) -> Html {
    let said = match (notice.code, notice.answer.as_deref().unwrap_or_default()) {
        (Some(code), answer) if !answer.starts_with(&code.to_string()) => {
            format!("{code} {answer}")
        }
        (_, answer) => answer.to_owned(),
    };
    let meaning = meaning(notice);
    if said.is_empty() && meaning.is_none() {
        return Html::default();
    }
    html! {
        <span class="two-lines answer">
            if let Some(meaning) = meaning {
                <span>{ words.say(meaning) }</span>
            }
            <Code text={said.trim().to_owned()} />
        </span>
    }
}

fn meaning(notice: &NoticeView) -> Option<Text> {
    match (notice.state, notice.channel) {
        (NoticeState::Dropped, _) => Some(texts::DROPPED_MEANS),
        // That a letter was taken needs no explanation.
        (NoticeState::Sent, _) => None,
        (_, NoticeChannel::Sms) => notice.code.and_then(sms::meaning),
        (_, NoticeChannel::Email) => {
            let answer = notice.answer.as_deref()?;
            let code = notice.code.and_then(|code| u16::try_from(code).ok());
            Some(delivery::refusal_meaning(code, answer))
        }
    }
}
