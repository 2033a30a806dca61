//! The form of an article, with its preview beside.

use contract::blog::slug;
use yew::prelude::*;

use super::body::BodyField;
use super::draft::{Draft, When};
use super::picture::PictureField;
use super::preview::Preview;
use super::publication::PublicationFields;
use super::texts;
use crate::blog::calls;
use crate::client::{CallError, Client, use_client};
use crate::i18n::{Text, texts as common, use_words};
use crate::routes::Route;
use crate::ui::form::{Form, FormFoot, TextField, use_form};
use crate::ui::time::now;
use crate::ui::{use_go, use_toasts, zone};

/// What is changed, and the version that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub id: i64,
    pub etag: Option<String>,
    pub readings: u64,
}

#[derive(PartialEq, Properties)]
pub struct ArticleFormProps {
    pub draft: Draft,
    /// None for a new article.
    #[prop_or_default]
    pub version: Option<Version>,
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
    use_newest(&form, props);
    let draft = form.draft().clone();
    let submit = {
        let (form, version, reload) = (form.clone(), props.version.clone(), props.reload.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts, go) = (client.clone(), toasts.clone(), go.clone());
            let (version, reload) = (version.clone(), reload.clone());
            let key = form.key();
            form.submit(&event, move |draft| async move {
                let is_new = version.is_none();
                let said = said(&draft);
                let id = save(&client, draft, version, &key).await?;
                toasts.done(said);
                if is_new {
                    go.saved(Route::EditArticle { id });
                } else if let Some(reload) = reload {
                    reload.emit(());
                }
                Ok(())
            });
        })
    };
    let address = match draft.slug.trim() {
        "" => slug::from_title(&draft.title),
        chosen => chosen.to_owned(),
    };
    let readings = props.version.as_ref().map_or(0, |version| version.readings);
    html! {
        <div class="editor">
            <form class="panel form" onsubmit={submit} novalidate=true>
                <TextField label={texts::TITLE} autofocus={props.version.is_none()}
                    bound={form.bind("title", |draft| draft.title.clone(), |draft, title| draft.title = title)} />
                <BodyField form={form.clone()} />
                <PictureField form={form.clone()} />
                <TextField label={texts::SUMMARY} rows=3 optional=true hint={words.say(texts::SUMMARY_HINT)}
                    bound={form.bind("summary", |draft| draft.summary.clone(), |draft, summary| draft.summary = summary)} />
                <TextField label={texts::SLUG} optional=true hint={words.fill(texts::SLUG_HINT, &[("slug", &address)])}
                    placeholder={slug::from_title(&draft.title)}
                    bound={form.bind("slug", |draft| draft.slug.clone(), |draft, slug| draft.slug = slug)} />
                <PublicationFields form={form.clone()} />
                <FormFoot outcome={form.outcome()} cancel={Route::Articles} text={act(&draft)} reload={props.reload.clone()} />
            </form>
            <Preview {draft} {readings} />
        </div>
    }
}

/// Takes what was loaded anew, as after saving, into the form that stands: the cursor stays where it was.
#[hook]
fn use_newest(form: &Form<Draft>, props: &ArticleFormProps) {
    let etag = props
        .version
        .as_ref()
        .and_then(|version| version.etag.clone());
    let seen = use_mut_ref(|| etag.clone());
    let (form, draft) = (form.clone(), props.draft.clone());
    use_effect_with(etag, move |etag| {
        if *seen.borrow() != *etag {
            seen.borrow_mut().clone_from(etag);
            form.begin(draft);
        }
    });
}

/// Saves it, and publishes it where that was chosen: the service says when now is.
async fn save(
    client: &Client,
    draft: Draft,
    version: Option<Version>,
    key: &str,
) -> Result<i64, CallError> {
    let at_once = draft.when == When::Now;
    // The form has checked it: what could still be wrong is for the service to say.
    let article = draft.article(zone::instant).unwrap_or_default();
    let saved = match version {
        None => client.call(calls::create(&article).once(key)).await?,
        Some(Version { id, etag, .. }) => {
            client
                .call(calls::change(id, article, at_once, etag.as_deref()))
                .await?
        }
    };
    let id = saved.value.id;
    if at_once {
        let publish = calls::PUBLISH.of(id).if_match(saved.etag.as_deref());
        client.call(publish).await?;
    }
    Ok(id)
}

/// What the button does.
fn act(draft: &Draft) -> Text {
    let coming = draft.appears_at(zone::instant).ok().flatten();
    match draft.when {
        When::Draft => texts::SAVE_DRAFT,
        When::Now => texts::PUBLISH,
        When::Later if coming.is_some_and(|at| at <= now()) => texts::PUBLISH,
        When::Later => texts::SCHEDULE,
        When::AsIs => common::SAVE,
    }
}

/// What was done.
fn said(draft: &Draft) -> Text {
    let coming = draft.appears_at(zone::instant).ok().flatten();
    match draft.when {
        When::Draft => texts::SAVED_DRAFT,
        When::Later if coming.is_some_and(|at| at > now()) => texts::SCHEDULED_DONE,
        When::Now | When::Later => texts::PUBLISHED_DONE,
        When::AsIs => texts::SAVED,
    }
}
