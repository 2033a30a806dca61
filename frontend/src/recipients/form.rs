//! The form of a recipient, new or known.

use contract::problem::FieldErrors;
use contract::recipients::{NewRecipient, RecipientView};
use yew::prelude::*;

use super::details::crumb;
use super::{called, calls, texts};
use crate::client::{Call, use_loaded};
use crate::i18n::texts::SAVE;
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::form::{Form, FormFoot, Known, TextField, use_form, use_form_over, use_saving};
use crate::ui::{Crumb, PageHead, skeleton};

#[component]
pub fn NewRecipientForm() -> Html {
    let words = use_words();
    let form = use_form(NewRecipient::default(), check);
    html! {
        <>
            <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)} sentence={words.say(texts::NEW_SENTENCE)} />
            <RecipientForm {form} cancel={Route::Recipients} />
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct EditRecipientProps {
    pub id: i64,
}

#[component]
pub fn EditRecipient(props: &EditRecipientProps) -> Html {
    let words = use_words();
    let id = props.id;
    let newest = use_loaded(calls::READ.of(id));
    let (loading, form) = use_form_over(
        newest,
        |answer| {
            Some(Known {
                draft: draft_of(&answer.value),
                version: Some(answer.version(id)),
            })
        },
        NewRecipient::default(),
        check,
    );
    loading.show(skeleton(5), |answer| {
        let recipient = &answer.value;
        let crumbs = vec![
            crumb(words),
            Crumb {
                text: called(recipient).into(),
                to: Route::Recipient { id },
            },
        ];
        html! {
            <>
                <PageHead {crumbs} title={words.say(texts::EDIT_TITLE)} />
                if form.version().is_some() {
                    <RecipientForm form={form.clone()} cancel={Route::Recipient { id }} />
                }
            </>
        }
    })
}

fn draft_of(recipient: &RecipientView) -> NewRecipient {
    let RecipientView {
        email,
        full_name,
        comment,
        phone,
        id: _,
        owner: _,
        suppression: _,
        unsubscribed_at: _,
        created_at: _,
        updated_at: _,
    } = recipient;
    NewRecipient {
        email: email.clone(),
        full_name: full_name.clone(),
        comment: comment.clone(),
        phone: phone.clone(),
    }
}

fn check(draft: &NewRecipient) -> Result<(), FieldErrors> {
    draft.check().map(drop)
}

#[derive(PartialEq, Properties)]
struct RecipientFormProps {
    form: Form<NewRecipient>,
    cancel: Route,
}

#[component]
fn RecipientForm(props: &RecipientFormProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let submit = use_saving(form, saving, saved);
    let text = match form.version() {
        None => texts::ADD,
        Some(_) => SAVE,
    };
    html! {
        <form class="panel form form-narrow" onsubmit={submit} novalidate=true>
            <TextField label={texts::EMAIL} kind="email" autofocus=true hint={words.say(texts::EMAIL_HINT)}
                bound={form.bind("email", |draft| draft.email.clone(), |draft, email| draft.email = email)} />
            <TextField label={texts::FULL_NAME} optional=true hint={words.say(texts::FULL_NAME_HINT)}
                bound={form.bind("full_name", |draft| draft.full_name.clone(), |draft, name| draft.full_name = name)} />
            <TextField label={texts::PHONE} kind="tel" optional=true hint={words.say(texts::PHONE_HINT)} placeholder="+7 921 123-45-67"
                bound={form.bind("phone", |draft| draft.phone.clone().unwrap_or_default(),
                    |draft, phone| draft.phone = Some(phone).filter(|phone| !phone.is_empty()))} />
            <TextField label={texts::COMMENT} optional=true rows=4 hint={words.say(texts::COMMENT_HINT)}
                bound={form.bind("comment", |draft| draft.comment.clone(), |draft, comment| draft.comment = comment)} />
            <FormFoot outcome={form.outcome()} cancel={props.cancel.clone()} {text} />
        </form>
    }
}

fn saving(form: &Form<NewRecipient>) -> Option<Call<RecipientView>> {
    let draft = form.draft();
    Some(match form.version() {
        None => calls::create(draft).once(&form.key()),
        Some(version) => calls::change(version, draft.clone()),
    })
}

fn saved(recipient: &RecipientView, is_new: bool) -> (Saying, Route) {
    let said = if is_new { texts::CREATED } else { texts::SAVED };
    let id = recipient.id;
    (
        Saying::Filled(said, vec![("name", called(recipient))]),
        Route::Recipient { id },
    )
}
