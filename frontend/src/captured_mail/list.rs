//! The inbox of captured letters.

use std::hash::{DefaultHasher, Hash, Hasher};

use contract::delivery::CapturedLetter;
use yew::prelude::*;

use super::{calls, is_sms, texts};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::list::{Column, ListView, use_list};
use crate::ui::{Empty, Icon, IconView, Link, PageHead, Stamp, use_every, use_zone};

const REFRESH_MS: u32 = 5_000;

#[component]
pub fn CapturedMail() -> Html {
    let words = use_words();
    let zone = use_zone();
    let list = use_list();
    let loading = use_loaded(list.page(calls::LIST.call()));
    use_every(REFRESH_MS, true, loading.reload.clone());
    let columns = vec![
        Column::new(texts::SUBJECT, move |letter: &CapturedLetter| {
            let (icon, subject) = match letter.subject.trim() {
                _ if is_sms(letter) => (Icon::ChatText, words.say(texts::SMS)),
                "" => (Icon::Envelope, words.say(texts::NO_SUBJECT)),
                subject => (Icon::Envelope, subject.to_owned().into()),
            };
            html! {
                <Link to={Route::CapturedLetter { id: letter.id.clone() }} class="row-main row-person">
                    <span class="told-icon tone-queued"><IconView {icon} /></span>
                    <span class="row-person-words">
                        <b>{ subject }</b>
                        <span>{ letter.to.clone() }</span>
                    </span>
                </Link>
            }
        }),
        Column::new(texts::SIZE, move |letter: &CapturedLetter| {
            let kilobytes = words.number(letter.bytes.div_ceil(1_000));
            html! { { words.fill(texts::KILOBYTES, &[("n", &kilobytes)]) } }
        })
        .figures(),
        Column::new(texts::CAPTURED, |letter: &CapturedLetter| {
            html! { <Stamp at={letter.captured_at} /> }
        })
        .in_zone(zone),
    ];
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: number_of,
        name: |letter| letter.subject.clone(),
        columns,
        search: Some(texts::SEARCH),
        chips: Vec::new(),
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Inbox} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(texts::EMPTY_SENTENCE)} />
        },
    };
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={html! { { words.say(texts::SENTENCE) } }} />
            { view.draw() }
        </>
    }
}

/// Letters are told apart by their files' names; rows want a number that stays with the letter.
fn number_of(letter: &CapturedLetter) -> i64 {
    let mut hasher = DefaultHasher::new();
    letter.id.hash(&mut hasher);
    hasher.finish().cast_signed()
}
