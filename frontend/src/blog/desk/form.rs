//! The form of an article, with its preview beside.

use std::rc::Rc;

use contract::blog::ArticleSource;
use yew::prelude::*;

use super::body::BodyField;
use super::coming::Coming;
use super::draft::Draft;
use super::picture::PictureField;
use super::preview::Preview;
use super::publication::PublicationFields;
use super::saving::Saving;
use super::texts;
use crate::client::{Answer, use_client};
use crate::i18n::{Text, texts as common, use_words};
use crate::routes::Route;
use crate::ui::form::{Form, FormFoot, TextField};
use crate::ui::time::now;
use crate::ui::{use_go, use_toasts, zone};

#[derive(PartialEq, Properties)]
pub struct ArticleFormProps {
    pub form: Form<Draft>,
    /// It goes on to its own page once it is saved.
    #[prop_or_default]
    pub is_new: bool,
    #[prop_or_default]
    pub readings: u64,
    /// Hears what the service has after saving.
    #[prop_or_default]
    pub saved: Callback<Rc<Answer<ArticleSource>>>,
}

#[component]
pub fn ArticleForm(props: &ArticleFormProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let ArticleFormProps { form, is_new, .. } = props;
    let is_new = *is_new;
    let is_half_done = use_state_eq(|| false);
    let draft = form.draft().clone();
    let submit = {
        let (form, saved, half) = (form.clone(), props.saved.clone(), is_half_done.clone());
        Callback::from(move |event: SubmitEvent| {
            let (toasts, go) = (toasts.clone(), go.clone());
            let half = half.clone();
            let saving = Saving {
                client: client.clone(),
                form: form.clone(),
                saved: saved.clone(),
                half: Callback::from({
                    let half = half.clone();
                    move |()| half.set(true)
                }),
            };
            form.submit(&event, move |draft| async move {
                half.set(false);
                let said = said(&draft);
                let id = saving.run(draft).await?;
                toasts.done(said);
                if is_new {
                    go.saved(Route::EditArticle { id });
                }
                Ok(())
            });
        })
    };
    let failed = match *is_half_done {
        true => texts::NOT_PUBLISHED,
        false => common::NOT_SAVED,
    };
    html! {
        <div class="editor">
            <form class="panel form" onsubmit={submit} novalidate=true>
                <TextField label={texts::TITLE} autofocus={is_new}
                    bound={form.bind("title", |draft| draft.title.clone(), |draft, title| draft.title = title)} />
                <BodyField form={form.clone()} />
                <PictureField form={form.clone()} />
                <TextField label={texts::SUMMARY} rows=3 optional=true hint={words.say(texts::SUMMARY_HINT)}
                    bound={form.bind("summary", |draft| draft.summary.clone(), |draft, summary| draft.summary = summary)} />
                <TextField label={texts::SLUG} optional=true hint={words.fill(texts::SLUG_HINT, &[("slug", &draft.slug())])}
                    placeholder={draft.slug_unless_chosen()}
                    bound={form.bind("slug", |draft| draft.slug.clone(), |draft, slug| draft.slug = slug)} />
                <PublicationFields form={form.clone()} />
                <FormFoot outcome={form.outcome()} cancel={Route::Articles} text={act(&draft)} {failed}
                    held_for={words.say(texts::WAITS_FOR_PICTURE)} />
            </form>
            <Preview {draft} readings={props.readings} />
        </div>
    }
}

/// What the button does.
fn act(draft: &Draft) -> Text {
    match Coming::of(draft, now(), zone::instant) {
        Coming::Draft | Coming::TakenBack => texts::SAVE_DRAFT,
        Coming::AtOnce | Coming::Dated(_) => texts::PUBLISH,
        Coming::Later(_) | Coming::AwayUntil(_) | Coming::Unknown => texts::SCHEDULE,
        Coming::Stays(_) => common::SAVE,
    }
}

/// What was done.
fn said(draft: &Draft) -> Text {
    match Coming::of(draft, now(), zone::instant) {
        Coming::Draft | Coming::TakenBack => texts::SAVED_DRAFT,
        Coming::Later(_) | Coming::AwayUntil(_) | Coming::Unknown => texts::SCHEDULED_DONE,
        Coming::AtOnce | Coming::Dated(_) => texts::PUBLISHED_DONE,
        Coming::Stays(_) => texts::SAVED,
    }
}
