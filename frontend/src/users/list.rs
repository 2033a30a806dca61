//! The list of users, and beside it that of invitations.

use contract::accounts::sign_up::SignUp;
use contract::accounts::users::{UserState, UserTotals, UserView};
use contract::permissions::{Permission, Role};
use yew::prelude::*;

use super::invitations::Invitations;
use super::state::{STATES, UserStatePill, state_of_many};
use super::{called, calls, role_text, texts};
use crate::client::use_loaded;
use crate::delivery::period_filter::selected;
use crate::i18n::texts::ALL;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::list::address::TAB;
use crate::ui::list::{Chip, Column, List, ListView, use_list};
use crate::ui::time::{self, Form, now};
use crate::ui::{Avatar, Empty, Icon, IconView, Link, PageHead, Tab, Tabs, TimeText, use_zone};

const USERS: &str = "";
const INVITATIONS: &str = "invitations";
/// Under this name the role stands in the address.
const ROLE: &str = "role";

#[component]
pub fn UserList() -> Html {
    let words = use_words();
    let list = use_list();
    let Some(person) = use_person() else {
        return Html::default();
    };
    let manages = person.may(Permission::ManageUsers);
    let invites = manages && person.instance.sign_up != SignUp::Closed;
    let open = match list.address.other(TAB) {
        INVITATIONS if invites => INVITATIONS,
        _ => USERS,
    };
    let on_open = {
        let list = list.clone();
        Callback::from(move |key: &str| list.show(list.address.tab(key)))
    };
    let tabs = [(USERS, texts::USERS), (INVITATIONS, texts::INVITATIONS)];
    let tabs = tabs.map(|(key, text)| Tab {
        key,
        text: words.say(text),
    });
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.say(texts::SENTENCE)}>
                if manages {
                    <Link to={Route::NewUser} class="button button-primary"><IconView icon={Icon::PersonPlus} />{ words.say(texts::NEW) }</Link>
                }
            </PageHead>
            if invites {
                <Tabs tabs={tabs.to_vec()} {open} {on_open} label={words.say(texts::TABS)} />
            }
            if open == INVITATIONS {
                <Invitations {list} />
            } else {
                <Users {list} me={person.me.id} />
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct UsersProps {
    list: List,
    me: i64,
}

#[component]
fn Users(props: &UsersProps) -> Html {
    let words = use_words();
    let UsersProps { list, me } = props;
    let me = *me;
    let zone = use_zone();
    let loading = use_loaded(
        list.page(calls::LIST.call())
            .query("state", &list.address.filter)
            .query("role", list.address.other(ROLE)),
    );
    let totals = use_loaded(calls::TOTALS.call());
    let columns = vec![
        Column::new(texts::USER, move |user: &UserView| {
            user_cell(words, user, me)
        })
        .sorts_by("full_name"),
        Column::new(texts::ROLE, move |user: &UserView| {
            html! { { words.say(role_text(user.role)) } }
        }),
        Column::new(texts::STATE, |user: &UserView| {
            html! { <UserStatePill user={user.clone()} /> }
        }),
        Column::new(texts::PHONE, move |user: &UserView| phone_cell(words, user)),
        Column::new(texts::LAST_SEEN, {
            let zone = zone.clone();
            move |user: &UserView| seen_cell(words, user, &zone)
        })
        .in_zone(zone.clone()),
        Column::new(texts::SINCE, |user: &UserView| {
            html! { <TimeText at={user.created_at} form={Form::Date} without_zone=true /> }
        })
        .sorts_by("created_at"),
    ];
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |user| user.id,
        name: called,
        columns,
        search: Some(texts::SEARCH),
        chips: chips(words, totals.value().copied()),
        bulk: None,
        beside: role_filter(words, list),
        empty: html! {
            <Empty icon={Icon::People} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(texts::EMPTY_SENTENCE)} />
        },
    };
    view.draw()
}

fn user_cell(words: Words, user: &UserView, me: i64) -> Html {
    let name = called(user);
    let under = (name != user.email).then(|| user.email.clone());
    html! {
        <Link to={Route::User { id: user.id }} class="row-main row-person">
            <Avatar name={name.clone()} url={user.avatar_url.clone().map(AttrValue::from)} />
            <span class="row-person-words">
                <b>
                    { name }
                    if user.id == me {
                        <small class="muted">{ format!(" · {}", words.say(texts::YOU)) }</small>
                    }
                </b>
                if let Some(email) = under {
                    <span>{ email }</span>
                }
            </span>
        </Link>
    }
}

/// How long ago, and when exactly in the zone that the head names.
fn seen_cell(words: Words, user: &UserView, zone: &str) -> Html {
    match user.last_seen_at {
        Some(at) => html! {
            <time class="two-lines time" datetime={at.to_rfc3339()}>
                <span>{ time::relative(words, at, now()) }</span>
                <small>{ time::write(words, at, zone, Form::Full) }</small>
            </time>
        },
        None => html! { <span class="muted">{ words.say(texts::NEVER_SEEN) }</span> },
    }
}

/// The number, and whether a code sent there came back.
fn phone_cell(words: Words, user: &UserView) -> Html {
    let Some(phone) = &user.phone else {
        return html! { <span class="muted">{ "—" }</span> };
    };
    let (icon, class, text) = match user.phone_verified_at {
        Some(_) => (Icon::CheckCircle, "tone-sent", texts::PHONE_VERIFIED),
        None => (
            Icon::QuestionCircle,
            "tone-skipped",
            texts::PHONE_UNVERIFIED,
        ),
    };
    html! {
        <span class="two-lines">
            <span class="figures nowrap">{ phone.clone() }</span>
            <small class={classes!("toned", class)}><IconView {icon} />{ words.say(text) }</small>
        </span>
    }
}

fn chips(words: Words, totals: Option<UserTotals>) -> Vec<Chip> {
    let states = std::iter::once(None).chain(STATES.map(Some));
    let chip = |state: Option<UserState>| Chip {
        filter: state.map(UserState::word).unwrap_or_default(),
        text: words.say(state.map_or(ALL, state_of_many)),
        count: totals.map(|totals| match state {
            None => totals.all,
            Some(UserState::Active) => totals.active,
            Some(UserState::Blocked) => totals.blocked,
            Some(UserState::Unconfirmed) => totals.unconfirmed,
        }),
    };
    states.map(chip).collect()
}

fn role_filter(words: Words, list: &List) -> Html {
    let chosen = list.address.other(ROLE);
    let choose = {
        let list = list.clone();
        Callback::from(move |event: Event| {
            list.show(list.address.with_other(ROLE, &selected(&event)))
        })
    };
    html! {
        <select class="input list-select" onchange={choose} aria-label={words.say(texts::ROLE)}>
            <option value="" selected={chosen.is_empty()}>{ words.say(texts::ANY_ROLE) }</option>
            { for Role::ALL.into_iter().map(|role| html! {
                <option value={role.word()} selected={role.word() == chosen}>{ words.say(role_text(role)) }</option>
            }) }
        </select>
    }
}
