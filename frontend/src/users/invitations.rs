//! Invitations that were not taken yet.

pub mod calls;
mod invite;

use contract::accounts::sign_up::{InvitationView, NewInvitation};
use yew::prelude::*;

use super::texts::invitations as texts;
use crate::client::{use_act, use_loaded};
use crate::i18n::{Saying, use_words};
use crate::ui::list::{Column, List, ListView};
use crate::ui::{ActDialog, Button, Empty, Icon, Look, Stamp, use_asking, use_toasts};
use invite::InviteDialog;

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
    let asking = use_asking::<Asking>();
    let invite = asking.ask(Asking::Invite);
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
            let withdraw = asking.ask(Asking::Withdraw(invitation.clone()));
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
            { match asking.now.clone() {
                None => Html::default(),
                Some(Asking::Invite) => html! { <InviteDialog {done} on_close={asking.close.clone()} /> },
                Some(Asking::Withdraw(InvitationView { id, email, .. })) => html! {
                    <ActDialog<()> call={calls::WITHDRAW.of(id)} title={words.fill(texts::WITHDRAW_TITLE, &[("email", &email)])}
                        act={words.say(texts::WITHDRAW_ACT)} said={Saying::Filled(texts::WITHDRAWN_NOW, vec![("email", email)])}
                        on_done={done.reform(|_| ())} on_close={asking.close.clone()}>
                        <p>{ words.say(texts::WITHDRAW_BODY) }</p>
                    </ActDialog<()>>
                },
            } }
        </>
    }
}
