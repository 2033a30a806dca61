//! Why nothing goes to an address: a mail server refused it for good, which can be lifted, or its owner wants no
//! more letters.

use contract::recipients::{RecipientView, Suppression};
use yew::prelude::*;

use super::{calls, texts};
use crate::client::use_act;
use crate::delivery::{answer, refusal_meaning};
use crate::i18n::texts::CANCEL;
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::time::{self, Form};
use crate::ui::{Button, Code, Dialog, Link, Look, Notice, Tone, use_toasts, use_zone};

#[derive(PartialEq, Properties)]
pub struct SuppressedProps {
    pub recipient: RecipientView,
    /// May this person lift it?
    pub may_change: bool,
    /// It was lifted: the recipient is to be read again.
    pub changed: Callback<()>,
}

/// Nothing, where nothing is suppressed.
#[component]
pub fn Suppressed(props: &SuppressedProps) -> Html {
    let words = use_words();
    let zone = use_zone();
    let asking = use_state(|| false);
    let Some(suppression) = &props.recipient.suppression else {
        return Html::default();
    };
    let Suppression {
        at,
        code,
        response,
        delivery_id,
    } = suppression;
    let date = time::write(words, *at, &zone, Form::Full);
    let ask = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(true))
    };
    let on_close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    html! {
        <>
            <Notice tone={Tone::Failed}>
                <div class="suppressed">
                    <b>{ words.say(texts::SUPPRESSED) }</b>
                    <p>
                        { words.fill(texts::SUPPRESSED_SINCE, &[("date", &date)]) }{ " " }
                        { words.say(refusal_meaning(*code, response)) }
                    </p>
                    <Code text={answer(*code, response)} />
                    <p class="suppressed-steps">
                        if props.may_change {
                            <Button text={words.say(texts::LIFT)} onclick={ask} />
                        }
                        if let Some(id) = delivery_id {
                            <Link to={Route::Delivery { id: *id }}>{ words.say(texts::REFUSED_LETTER) }</Link>
                        }
                    </p>
                </div>
            </Notice>
            if *asking {
                <LiftDialog recipient={props.recipient.clone()} changed={props.changed.clone()} {on_close} />
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct UnsubscribedProps {
    pub recipient: RecipientView,
}

/// A note, where the recipient wants no more letters: only they take that back.
#[component]
pub fn Unsubscribed(props: &UnsubscribedProps) -> Html {
    let words = use_words();
    let zone = use_zone();
    let Some(at) = props.recipient.unsubscribed_at else {
        return Html::default();
    };
    let date = time::write(words, at, &zone, Form::Full);
    html! {
        <Notice tone={Tone::Skipped}>
            <b>{ words.fill(texts::UNSUBSCRIBED_SINCE, &[("date", &date)]) }</b>{ " " }
            { words.say(texts::UNSUBSCRIBED_HINT) }
        </Notice>
    }
}

#[derive(PartialEq, Properties)]
struct LiftProps {
    recipient: RecipientView,
    changed: Callback<()>,
    on_close: Callback<()>,
}

#[component]
fn LiftDialog(props: &LiftProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let act = use_act();
    let email = props.recipient.email.clone();
    let confirm = {
        let (act, toasts, email) = (act.clone(), toasts.clone(), email.clone());
        let (changed, close) = (props.changed.clone(), props.on_close.clone());
        let call = calls::LIFT.of(props.recipient.id);
        Callback::from(move |()| {
            let (toasts, changed, close) = (toasts.clone(), changed.clone(), close.clone());
            let said = Saying::Filled(texts::LIFTED, vec![("email", email.clone())]);
            act.run(call.clone(), move |_| {
                toasts.done(said);
                close.emit(());
                changed.emit(());
            });
        })
    };
    let busy = act.is_busy();
    let actions = html! {
        <>
            <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={busy} />
            <Button look={Look::Primary} text={words.say(texts::LIFT)} onclick={confirm} disabled={busy} />
        </>
    };
    html! {
        <Dialog title={words.fill(texts::LIFT_TITLE, &[("email", &email)])} on_close={props.on_close.clone()} {actions}>
            <p>{ words.say(texts::LIFT_GOES) }</p>
            <p class="muted">{ words.say(texts::LIFT_WARNING) }</p>
            if let Some(failure) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
            }
        </Dialog>
    }
}
