//! The screens around the message's form: a new one, one's own, and one that belongs to somebody else.

use contract::messages::{MessageView, NewMessage};
use contract::permissions::Permission;
use contract::problem::FieldErrors;
use yew::prelude::*;

use super::actions::{DuplicateMessage, MessageActions};
use super::form::{MessageForm, draft_of, known};
use super::preview::Preview;
use super::{calls, texts};
use crate::client::use_loaded;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::{use_may, use_person};
use crate::ui::form::{use_form, use_form_over};
use crate::ui::{Crumb, Notice, PageHead, Pill, Tone, owner_called, skeleton};

#[component]
pub fn NewMessageEditor() -> Html {
    let words = use_words();
    let form = use_form(NewMessage::default(), check);
    let head = html! {
        <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)} sentence={words.say(texts::NEW_SENTENCE)} />
    };
    html! { <>{ head }<MessageForm {form} /></> }
}

#[derive(PartialEq, Properties)]
pub struct MessageEditorProps {
    pub id: i64,
}

#[component]
pub fn MessageEditor(props: &MessageEditorProps) -> Html {
    let words = use_words();
    let person = use_person();
    let may = use_may();
    let newest = use_loaded(calls::READ.of(props.id));
    let (loading, form) = use_form_over(
        newest,
        |answer| Some(known(answer)),
        NewMessage::default(),
        check,
    );
    loading.show(skeleton(6), |answer| {
        let message = &answer.value;
        let may_change = person.as_ref().is_some_and(|person| person.may_change(message.owner.id));
        let may_copy = may(Permission::KeepOwnMailings);
        let status = message.shared.then(|| html! { <Pill tone={Tone::Running} text={words.say(texts::SHARED_ONE)} /> });
        let used = match message.used_by {
            0 => words.say(texts::NOT_USED_NOW),
            n => words.count(texts::USED_NOW, n),
        };
        html! {
            <>
                <PageHead crumbs={vec![crumb(words)]} title={message.subject.clone()} {status} sentence={used}>
                    if may_copy {
                        <DuplicateMessage id={message.id} />
                    }
                    if may_change {
                        <MessageActions message={message.clone()} unsaved={form.is_changed()} />
                    }
                </PageHead>
                if may_change {
                    if form.version().is_some() {
                        <MessageForm form={form.clone()} saved={loading.take.clone()} />
                    }
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

fn check(draft: &NewMessage) -> Result<(), FieldErrors> {
    draft.check().map(drop)
}
