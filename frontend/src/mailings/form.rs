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
use crate::client::{Call, use_loaded, use_loaded_if};
use crate::i18n::texts::SAVE;
use crate::i18n::texts::errors::FORBIDDEN;
use crate::i18n::{Saying, use_words};
use crate::recipients;
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::form::{
    Choice, Form, FormFoot, Known, TextField, use_form, use_form_over, use_saving,
};
use crate::ui::time::{browser_zone, now};
use crate::ui::{Crumb, Notice, PageHead, Tone, skeleton, zone};
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
    let form = use_form(blank(), check);
    html! {
        <>
            <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)}
                sentence={html! { { words.say(texts::NEW_SENTENCE) } }} />
            <MailingForm {form} {owner_id} cancel={Route::Mailings} />
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
    let newest = use_loaded(calls::READ.of(id));
    let chosen = use_loaded_if(
        newest
            .value()
            .filter(|mailing| !mailing.audience.all)
            .map(|_| {
                recipients::calls::LIST
                    .call()
                    .query("mailing_id", id)
                    .query("limit", NAMED)
            }),
    );
    let (loading, form) = use_form_over(
        newest,
        |answer| {
            let mailing = &answer.value;
            let named = match mailing.audience.all {
                true => &[],
                false => chosen.value()?.items.as_slice(),
            };
            (mailing.status != MailingStatus::Completed).then(|| Known {
                draft: Draft::of(mailing, called(mailing, named), now(), CLOCKS),
                version: Some(answer.version(id)),
            })
        },
        blank(),
        check,
    );
    loading.show(skeleton(8), |answer| {
        let mailing = &answer.value;
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
        if form.version().is_none() {
            // Those that were chosen are still to be known by name.
            return html! { <>{ head }{ chosen.show(skeleton(8), |_| Html::default()) }</> };
        }
        html! {
            <>
                { head }
                <MailingForm form={form.clone()} owner_id={mailing.owner.id} cancel={Route::Mailing { id }} />
            </>
        }
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

fn blank() -> Draft {
    Draft::new(now(), &browser_zone(), CLOCKS)
}

#[derive(PartialEq, Properties)]
struct MailingFormProps {
    form: Form<Draft>,
    /// Whose recipients and messages can be chosen.
    owner_id: i64,
    cancel: Route,
}

#[component]
fn MailingForm(props: &MailingFormProps) -> Html {
    let words = use_words();
    let MailingFormProps {
        form,
        owner_id,
        cancel,
    } = props;
    let owner_id = *owner_id;
    let submit = use_saving(form, saving, saved);
    let is_new = form.version().is_none();
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
                <FormFoot outcome={form.outcome()} cancel={cancel.clone()} {text} />
            </div>
        </form>
    }
}

fn check(draft: &Draft) -> Result<(), FieldErrors> {
    draft.mailing(now(), CLOCKS).map(drop)
}

fn saving(form: &Form<Draft>) -> Option<Call<MailingView>> {
    let draft = form.draft();
    let mailing = draft.mailing(now(), CLOCKS).ok()?;
    Some(match form.version() {
        None => calls::create(&mailing).once(&form.key()),
        Some(version) => calls::change(version, &draft.change(form.initial(), mailing)),
    })
}

fn saved(mailing: &MailingView, is_new: bool) -> (Saying, Route) {
    let said = if is_new { texts::PLANNED } else { texts::SAVED };
    (said.into(), Route::Mailing { id: mailing.id })
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
        Callback::from(move |on_unknown| {
            form.change("on_unknown", move |draft| draft.on_unknown = on_unknown)
        })
    };
    let hint = match on_unknown {
        OnUnknown::Resend => texts::RESEND_HINT,
        OnUnknown::Hold => texts::HOLD_HINT,
    };
    let options = vec![
        (OnUnknown::Resend, "resend", words.say(texts::RESEND)),
        (OnUnknown::Hold, "hold", words.say(texts::HOLD)),
    ];
    html! {
        <>
            <TextField label={texts::TITLE} optional=true hint={words.say(texts::TITLE_HINT)}
                bound={form.bind("title", |draft| draft.title.clone(), |draft, title| draft.title = title)} />
            <Choice<OnUnknown> label={words.say(texts::ON_UNKNOWN)} name="on_unknown" value={on_unknown} {options} change={choose}
                hint={words.say(hint)} disabled={form.is_saving()} />
        </>
    }
}
