//! The list of messages.

use contract::messages::MessageView;
use contract::permissions::Permission;
use yew::prelude::*;

use super::{calls, texts};
use crate::client::use_loaded;
use crate::i18n::texts::{ALL, CHANGED, OWNER};
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::{use_may, use_person};
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::{Empty, Icon, IconView, Link, OwnerName, PageHead, Pill, TimeText, Tone};
use crate::users::{OWNER as OF_OWNER, OfOwner};

#[component]
pub fn MessageList() -> Html {
    let words = use_words();
    let person = use_person();
    let may = use_may();
    let list = use_list();
    let me = person
        .as_ref()
        .map(|person| person.me.id)
        .unwrap_or_default();
    let call = list.page(calls::LIST.call());
    let call = match list.address.filter.as_str() {
        "mine" => call.query("owner_id", me),
        "shared" => call.query("shared", true),
        _ => call,
    };
    // One's own ones are those of nobody else.
    let call = match list.address.filter.as_str() {
        "mine" => call,
        _ => call.query("owner_id", list.address.other(OF_OWNER)),
    };
    let loading = use_loaded(call);
    let keeps = may(Permission::KeepOwnMailings);
    let sees_all = may(Permission::SeeEverything);

    let add = keeps.then(|| {
        html! {
            <Link to={Route::NewMessage} class="button button-primary">
                <IconView icon={Icon::Plus} />{ words.say(texts::ADD) }
            </Link>
        }
    });
    let columns = vec![
        Column::new(texts::SUBJECT, |message: &MessageView| {
            let id = message.id;
            html! {
                <Link to={Route::Message { id }} class="row-main">
                    <b>{ message.subject.clone() }</b>
                    <span class="clip">{ first_words(&message.body) }</span>
                </Link>
            }
        })
        .sorts_by("subject"),
        Column::new(texts::ACCESS, |message: &MessageView| {
            html! {
                <span class="pills">
                    if message.shared {
                        <Pill tone={Tone::Running} text={words.say(texts::SHARED_ONE)} />
                    }
                    if message.sms_text.is_some() {
                        <span class="tag">{ words.say(texts::SMS) }</span>
                    }
                </span>
            }
        }),
        Column::new(texts::USED, |message: &MessageView| {
            let used = match message.used_by {
                0 => words.say(texts::NOT_USED),
                n => words.count(texts::USED_BY, n),
            };
            html! { <span class={(message.used_by == 0).then_some("muted")}>{ used }</span> }
        }),
        Column::new(
            OWNER,
            |message: &MessageView| html! { <OwnerName owner={message.owner.clone()} /> },
        ),
        Column::new(
            CHANGED,
            |message: &MessageView| html! { <TimeText at={message.updated_at} /> },
        ),
    ];
    let chip = |filter, text| Chip {
        filter,
        text: words.say(text),
        count: None,
    };
    let mut chips = vec![chip("", ALL)];
    if keeps {
        chips.push(chip("mine", texts::MINE));
    }
    chips.push(chip("shared", texts::SHARED));
    let sentence = if sees_all {
        texts::SENTENCE_ALL
    } else {
        texts::SENTENCE
    };
    let empty_text = if keeps {
        texts::EMPTY_TEXT
    } else {
        texts::EMPTY_ALL_TEXT
    };
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |message| message.id,
        name: |message| message.subject.clone(),
        columns,
        search: Some(texts::SEARCH),
        chips,
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Envelope} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(empty_text)}>
                { add.clone() }
            </Empty>
        },
    };
    let head = add.filter(|_| !list.has_nothing(&loading));
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.say(sentence)}>{ head }</PageHead>
            <OfOwner list={list.clone()} />
            { view.draw() }
        </>
    }
}

/// Enough of the body to recognise it by.
fn first_words(body: &str) -> String {
    let line: String = body.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(140).collect()
}
