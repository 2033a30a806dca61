//! What one can do with a mailing: its buttons, and the dialogs that say what will happen.

mod dialogs;

use contract::mailings::{MailingStatus, MailingView};
use contract::permissions::Permission;
use yew::prelude::*;

use super::calls;
use super::texts::details as texts;
use crate::client::use_act;
use crate::i18n::texts::{DELETE, DUPLICATE, EDIT};
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::session::{Person, use_person};
use crate::ui::{
    Button, Icon, IconView, Link, Look, More, MoreEntry, use_asking, use_go, use_toasts,
};
use dialogs::{DeleteDialog, SendDialog, StopDialog};

/// What this person may do with this mailing as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Allowed {
    send: bool,
    pause: bool,
    resume: bool,
    edit: bool,
    stop: bool,
    duplicate: bool,
    delete: bool,
}

impl Allowed {
    fn of(person: &Person, mailing: &MailingView) -> Self {
        let owner = mailing.owner.id;
        let own = owner == person.me.id && person.may(Permission::KeepOwnMailings);
        let changes = person.may_change(owner);
        let going = matches!(
            mailing.status,
            MailingStatus::Created | MailingStatus::Running
        );
        let final_now = mailing.status == MailingStatus::Completed;
        Self {
            send: going && (own || person.may(Permission::SendAnyMailing)),
            pause: going && changes,
            resume: changes && mailing.status == MailingStatus::Paused,
            edit: changes && !final_now,
            stop: !final_now && (own || person.may(Permission::StopAnyMailing)),
            duplicate: changes,
            delete: changes,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Send,
    Stop,
    Delete,
}

#[derive(PartialEq, Properties)]
pub struct ActsProps {
    pub mailing: MailingView,
    pub etag: Option<String>,
    /// Something was done: the mailing is to be read again.
    pub changed: Callback<()>,
}

#[component]
pub fn Acts(props: &ActsProps) -> Html {
    let words = use_words();
    let person = use_person();
    let toasts = use_toasts();
    let go = use_go();
    let act = use_act();
    let asking = use_asking::<Asking>();
    let id = props.mailing.id;
    {
        let toasts = toasts.clone();
        use_effect_with(act.failure(), move |failure| {
            if let Some(error) = failure {
                toasts.failed(error.saying());
            }
        });
    }
    let Some(allowed) = person
        .as_ref()
        .map(|person| Allowed::of(person, &props.mailing))
    else {
        return Html::default();
    };

    let at_once = |operation: &crate::client::Operation<MailingView>, said: Saying| {
        let (act, toasts, changed) = (act.clone(), toasts.clone(), props.changed.clone());
        let call = operation.of(id);
        Callback::from(move |()| {
            let (toasts, changed, said) = (toasts.clone(), changed.clone(), said.clone());
            act.run(call.clone(), move |_| {
                toasts.done(said);
                changed.emit(());
            });
        })
    };
    let duplicate = {
        let (act, toasts, go) = (act.clone(), toasts.clone(), go.clone());
        Callback::from(move |()| {
            let (toasts, go) = (toasts.clone(), go.clone());
            act.run(calls::DUPLICATE.of(id), move |copy| {
                toasts.done(texts::COPIED_NOW);
                go.to(Route::Mailing { id: copy.value.id });
            });
        })
    };

    let mut more = Vec::new();
    let mut entry = |allowed, icon, text, danger, act| {
        if allowed {
            more.push(MoreEntry {
                icon,
                text: words.say(text),
                danger,
                act,
            });
        }
    };
    let copy_is_first = allowed.duplicate && props.mailing.status == MailingStatus::Completed;
    entry(
        allowed.duplicate && !copy_is_first,
        Icon::Copy,
        DUPLICATE,
        false,
        duplicate.clone(),
    );
    // One who may do little sees that little as buttons.
    let stop_is_shown = allowed.stop && !allowed.edit;
    entry(
        allowed.stop && !stop_is_shown,
        Icon::StopCircle,
        texts::STOP,
        true,
        asking.ask(Asking::Stop),
    );
    entry(
        allowed.delete,
        Icon::Trash,
        DELETE,
        true,
        asking.ask(Asking::Delete),
    );

    let send_text = if props.mailing.runs > 0 {
        texts::SEND_AGAIN
    } else {
        texts::SEND_NOW
    };
    let busy = act.is_busy();
    html! {
        <>
            if !more.is_empty() {
                <More entries={more} />
            }
            if stop_is_shown {
                <Button icon={Icon::StopCircle} text={words.say(texts::STOP)} onclick={asking.ask(Asking::Stop)} />
            }
            if allowed.edit {
                <Link to={Route::EditMailing { id }} class="button"><IconView icon={Icon::Pencil} />{ words.say(EDIT) }</Link>
            }
            if allowed.pause {
                <Button icon={Icon::Pause} text={words.say(texts::PAUSE)} disabled={busy}
                    onclick={at_once(&calls::PAUSE, texts::PAUSED_NOW.into())} />
            }
            if allowed.resume {
                <Button look={Look::Primary} icon={Icon::Play} text={words.say(texts::RESUME)} disabled={busy}
                    onclick={at_once(&calls::RESUME, texts::RESUMED_NOW.into())} />
            }
            if copy_is_first {
                <Button look={Look::Primary} icon={Icon::Copy} text={words.say(DUPLICATE)} disabled={busy} onclick={duplicate} />
            }
            if allowed.send {
                <Button look={Look::Primary} icon={Icon::Send} text={words.say(send_text)} disabled={busy} onclick={asking.ask(Asking::Send)} />
            }
            if let Some(what) = asking.now {
                { dialog(what, props, asking.close.clone()) }
            }
        </>
    }
}

fn dialog(what: Asking, props: &ActsProps, on_close: Callback<()>) -> Html {
    let ActsProps {
        mailing,
        etag,
        changed,
    } = props;
    let (mailing, changed) = (mailing.clone(), changed.clone());
    match what {
        Asking::Send => html! { <SendDialog {mailing} {changed} {on_close} /> },
        Asking::Stop => html! { <StopDialog {mailing} {changed} {on_close} /> },
        Asking::Delete => html! { <DeleteDialog {mailing} etag={etag.clone()} {on_close} /> },
    }
}

#[cfg(test)]
mod tests {
    use contract::permissions::Role;

    use super::*;
    use crate::mailings::form::example;
    use crate::session::tests::person;

    fn allowed(role: Role, id: i64, status: MailingStatus) -> Allowed {
        let mailing = MailingView {
            status,
            ..example()
        };
        Allowed::of(&person(role, id), &mailing)
    }

    #[test]
    fn a_manager_sends_and_stops_and_edits_nothing() {
        let manager = allowed(Role::Manager, 9, MailingStatus::Running);
        assert!(manager.send && manager.stop);
        assert!(!manager.edit && !manager.pause && !manager.delete && !manager.duplicate);
    }

    #[test]
    fn an_owner_does_it_all_until_it_is_completed() {
        let owner = example().owner.id;
        let running = allowed(Role::User, owner, MailingStatus::Running);
        assert!(running.send && running.pause && running.edit && running.stop && running.delete);
        let completed = allowed(Role::User, owner, MailingStatus::Completed);
        assert!(completed.duplicate && completed.delete);
        assert!(!completed.send && !completed.edit && !completed.stop && !completed.resume);
    }
}
