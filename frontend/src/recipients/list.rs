//! The list of recipients.

use contract::listing::Page;
use contract::permissions::Permission;
use contract::recipients::RecipientView;
use yew::prelude::*;

use super::delete::DeleteSelected;
use super::{called, calls, texts};
use crate::client::{Call, use_loaded};
use crate::i18n::texts::{ALL, CREATED, OWNER};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::use_may;
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::time::Form;
use crate::ui::{Empty, Icon, IconView, Link, OwnerName, PageHead, Pill, TimeText, Tone};
use crate::users::{OWNER as OF_OWNER, OfOwner};

/// The chips, as they stand in the address.
const REFUSED: &str = "true";
const NO_PHONE: &str = "no_phone";

#[component]
pub fn RecipientList() -> Html {
    let words = use_words();
    let may = use_may();
    let list = use_list();
    let loading = use_loaded(
        narrowed(list.page(calls::LIST.call()), &list.address.filter)
            .query("owner_id", list.address.other(OF_OWNER)),
    );
    let keeps = may(Permission::KeepOwnMailings);
    let sees_all = may(Permission::SeeEverything);

    let add = keeps.then(|| {
        html! {
            <Link to={Route::NewRecipient} class="button button-primary">
                <IconView icon={Icon::Plus} />{ words.say(texts::ADD) }
            </Link>
        }
    });
    let mut columns = vec![
        Column::new(texts::RECIPIENT, move |recipient: &RecipientView| {
            let id = recipient.id;
            html! {
                <Link to={Route::Recipient { id }} class="row-main">
                    <b>
                        { called(recipient) }
                        if recipient.unsubscribed_at.is_some() {
                            { " " }<Pill tone={Tone::Skipped} text={words.say(texts::UNSUBSCRIBED)} />
                        }
                        if recipient.suppression.is_some() {
                            { " " }<Pill tone={Tone::Failed} text={words.say(texts::REFUSED)} />
                        }
                    </b>
                    if !recipient.full_name.trim().is_empty() {
                        <span>{ recipient.email.clone() }</span>
                    }
                </Link>
            }
        })
        .sorts_by("full_name"),
        Column::new(texts::PHONE, |recipient: &RecipientView| {
            html! { <span class="figures">{ recipient.phone.clone().unwrap_or_default() }</span> }
        }),
        Column::new(texts::COMMENT, |recipient: &RecipientView| {
            html! { <span class="clip">{ recipient.comment.clone() }</span> }
        }),
    ];
    if sees_all {
        columns.push(Column::new(OWNER, |recipient: &RecipientView| {
            html! { <OwnerName owner={recipient.owner.clone()} /> }
        }));
    }
    columns.push(
        Column::new(CREATED, |recipient: &RecipientView| {
            html! { <TimeText at={recipient.created_at} form={Form::Full} /> }
        })
        .sorts_by("created_at"),
    );
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
        id: |recipient| recipient.id,
        name: called,
        columns,
        search: Some(texts::SEARCH),
        chips: chips(words),
        beside: Html::default(),
        bulk: keeps.then(
            || html! { <DeleteSelected list={list.clone()} reload={loading.reload.clone()} /> },
        ),
        empty: html! {
            <Empty icon={Icon::People} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(empty_text)}>
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

fn chips(words: Words) -> Vec<Chip> {
    let chip = |filter, text| Chip {
        filter,
        text: words.say(text),
        count: None,
    };
    vec![
        chip("", ALL),
        chip(REFUSED, texts::REFUSED_FILTER),
        chip(NO_PHONE, texts::NO_PHONE_FILTER),
    ]
}

/// The list with what its chip narrows it to.
fn narrowed(call: Call<Page<RecipientView>>, filter: &str) -> Call<Page<RecipientView>> {
    match filter {
        REFUSED => call.query("suppressed", true),
        NO_PHONE => call.query("has_phone", false),
        _ => call,
    }
}
