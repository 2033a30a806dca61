//! The form of a recipient, new or known.

use contract::recipients::{NewRecipient, RecipientView};
use yew::prelude::*;

use super::details::crumb;
use super::{called, calls, texts};
use crate::client::{Steady, use_client, use_steady};
use crate::i18n::texts::SAVE;
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::form::{FormFoot, TextField, use_differs, use_form};
use crate::ui::{Crumb, PageHead, skeleton, use_go, use_toasts};

#[component]
pub fn NewRecipientForm() -> Html {
    let words = use_words();
    html! {
        <>
            <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)} sentence={words.say(texts::NEW_SENTENCE)} />
            <RecipientForm draft={NewRecipient::default()} cancel={Route::Recipients} />
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
    let Steady { loading, differs } = use_steady(id, calls::READ.of(id));
    loading.show(skeleton(5), |answer| {
        let recipient = &answer.value;
        let crumbs = vec![
            crumb(words),
            Crumb {
                text: called(recipient).into(),
                to: Route::Recipient { id },
            },
        ];
        let key = answer.etag.clone().unwrap_or_default();
        let version = Version {
            id,
            etag: answer.etag.clone(),
        };
        html! {
            <>
                <PageHead {crumbs} title={words.say(texts::EDIT_TITLE)} />
                <RecipientForm {key} draft={draft_of(recipient)} {version} differs={differs.clone()}
                    cancel={Route::Recipient { id }} reload={loading.reload.clone()} />
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

/// What is changed, and the version that was read.
#[derive(Clone, Debug, PartialEq)]
struct Version {
    id: i64,
    etag: Option<String>,
}

#[derive(PartialEq, Properties)]
struct RecipientFormProps {
    draft: NewRecipient,
    /// None for a new recipient.
    #[prop_or_default]
    version: Option<Version>,
    cancel: Route,
    #[prop_or_default]
    reload: Option<Callback<()>>,
    #[prop_or_default]
    differs: Callback<bool>,
}

#[component]
fn RecipientForm(props: &RecipientFormProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let form = use_form(props.draft.clone(), |draft| draft.check().map(drop));
    use_differs(&form, &props.differs);
    let version = props.version.clone();

    let submit = {
        let (form, version) = (form.clone(), version.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts, go, version) =
                (client.clone(), toasts.clone(), go.clone(), version.clone());
            let key = form.key();
            form.submit(&event, move |draft| async move {
                let (call, said) = match version {
                    None => (calls::create(&draft).once(&key), texts::CREATED),
                    Some(Version { id, etag }) => {
                        (calls::change(id, draft, etag.as_deref()), texts::SAVED)
                    }
                };
                let saved = client.call(call).await?;
                toasts.done(Saying::Filled(said, vec![("name", called(&saved.value))]));
                go.saved(Route::Recipient { id: saved.value.id });
                Ok(())
            });
        })
    };
    let text = if version.is_none() { texts::ADD } else { SAVE };
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
            <FormFoot outcome={form.outcome()} cancel={props.cancel.clone()} {text} reload={props.reload.clone()} />
        </form>
    }
}
