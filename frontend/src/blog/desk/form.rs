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
use super::saving::{Saving, Standing};
use super::texts;
use crate::client::{Answer, use_client};
use crate::i18n::{Text, texts as common, use_words};
use crate::routes::Route;
use crate::ui::form::{Form, FormFoot, TextField, use_form};
use crate::ui::time::now;
use crate::ui::{use_go, use_toasts, zone};

#[derive(PartialEq, Properties)]
pub struct ArticleFormProps {
    /// A new article, or what the service has of one.
    pub draft: Draft,
    #[prop_or_default]
    pub readings: u64,
    /// Hears what the service has after saving.
    #[prop_or_default]
    pub saved: Callback<Rc<Answer<ArticleSource>>>,
    /// Asks what the service has now. None for a new article.
    #[prop_or_default]
    pub reload: Option<Callback<()>>,
}

#[component]
pub fn ArticleForm(props: &ArticleFormProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let form = use_form(props.draft.clone(), |draft| {
        draft.article(zone::instant).map(drop)
    });
    let reload = use_newest(&form, props);
    let is_half_done = use_state_eq(|| false);
    let is_new = props.draft.version.is_none();
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
                    held_for={words.say(texts::WAITS_FOR_PICTURE)} {reload} />
            </form>
            <Preview {draft} readings={props.readings} />
        </div>
    }
}

/// Takes the newest version into the form that stands while there is nothing unsaved in it: the cursor stays where it
/// was. Gives what asks for it at the price of what is unsaved.
#[hook]
fn use_newest(form: &Form<Draft>, props: &ArticleFormProps) -> Option<Callback<()>> {
    let is_given_up = use_state_eq(|| false);
    let newest = &props.draft;
    let standing = Standing {
        is_newer: newest.version.is_some() && newest.version != form.draft().version,
        is_saving: form.is_saving(),
        is_unsaved: form.is_changed() || form.is_held(),
        is_given_up: *is_given_up,
    };
    {
        let (form, newest) = (form.clone(), newest.clone());
        let is_given_up = is_given_up.setter();
        let version = newest.version.clone();
        use_effect_with(
            (standing.takes_newer(), version),
            move |(takes_newer, _)| {
                if *takes_newer {
                    is_given_up.set(false);
                    form.begin(newest);
                }
            },
        );
    }
    let reload = props.reload.clone()?;
    Some(Callback::from(move |()| {
        is_given_up.set(true);
        reload.emit(());
    }))
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
