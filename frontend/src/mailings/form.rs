//! The form that plans a mailing, new or known: what, to whom, when; beside it always what will come of it.

mod audience;
mod channel;
mod coming;
mod draft;
#[cfg(test)]
mod draft_tests;
mod message;
mod phones;
mod picker;
mod schedule;
mod summary;
mod weekdays;

use std::collections::BTreeMap;

use contract::mailings::{MailingStatus, MailingView, OnUnknown};
use contract::problem::FieldErrors;
use contract::recipients::RecipientView;
use yew::prelude::*;

use super::calls;
use super::details::crumb;
use super::texts::form as texts;
use crate::client::{Answer, Steady, use_client, use_loaded_if, use_steady};
use crate::i18n::texts::SAVE;
use crate::i18n::texts::errors::FORBIDDEN;
use crate::i18n::use_words;
use crate::recipients;
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::form::{Choice, Form, FormFoot, TextField, use_differs, use_form};
use crate::ui::time::{browser_zone, now};
use crate::ui::{Crumb, Notice, PageHead, Tone, skeleton, use_go, use_toasts, zone};
use audience::AudienceField;
use channel::ChannelField;
use draft::{Clocks, Draft, Rhythm, Start};
#[cfg(test)]
pub use draft_tests::example;
use message::MessageField;
use schedule::ScheduleFields;
use summary::Summary;

/// The browser's own clocks.
const CLOCKS: Clocks = Clocks {
    local: zone::local,
    instant: zone::instant,
};

/// So many chosen recipients are known by name when a mailing is opened; the others by number.
const NAMED: u64 = 200;

#[component]
pub fn NewMailingForm() -> Html {
    let words = use_words();
    let person = use_person();
    let owner_id = person.map(|person| person.me.id).unwrap_or_default();
    let draft = use_memo((), |()| Draft::new(now(), &browser_zone(), CLOCKS));
    html! {
        <>
            <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)}
                sentence={html! { { words.say(texts::NEW_SENTENCE) } }} />
            <MailingForm draft={(*draft).clone()} {owner_id} cancel={Route::Mailings} />
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct EditMailingProps {
    pub id: i64,
}

#[component]
pub fn EditMailing(props: &EditMailingProps) -> Html {
    let words = use_words();
    let person = use_person();
    let id = props.id;
    let Steady { loading, differs } = use_steady(id, calls::READ.of(id));
    let chosen = use_loaded_if(
        loading
            .value()
            .filter(|mailing| !mailing.audience.all)
            .map(|_| {
                recipients::calls::LIST
                    .call()
                    .query("mailing_id", id)
                    .query("limit", NAMED)
            }),
    );
    loading.show(skeleton(8), |answer| {
        let Answer { value: mailing, etag } = answer;
        let crumbs = vec![
            crumb(words),
            Crumb { text: mailing.title.clone().into(), to: Route::Mailing { id } },
        ];
        let head = html! {
            <PageHead {crumbs} title={words.say(texts::EDIT_TITLE)} sentence={html! { { words.say(texts::EDIT_SENTENCE) } }} />
        };
        let may_change = person.as_ref().is_some_and(|person| person.may_change(mailing.owner.id));
        let refusal = match mailing.status {
            _ if !may_change => Some(FORBIDDEN),
            MailingStatus::Completed => Some(texts::FINAL),
            _ => None,
        };
        if let Some(refusal) = refusal {
            return html! { <>{ head }<Notice tone={Tone::Skipped}>{ words.say(refusal) }</Notice></> };
        }
        let form = |named: &[RecipientView]| {
            let draft = Draft::of(mailing, called(mailing, named), now(), CLOCKS);
            let version = Version { id, etag: etag.clone() };
            html! {
                <MailingForm key={etag.clone().unwrap_or_default()} {draft} owner_id={mailing.owner.id} {version}
                    differs={differs.clone()} cancel={Route::Mailing { id }} reload={loading.reload.clone()} />
            }
        };
        let form = if mailing.audience.all {
            form(&[])
        } else {
            chosen.show(skeleton(8), |named| form(&named.value.items))
        };
        html! { <>{ head }{ form }</> }
    })
}

/// The chosen recipients by what they are called, as far as that was read.
fn called(mailing: &MailingView, named: &[RecipientView]) -> BTreeMap<i64, AttrValue> {
    let ids = mailing.audience.recipient_ids.iter();
    let mut called: BTreeMap<i64, AttrValue> = ids.map(|id| (*id, AttrValue::default())).collect();
    for recipient in named {
        called.insert(recipient.id, recipients::called(recipient).into());
    }
    called
}

/// What is changed, and the version that was read.
#[derive(Clone, Debug, PartialEq)]
struct Version {
    id: i64,
    etag: Option<String>,
}

#[derive(PartialEq, Properties)]
struct MailingFormProps {
    draft: Draft,
    /// Whose recipients and messages can be chosen.
    owner_id: i64,
    /// None for a new mailing.
    #[prop_or_default]
    version: Option<Version>,
    cancel: Route,
    #[prop_or_default]
    reload: Option<Callback<()>>,
    #[prop_or_default]
    differs: Callback<bool>,
}

#[component]
fn MailingForm(props: &MailingFormProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    // What the form began with: a drawing of the page around it brings a newer, but equal, one.
    let before = use_memo((), |()| props.draft.clone());
    let form = use_form((*before).clone(), check);
    use_differs(&form, &props.differs);
    let (owner_id, version) = (props.owner_id, props.version.clone());
    let is_new = version.is_none();

    let submit = {
        let form = form.clone();
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts, go) = (client.clone(), toasts.clone(), go.clone());
            let (version, before) = (version.clone(), before.clone());
            let key = form.key();
            form.submit(&event, move |draft| async move {
                // The form was found right a moment ago; what the clock has changed since, the server says.
                let Ok(mailing) = draft.mailing(now(), CLOCKS) else {
                    return Ok(());
                };
                let (call, said) = match version {
                    None => (calls::create(&mailing).once(&key), texts::PLANNED),
                    Some(Version { id, etag }) => {
                        let change = draft.change(&before, mailing);
                        (calls::change(id, &change, etag.as_deref()), texts::SAVED)
                    }
                };
                let saved = client.call(call).await?;
                toasts.done(said);
                go.saved(Route::Mailing { id: saved.value.id });
                Ok(())
            });
        })
    };
    let draft = form.draft();
    let at_once = is_new && draft.start == Start::Now && draft.rhythm == Rhythm::Once;
    let text = match (is_new, at_once) {
        (true, true) => texts::SEND_IT,
        (true, false) => texts::PLAN_IT,
        (false, _) => SAVE,
    };
    html! {
        <form class="with-aside with-foot" onsubmit={submit} novalidate=true>
            <div class="main-column form-sections">
                <section class="panel form">
                    <h2>{ words.say(texts::WHAT) }</h2>
                    <ChannelField form={form.clone()} />
                    <MessageField form={form.clone()} {owner_id} />
                </section>
                <section class="panel form">
                    <h2>{ words.say(texts::WHOM) }</h2>
                    <AudienceField form={form.clone()} {owner_id} />
                </section>
                <section class="panel form">
                    <h2>{ words.say(texts::WHEN) }</h2>
                    <ScheduleFields form={form.clone()} {is_new} />
                </section>
                <section class="panel form">
                    <h2>{ words.say(texts::MORE) }</h2>
                    <MoreFields form={form.clone()} />
                </section>
            </div>
            <aside class="aside aside-sticky" tabindex="0" aria-label={words.say(texts::SUMMARY)}><Summary draft={draft.clone()} {owner_id} {is_new} /></aside>
            <div class="form-end">
                <FormFoot outcome={form.outcome()} cancel={props.cancel.clone()} {text} reload={props.reload.clone()} />
            </div>
        </form>
    }
}

fn check(draft: &Draft) -> Result<(), FieldErrors> {
    draft.mailing(now(), CLOCKS).map(drop)
}

#[derive(Clone, PartialEq, Properties)]
struct MoreFieldsProps {
    form: Form<Draft>,
}

#[component]
fn MoreFields(props: &MoreFieldsProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let on_unknown = form.draft().on_unknown;
    let choose = {
        let form = form.clone();
        Callback::from(move |value: AttrValue| {
            let on_unknown = if value == "hold" {
                OnUnknown::Hold
            } else {
                OnUnknown::Resend
            };
            form.change("on_unknown", move |draft| draft.on_unknown = on_unknown);
        })
    };
    let (value, hint) = match on_unknown {
        OnUnknown::Resend => ("resend", texts::RESEND_HINT),
        OnUnknown::Hold => ("hold", texts::HOLD_HINT),
    };
    let options = vec![
        ("resend".into(), words.say(texts::RESEND)),
        ("hold".into(), words.say(texts::HOLD)),
    ];
    html! {
        <>
            <TextField label={texts::TITLE} optional=true hint={words.say(texts::TITLE_HINT)}
                bound={form.bind("title", |draft| draft.title.clone(), |draft, title| draft.title = title)} />
            <Choice label={words.say(texts::ON_UNKNOWN)} name="on_unknown" {value} {options} change={choose}
                hint={words.say(hint)} disabled={form.is_saving()} />
        </>
    }
}
