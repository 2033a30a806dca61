//! The entries of the navigation, and at its foot theme, language and oneself. What one may not see is not there.

use contract::permissions::Permission;
use yew::prelude::*;

use super::texts;
use crate::i18n::{Language, Text, use_language_choice, use_words};
use crate::routes::{Route, Section};
use crate::session::{Person, texts::SIGN_OUT, use_person, use_session};
use crate::theme::{Theme, use_theme};
use crate::ui::{Avatar, Icon, IconView, Link, use_go};
use crate::users::role_text;

struct Entry {
    section: Section,
    icon: Icon,
    text: Text,
    to: Route,
}

/// The entries that this person may see, from the same table that the API's guards read.
fn entries(person: &Person) -> [(Option<Text>, Vec<Entry>); 2] {
    use Permission::{BlockUsers, ReadAuditLog, ReadCapturedMail, SeeMailings, WriteBlog};
    let entry = |allowed: bool, section, icon, text, to| {
        allowed.then_some(Entry {
            section,
            icon,
            text,
            to,
        })
    };
    let sees = person.may(SeeMailings);
    let captures = person.instance.captures_mail && person.may(ReadCapturedMail);
    let everyday = [
        entry(
            true,
            Section::Overview,
            Icon::Grid,
            texts::OVERVIEW,
            Route::Overview,
        ),
        entry(
            sees,
            Section::Mailings,
            Icon::Send,
            texts::MAILINGS,
            Route::Mailings,
        ),
        entry(
            sees,
            Section::Messages,
            Icon::Envelope,
            texts::MESSAGES,
            Route::Messages,
        ),
        entry(
            sees,
            Section::Recipients,
            Icon::People,
            texts::RECIPIENTS,
            Route::Recipients,
        ),
        entry(
            sees,
            Section::Attempts,
            Icon::ListCheck,
            texts::ATTEMPTS,
            Route::Attempts,
        ),
        entry(
            sees,
            Section::Reports,
            Icon::BarChartLine,
            texts::REPORTS,
            Route::Reports,
        ),
        entry(
            captures,
            Section::CapturedMail,
            Icon::Inbox,
            texts::CAPTURED_MAIL,
            Route::CapturedMail,
        ),
    ];
    let team = [
        entry(
            person.may(BlockUsers),
            Section::Users,
            Icon::PersonGear,
            texts::USERS,
            Route::Users,
        ),
        entry(
            person.may(WriteBlog),
            Section::Blog,
            Icon::Newspaper,
            texts::BLOG,
            Route::Articles,
        ),
        entry(
            person.may(ReadAuditLog),
            Section::AuditLog,
            Icon::JournalText,
            texts::AUDIT_LOG,
            Route::AuditLog,
        ),
        entry(
            person.may(ReadAuditLog),
            Section::Notices,
            Icon::EnvelopePaper,
            texts::NOTICES,
            Route::Notices,
        ),
    ];
    [
        (None, everyday.into_iter().flatten().collect()),
        (Some(texts::TEAM), team.into_iter().flatten().collect()),
    ]
}

#[derive(PartialEq, Properties)]
pub struct MenuProps {
    pub section: Option<Section>,
    /// An entry was followed.
    pub chosen: Callback<()>,
}

#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let words = use_words();
    let groups = use_person().map(|person| entries(&person));
    let entry = |Entry {
                     section,
                     icon,
                     text,
                     to,
                 }: Entry| {
        html! {
            <Link {to} class="menu-entry" current={props.section == Some(section)} onclick={props.chosen.clone()}>
                <IconView {icon} />{ words.say(text) }
            </Link>
        }
    };
    let groups = groups
        .into_iter()
        .flatten()
        .filter(|(_, entries)| !entries.is_empty());
    html! {
        <div class="menu">
            <nav aria-label={words.say(texts::NAVIGATION)}>
                { for groups.map(|(caption, entries)| html! {
                    <>
                        if let Some(caption) = caption {
                            <h2 class="menu-caption">{ words.say(caption) }</h2>
                        }
                        { for entries.into_iter().map(entry) }
                    </>
                }) }
            </nav>
            <MenuFoot section={props.section} chosen={props.chosen.clone()} />
        </div>
    }
}

#[component]
fn MenuFoot(props: &MenuProps) -> Html {
    let words = use_words();
    let (theme, switch_theme) = use_theme();
    let session = use_session();
    let person = use_person();
    let go = use_go();
    let (icon, text) = match theme {
        Theme::Light => (Icon::Moon, texts::DARK_THEME),
        Theme::Dark => (Icon::Sun, texts::LIGHT_THEME),
    };
    let log_out = Callback::from(move |_: MouseEvent| {
        if let Some(session) = session.clone() {
            go.doing(Route::Home, move || session.log_out());
        }
    });
    html! {
        <div class="menu-foot">
            <button type="button" class="menu-entry" onclick={switch_theme.reform(|_: MouseEvent| ())}>
                <IconView {icon} />{ words.say(text) }
            </button>
            <LanguageButton class="menu-entry" />
            if let Some(person) = person {
                <Link to={Route::Profile} class="menu-person" current={props.section == Some(Section::Profile)}
                    onclick={props.chosen.clone()}>
                    <Avatar name={person.called()} url={person.me.avatar_url.clone().map(AttrValue::from)} />
                    <span class="menu-person-words">
                        <b title={person.called()}>{ person.called() }</b>
                        <span class="muted small">{ words.say(role_text(person.me.role)) }</span>
                    </span>
                </Link>
            }
            <button type="button" class="menu-entry" onclick={log_out}>
                <IconView icon={Icon::BoxArrowRight} />{ words.say(SIGN_OUT) }
            </button>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct LanguageButtonProps {
    pub class: Classes,
}

/// Changes to the other language; named in that language, for those who do not read this one.
#[component]
pub fn LanguageButton(props: &LanguageButtonProps) -> Html {
    let words = use_words();
    let (language, choose) = use_language_choice();
    let other = match language {
        Language::En => Language::Ru,
        Language::Ru => Language::En,
    };
    html! {
        <button type="button" class={props.class.clone()} lang={other.code()} onclick={choose.reform(move |_: MouseEvent| other)}>
            <IconView icon={Icon::Translate} />{ words.say(texts::OTHER_LANGUAGE) }
        </button>
    }
}
