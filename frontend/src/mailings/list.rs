//! The list of mailings.

use contract::listing::Page;
use contract::mailings::{Channel, MailingStatus, MailingView};
use contract::permissions::Permission;
use yew::prelude::*;

use super::status::{StatusPill, schedule_without_zone, status_key, status_word};
use super::{calls, texts};
use crate::client::{Call, Loading, use_loaded};
use crate::delivery::RunResult;
use crate::i18n::texts::{ALL, OWNER};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::use_may;
use crate::ui::list::{Chip, Column, List, ListView, use_list};
use crate::ui::time::now;
use crate::ui::{Empty, Icon, IconView, Link, OwnerName, PageHead, Stamp, use_every, zone};
use crate::users::{OWNER as OF_OWNER, OfOwner};

/// Something in the list may move by itself: a run that starts, letters that go out.
const REFRESH_MS: u32 = 5_000;

#[component]
pub fn MailingList() -> Html {
    let words = use_words();
    let may = use_may();
    let list = use_list();
    let loading = use_loaded(
        list.page(calls::LIST.call())
            .query("status", &list.address.filter)
            .query("owner_id", list.address.other(OF_OWNER)),
    );
    let chips = use_chips(words, &list);
    use_every(REFRESH_MS, true, loading.reload.clone());
    let keeps = may(Permission::KeepOwnMailings);

    let mut columns = vec![
        Column::new(texts::TITLE, title_cell).sorts_by("title"),
        Column::new(texts::STATUS, |mailing: &MailingView| {
            html! { <StatusPill mailing={mailing.clone()} /> }
        }),
        Column::new(texts::SCHEDULE, move |mailing: &MailingView| {
            html! {
                <div class="two-lines">
                    <span>{ schedule_without_zone(words, mailing) }</span>
                    <small>{ zone::shown(&mailing.time_zone) }</small>
                </div>
            }
        }),
        Column::new(texts::NEXT_RUN, move |mailing: &MailingView| {
            next_run_cell(words, mailing)
        })
        .sorts_by("next_run_at"),
        Column::new(
            texts::LAST_RESULT,
            move |mailing: &MailingView| match &mailing.last_run {
                Some(run) => html! { <RunResult run={run.clone()} /> },
                None => {
                    let over = mailing.status == MailingStatus::Completed;
                    let text = if over {
                        texts::NEVER_RUN
                    } else {
                        texts::NOT_RUN_YET
                    };
                    html! { <span class="muted">{ words.say(text) }</span> }
                }
            },
        ),
    ];
    if may(Permission::SeeEverything) {
        columns.push(Column::new(OWNER, |mailing: &MailingView| {
            html! { <OwnerName owner={mailing.owner.clone()} /> }
        }));
    }
    let empty = if keeps {
        texts::EMPTY_SENTENCE
    } else {
        texts::EMPTY_FOR_OVERSEER
    };
    let plan = |text| {
        html! {
            <Link to={Route::NewMailing} class="button button-primary">
                <IconView icon={Icon::Plus} />{ words.say(text) }
            </Link>
        }
    };
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |mailing| mailing.id,
        name: |mailing| mailing.title.clone(),
        columns,
        search: Some(texts::SEARCH),
        chips,
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Send} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(empty)}>
                if keeps {
                    { plan(texts::PLAN_FIRST) }
                }
            </Empty>
        },
    };
    html! {
        <>
            <PageHead title={words.say(texts::MAILINGS)} sentence={html! { { words.say(texts::SENTENCE) } }}>
                if keeps && !list.has_nothing(&loading) {
                    { plan(texts::NEW_MAILING) }
                }
            </PageHead>
            <OfOwner list={list.clone()} />
            { view.draw() }
        </>
    }
}

fn title_cell(mailing: &MailingView) -> Html {
    let subject = mailing
        .message
        .as_ref()
        .map(|message| message.title.clone());
    let subject = subject.filter(|subject| *subject != mailing.title);
    html! {
        <Link to={Route::Mailing { id: mailing.id }} class="row-main">
            <b>
                { mailing.title.clone() }
                if mailing.channel == Channel::Sms {
                    { " " }<span class="tag">{ "SMS" }</span>
                }
            </b>
            if let Some(subject) = subject {
                <span>{ subject }</span>
            }
        </Link>
    }
}

fn next_run_cell(words: Words, mailing: &MailingView) -> Html {
    match mailing.next_run_at {
        Some(at) if at <= now() => html! { <span>{ words.say(texts::STARTING) }</span> },
        Some(at) => {
            let zone = AttrValue::from(mailing.time_zone.clone());
            html! { <Stamp {at} {zone} relative=true /> }
        }
        None => html! { <span class="muted">{ words.say(texts::NO_NEXT_RUN) }</span> },
    }
}

/// One chip for each status, with how many of those that are searched for stand so.
#[hook]
fn use_chips(words: Words, list: &List) -> Vec<Chip> {
    let one = |status: Option<MailingStatus>| -> Call<Page<MailingView>> {
        let filter = status.map(status_key).unwrap_or_default();
        let call = calls::LIST
            .call()
            .query("search", &list.address.search)
            .query("owner_id", list.address.other(OF_OWNER));
        call.query("status", filter).query("limit", 1)
    };
    let counts: [Loading<Page<MailingView>>; 5] = [
        use_loaded(one(None)),
        use_loaded(one(Some(MailingStatus::Created))),
        use_loaded(one(Some(MailingStatus::Running))),
        use_loaded(one(Some(MailingStatus::Paused))),
        use_loaded(one(Some(MailingStatus::Completed))),
    ];
    let statuses = std::iter::once(None).chain(MailingStatus::ALL.map(Some));
    let chips = statuses.zip(counts).map(|(status, count)| Chip {
        filter: status.map(status_key).unwrap_or_default(),
        text: words.say(status.map_or(ALL, |status| status_word(status).1)),
        count: count.value().map(|page| page.total),
    });
    chips.collect()
}
