//! Why nothing goes to an address: a mail server refused it for good, which can be lifted, or its owner wants no
//! more letters.

use contract::recipients::{RecipientView, Suppression};
use yew::prelude::*;

use super::{calls, texts};
use crate::delivery::{answer, refusal_meaning};
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::time::{self, Form};
use crate::ui::{ActDialog, Button, Code, Link, Look, Notice, Tone, use_asking, use_zone};

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
    let asking = use_asking::<()>();
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
                            <Button text={words.say(texts::LIFT)} onclick={asking.ask(())} />
                        }
                        if let Some(id) = delivery_id {
                            <Link to={Route::Delivery { id: *id }}>{ words.say(texts::REFUSED_LETTER) }</Link>
                        }
                    </p>
                </div>
            </Notice>
            if asking.is_open() {
                <LiftDialog recipient={props.recipient.clone()} changed={props.changed.clone()} on_close={asking.close} />
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
    let RecipientView { id, email, .. } = &props.recipient;
    html! {
        <ActDialog<()> call={calls::LIFT.of(*id)} title={words.fill(texts::LIFT_TITLE, &[("email", email)])}
            act={words.say(texts::LIFT)} look={Look::Primary} said={Saying::Filled(texts::LIFTED, vec![("email", email.clone())])}
            on_done={props.changed.reform(|_| ())} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::LIFT_GOES) }</p>
            <p class="muted">{ words.say(texts::LIFT_WARNING) }</p>
        </ActDialog<()>>
    }
}
