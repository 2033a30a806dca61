//! Invitations that were not taken yet, and inviting another person.

pub mod calls;

use contract::accounts::Language;
use contract::accounts::sign_up::{InvitationView, NewInvitation};
use contract::address::Address;
use contract::problem::FieldErrors;
use yew::prelude::*;

use super::texts::details::{ENGLISH, RUSSIAN};
use super::texts::invitations as texts;
use crate::client::{use_act, use_client, use_loaded};
use crate::i18n::texts::CANCEL;
use crate::i18n::{Saying, use_words};
use crate::ui::form::{Choice, SubmitButton, TextField, use_unguarded_form};
use crate::ui::list::{Column, List, ListView};
use crate::ui::{
    Button, ConfirmDialog, Dialog, Empty, Icon, Look, Notice, Stamp, Tone, use_toasts,
};

#[derive(Clone, PartialEq)]
enum Asking {
    Invite,
    Withdraw(InvitationView),
}

#[derive(PartialEq, Properties)]
pub struct InvitationsProps {
    pub list: List,
}

#[component]
pub fn Invitations(props: &InvitationsProps) -> Html {
    let words = use_words();
    let list = &props.list;
    let loading = use_loaded(list.page(calls::LIST.call()));
    let asking = use_state(|| None::<Asking>);
    let ask = {
        let asking = asking.setter();
        Callback::from(move |what: Asking| asking.set(Some(what)))
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    let invite = ask.reform(|()| Asking::Invite);
    let toasts = use_toasts();
    let act = use_act();
    {
        let toasts = toasts.clone();
        use_effect_with(act.failure(), move |failure| {
            if let Some(error) = failure {
                toasts.failed(error.saying());
            }
        });
    }
    let again = |invitation: &InvitationView| {
        let InvitationView {
            email, language, ..
        } = invitation.clone();
        let (act, toasts, reload) = (act.clone(), toasts.clone(), loading.reload.clone());
        Callback::from(move |()| {
            let (toasts, reload, email) = (toasts.clone(), reload.clone(), email.clone());
            let call = calls::invite(&NewInvitation {
                email: email.clone(),
                language,
            });
            act.run(call, move |_| {
                toasts.done(Saying::Filled(texts::INVITED_NOW, vec![("email", email)]));
                reload.emit(());
            });
        })
    };
    let columns = vec![
        Column::new(texts::ADDRESS, |invitation: &InvitationView| {
            html! { <span class="row-main"><b>{ invitation.email.clone() }</b></span> }
        })
        .sorts_by("email"),
        Column::new(texts::INVITED_BY, |invitation: &InvitationView| {
            html! { { invitation.invited_by.clone() } }
        }),
        Column::new(texts::SENT, |invitation: &InvitationView| {
            html! { <Stamp at={invitation.created_at} relative=true /> }
        })
        .sorts_by("created_at"),
        Column::new(texts::EXPIRES, |invitation: &InvitationView| {
            html! { <Stamp at={invitation.expires_at} relative=true /> }
        }),
        Column::new(texts::WITHDRAW, |invitation: &InvitationView| {
            let withdraw = {
                let invitation = invitation.clone();
                ask.reform(move |()| Asking::Withdraw(invitation.clone()))
            };
            html! {
                <>
                    <Button look={Look::Quiet} text={words.say(texts::AGAIN)} onclick={again(invitation)} disabled={act.is_busy()} />
                    <Button text={words.say(texts::WITHDRAW)} onclick={withdraw} />
                </>
            }
        })
        .acts(),
    ];
    let button = |look| html! { <Button {look} icon={Icon::Envelope} text={words.say(texts::INVITE)} onclick={invite.clone()} /> };
    let nothing = list.has_nothing(&loading);
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |invitation| invitation.id,
        name: |invitation| invitation.email.clone(),
        columns,
        search: Some(texts::SEARCH),
        chips: Vec::new(),
        bulk: None,
        beside: if nothing {
            Html::default()
        } else {
            html! {
                <><p class="list-words muted">{ words.say(texts::SENTENCE) }</p>{ button(Look::Plain) }</>
            }
        },
        empty: html! {
            <Empty icon={Icon::Envelope} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(texts::EMPTY_SENTENCE)}>
                { button(Look::Plain) }
            </Empty>
        },
    };
    let done = loading.reload.clone();
    html! {
        <>
            { view.draw() }
            { match &*asking {
                None => Html::default(),
                Some(Asking::Invite) => html! { <InviteDialog {done} {on_close} /> },
                Some(Asking::Withdraw(invitation)) => html! {
                    <WithdrawDialog invitation={invitation.clone()} {done} {on_close} />
                },
            } }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct InviteDialogProps {
    done: Callback<()>,
    on_close: Callback<()>,
}

#[component]
fn InviteDialog(props: &InviteDialogProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let begun = NewInvitation {
        email: String::new(),
        language: words.language,
    };
    let form = use_unguarded_form(begun, check);
    let submit = {
        let form = form.clone();
        let (done, close) = (props.done.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts) = (client.clone(), toasts.clone());
            let (done, close, key) = (done.clone(), close.clone(), form.key());
            form.submit(&event, move |draft| async move {
                client.call(calls::invite(&draft).once(&key)).await?;
                toasts.done(Saying::Filled(
                    texts::INVITED_NOW,
                    vec![("email", draft.email)],
                ));
                close.emit(());
                done.emit(());
                Ok(())
            });
        })
    };
    let choose = {
        let form = form.clone();
        Callback::from(move |language: AttrValue| {
            form.change("language", move |draft| {
                draft.language = language_of(&language)
            })
        })
    };
    html! {
        <Dialog title={words.say(texts::INVITE_TITLE)} on_close={props.on_close.clone()}>
            <form class="form" onsubmit={submit} novalidate=true>
                <p>{ words.say(texts::INVITE_BODY) }</p>
                <TextField label={texts::EMAIL} kind="email" autofocus=true
                    bound={form.bind("email", |draft| draft.email.clone(), |draft, email| draft.email = email)} />
                <Choice label={words.say(texts::LANGUAGE)} name="language" value={language_word(form.draft().language)} change={choose}
                    options={vec![("en".into(), words.say(ENGLISH)), ("ru".into(), words.say(RUSSIAN))]} disabled={form.is_saving()} />
                if let Some(failure) = form.failure() {
                    <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
                }
                <div class="form-buttons form-buttons-end">
                    <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={form.is_saving()} />
                    <SubmitButton saving={form.is_saving()} text={texts::INVITE} />
                </div>
            </form>
        </Dialog>
    }
}

fn check(invitation: &NewInvitation) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("email", Address::parse(&invitation.email));
    errors.finish()
}

pub const fn language_word(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Ru => "ru",
    }
}

pub fn language_of(word: &str) -> Language {
    if word == "ru" {
        Language::Ru
    } else {
        Language::En
    }
}

#[derive(PartialEq, Properties)]
struct WithdrawDialogProps {
    invitation: InvitationView,
    done: Callback<()>,
    on_close: Callback<()>,
}

#[component]
fn WithdrawDialog(props: &WithdrawDialogProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let act = use_act();
    let email = props.invitation.email.clone();
    let confirm = {
        let (act, email) = (act.clone(), email.clone());
        let (done, close) = (props.done.clone(), props.on_close.clone());
        let call = calls::WITHDRAW.of(props.invitation.id);
        Callback::from(move |()| {
            let (toasts, done, close) = (toasts.clone(), done.clone(), close.clone());
            let email = email.clone();
            act.run(call.clone(), move |_| {
                toasts.done(Saying::Filled(texts::WITHDRAWN_NOW, vec![("email", email)]));
                close.emit(());
                done.emit(());
            });
        })
    };
    html! {
        <ConfirmDialog title={words.fill(texts::WITHDRAW_TITLE, &[("email", &email)])} act={words.say(texts::WITHDRAW_ACT)}
            busy={act.is_busy()} failure={act.failure()} on_confirm={confirm} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::WITHDRAW_BODY) }</p>
        </ConfirmDialog>
    }
}
