//! The form of a message, with its preview beside.

use std::rc::Rc;

use contract::messages::{Format, MessageView, NewMessage};
use yew::prelude::*;

use super::preview::Preview;
use super::sms::SmsField;
use super::toolbar::{Toolbar, VariableMenu};
use super::{calls, texts};
use crate::client::{Answer, use_client};
use crate::i18n::{Text, use_words};
use crate::routes::Route;
use crate::ui::form::{Choice, Form, FormFoot, Known, Switch, TextField};
use crate::ui::{use_go, use_toasts};

const FORMATS: [(Format, &str, Text); 3] = [
    (Format::Markdown, "markdown", texts::MARKDOWN),
    (Format::Html, "html", texts::HTML),
    (Format::Text, "text", texts::TEXT),
];

#[derive(PartialEq, Properties)]
pub struct MessageFormProps {
    pub form: Form<NewMessage>,
    /// Hears what the service has after a change.
    #[prop_or_default]
    pub saved: Callback<Rc<Answer<MessageView>>>,
}

#[component]
pub fn MessageForm(props: &MessageFormProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let MessageFormProps { form, saved } = props;
    let subject = use_node_ref();
    let body = use_node_ref();
    let draft = form.draft().clone();

    let submit = {
        let (form, saved) = (form.clone(), saved.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts, go) = (client.clone(), toasts.clone(), go.clone());
            let (kept, heard) = (form.clone(), saved.clone());
            form.submit(&event, move |draft| async move {
                let Some(version) = kept.version() else {
                    let call = calls::create(&draft).once(&kept.key());
                    let made = client.call(call).await?;
                    toasts.done(texts::CREATED);
                    go.saved(Route::Message { id: made.value.id });
                    return Ok(());
                };
                let answer = client.call(calls::change(version, draft)).await?;
                kept.keep(known(&answer), |_| ());
                heard.emit(answer);
                toasts.done(texts::SAVED);
                Ok(())
            });
        })
    };
    let choose_format = {
        let form = form.clone();
        Callback::from(move |format| form.change("format", move |draft| draft.format = format))
    };
    let share = {
        let form = form.clone();
        Callback::from(move |shared| form.change("shared", move |draft| draft.shared = shared))
    };
    let formats = FORMATS.map(|(format, word, text)| (format, word, words.say(text)));
    html! {
        <div class="editor">
            <form class="panel form" onsubmit={submit} novalidate=true>
                <TextField label={texts::SUBJECT} input={subject.clone()} autofocus={form.version().is_none()}
                    bound={form.bind("subject", |draft| draft.subject.clone(), |draft, subject| draft.subject = subject)}
                    beside={html! { <VariableMenu input={subject} /> }} />
                <Choice<Format> label={words.say(texts::FORMAT)} name="format" value={draft.format} change={choose_format}
                    options={formats.to_vec()} hint={words.say(texts::FORMAT_HINT)} disabled={form.is_saving()} />
                <TextField label={texts::BODY} rows=16 input={body.clone()} monospace={draft.format != Format::Text}
                    above={html! { <Toolbar format={draft.format} area={body} /> }}
                    bound={form.bind("body", |draft| draft.body.clone(), |draft, body| draft.body = body)} />
                <SmsField form={form.clone()} />
                <Switch name="shared" label={words.say(texts::SHARED_LABEL)} hint={words.say(texts::SHARED_HINT)}
                    on={draft.shared} change={share} disabled={form.is_saving()} />
                <FormFoot outcome={form.outcome()} cancel={Route::Messages} />
            </form>
            <Preview {draft} />
        </div>
    }
}

/// What the form holds of a message that the service has.
pub fn known(answer: &Answer<MessageView>) -> Known<NewMessage> {
    Known {
        draft: draft_of(&answer.value),
        version: Some(answer.version(answer.value.id)),
    }
}

pub fn draft_of(message: &MessageView) -> NewMessage {
    let MessageView {
        subject,
        body,
        format,
        shared,
        sms_text,
        id: _,
        owner: _,
        used_by: _,
        created_at: _,
        updated_at: _,
    } = message;
    NewMessage {
        subject: subject.clone(),
        body: body.clone(),
        format: *format,
        shared: *shared,
        sms_text: sms_text.clone(),
    }
}
