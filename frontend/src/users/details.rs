//! One user: what became of their letters, what they own, what the audit log says, and how they get in.

mod about;
mod history;
mod owns;

use contract::accounts::users::{UserDetail, UserState};
use contract::permissions::Permission;
use yew::prelude::*;

use super::acts::Acts;
use super::state::{UserStatePill, state_of};
use super::texts::details as texts;
use super::{called, calls, role_text};
use crate::client::use_loaded;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::use_may;
use crate::ui::time::{self, Form, now};
use crate::ui::{Avatar, Crumb, Notice, PageHead, Tone, skeleton, use_every, use_zone};
use about::{About, Access};
use history::History;
use owns::{Letters, Owns};

/// Others may block this person, and letters go out.
const REFRESH_MS: u32 = 15_000;

#[derive(PartialEq, Properties)]
pub struct UserDetailsProps {
    pub id: i64,
}

#[component]
pub fn UserDetails(props: &UserDetailsProps) -> Html {
    let words = use_words();
    let zone = use_zone();
    let may = use_may();
    let reads_log = may(Permission::ReadAuditLog);
    let loading = use_loaded(calls::READ.of(props.id));
    let acts_done = use_state(|| 0_u32);
    let changed = {
        let (reload, acts_done) = (loading.reload.clone(), acts_done.clone());
        Callback::from(move |()| {
            reload.emit(());
            acts_done.set(*acts_done + 1);
        })
    };
    use_every(REFRESH_MS, true, loading.reload.clone());
    loading.show(skeleton(8), |answer| {
        let detail = &answer.value;
        let user = &detail.user;
        html! {
            <>
                <PageHead crumbs={vec![crumb(words)]} title={called(user)} status={html! { <UserStatePill user={user.clone()} /> }}
                    beside={html! { <Avatar large=true name={called(user)} url={user.avatar_url.clone().map(AttrValue::from)} /> }}
                    sentence={html! { { sentence(words, detail) } }}>
                    <Acts detail={detail.clone()} etag={answer.etag.clone()} changed={changed.clone()} />
                </PageHead>
                { notice(words, detail, &zone) }
                <div class="with-aside">
                    <div class="main-column">
                        <Letters letters={detail.letters} />
                        <Owns user_id={user.id} owns={detail.owns} />
                        if reads_log {
                            // What was done just now stands in the log too.
                            <History key={*acts_done} user_id={user.id} />
                        }
                    </div>
                    <aside class="aside">
                        <About user={user.clone()} />
                        <Access detail={detail.clone()} />
                    </aside>
                </div>
            </>
        }
    })
}

pub fn crumb(words: Words) -> Crumb {
    Crumb {
        text: words.say(super::texts::TITLE),
        to: Route::Users,
    }
}

fn sentence(words: Words, detail: &UserDetail) -> String {
    let role = words.say(role_text(detail.user.role));
    let seen = match detail.user.last_seen_at {
        Some(at) => words.fill(texts::SEEN, &[("when", &time::relative(words, at, now()))]),
        None => words.say(texts::NEVER_SEEN),
    };
    format!("{role} · {seen}")
}

/// Why this person cannot sign in, if they cannot.
fn notice(words: Words, detail: &UserDetail, zone: &str) -> Html {
    if let Some(block) = &detail.user.blocked {
        let time = format!("{} {zone}", time::write(words, block.at, zone, Form::Full));
        return html! {
            <Notice tone={Tone::Failed}>
                <b>{ words.fill(texts::BLOCKED_BY, &[("by", &block.by), ("time", &time)]) }</b>
                if !block.reason.is_empty() {
                    <p>{ words.fill(texts::REASON, &[("reason", &block.reason)]) }</p>
                }
            </Notice>
        };
    }
    match state_of(&detail.user) {
        UserState::Unconfirmed => {
            html! { <Notice tone={Tone::Skipped}>{ words.say(texts::UNCONFIRMED) }</Notice> }
        }
        UserState::Active | UserState::Blocked => Html::default(),
    }
}
