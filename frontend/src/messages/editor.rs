//! The screens around the message's form: a new one, one's own, and one that belongs to somebody else.

use contract::messages::{MessageView, NewMessage};
use contract::permissions::Permission;
use yew::prelude::*;

use super::actions::{DuplicateMessage, MessageActions};
use super::form::{MessageForm, Version};
use super::preview::Preview;
use super::{calls, texts};
use crate::client::{Steady, use_steady};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::{Crumb, Notice, PageHead, Pill, Tone, owner_called, skeleton};

#[component]
pub fn NewMessageEditor() -> Html {
    let words = use_words();
    let head = html! {
        <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)} sentence={words.say(texts::NEW_SENTENCE)} />
    };
    html! { <>{ head }<MessageForm draft={NewMessage::default()} /></> }
}

#[derive(PartialEq, Properties)]
pub struct MessageEditorProps {
    pub id: i64,
}

#[component]
pub fn MessageEditor(props: &MessageEditorProps) -> Html {
    let words = use_words();
    let person = use_person();
    let Steady { loading, differs } = use_steady(props.id, calls::READ.of(props.id));
    let unsaved = use_state_eq(|| false);
    let differs = {
        let unsaved = unsaved.setter();
        Callback::from(move |is_unsaved| {
            unsaved.set(is_unsaved);
            differs.emit(is_unsaved);
        })
    };
    let may = |permission| person.as_ref().is_some_and(|person| person.may(permission));
    loading.show(skeleton(6), |answer| {
        let message = &answer.value;
        let may_change = person.as_ref().is_some_and(|person| person.may_change(message.owner.id));
        let may_copy = may(Permission::KeepOwnMailings);
        let status = message.shared.then(|| html! { <Pill tone={Tone::Running} text={words.say(texts::SHARED_ONE)} /> });
        let used = match message.used_by {
            0 => words.say(texts::NOT_USED_NOW),
            n => words.count(texts::USED_NOW, n),
        };
        let key = answer.etag.clone().unwrap_or_default();
        html! {
            <>
                <PageHead crumbs={vec![crumb(words)]} title={message.subject.clone()} {status} sentence={used}>
                    if may_copy {
                        <DuplicateMessage id={message.id} />
                    }
                    if may_change {
                        <MessageActions message={message.clone()} unsaved={*unsaved} />
                    }
                </PageHead>
                if may_change {
                    <MessageForm {key} draft={draft_of(message)} saved={loading.take.clone()}
                        reload={loading.reload.clone()} {differs}
                        version={Version { id: message.id, etag: answer.etag.clone() }} />
                } else {
                    <ReadOnly message={message.clone()} {may_copy} />
                }
            </>
        }
    })
}

#[derive(PartialEq, Properties)]
struct ReadOnlyProps {
    message: MessageView,
    may_copy: bool,
}

/// Somebody else's message: to look at.
#[component]
fn ReadOnly(props: &ReadOnlyProps) -> Html {
    let words = use_words();
    let owner = owner_called(&props.message.owner);
    let text = if props.may_copy {
        texts::READ_ONLY
    } else {
        texts::READ_ONLY_SEE
    };
    html! {
        <div class="read-only">
            <Notice tone={Tone::Queued}>{ words.fill(text, &[("owner", &owner)]) }</Notice>
            <Preview draft={draft_of(&props.message)} />
        </div>
    }
}

fn crumb(words: Words) -> Crumb {
    Crumb {
        text: words.say(texts::TITLE),
        to: Route::Messages,
    }
}

fn draft_of(message: &MessageView) -> NewMessage {
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
