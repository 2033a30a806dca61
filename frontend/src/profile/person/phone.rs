//! One's phone: a number is kept once a code that was sent to it has come back.

use contract::accounts::phone::{PHONE_CODE_DIGITS, Phone, PhoneCheckState, PhoneCheckView};
use contract::problem::{ErrorCode, FieldCode, FieldError, FieldErrors};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::PersonProps;
use crate::client::{use_act, use_client, use_loaded};
use crate::i18n::texts::{CANCEL, EDIT};
use crate::i18n::{Text, use_words};
use crate::profile::setting::Setting;
use crate::profile::{calls, texts};
use crate::session::use_session;
use crate::ui::countdown::as_clock;
use crate::ui::form::{SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Button, Icon, Notice, Pill, Tone, use_countdown, use_every, use_toasts};

/// While a code waits to be sent.
const LOOK_EVERY_MS: u32 = 2_000;

#[component]
pub fn PhoneSetting(props: &PersonProps) -> Html {
    let words = use_words();
    let me = &props.person.me;
    let check = use_loaded(calls::PHONE_CHECK.call());
    let typing = use_state(|| false);
    let sending = check
        .value()
        .is_some_and(|check| check.state == PhoneCheckState::Sending);
    use_every(LOOK_EVERY_MS, sending, check.reload.clone());
    let open = {
        let typing = typing.clone();
        Callback::from(move |()| typing.set(true))
    };
    let close = {
        let typing = typing.clone();
        Callback::from(move |()| typing.set(false))
    };
    let moved = {
        let (typing, reload) = (typing.clone(), check.reload.clone());
        Callback::from(move |()| {
            typing.set(false);
            reload.emit(());
        })
    };
    let can_check = props.person.instance.sends_sms;
    html! {
        <Setting title={words.say(texts::PHONE)} sentence={words.say(texts::PHONE_SENTENCE)}>
            if let Some(phone) = &me.phone {
                <Known phone={phone.clone()} verified={me.phone_verified_at.is_some()}
                    other={(can_check && !*typing && check.value().is_none()).then(|| open.clone())} />
            }
            if !can_check && me.phone.is_none() {
                <p class="muted">{ words.say(texts::NO_SMS) }</p>
            } else if *typing {
                <Number {moved} {close} />
            } else if let Some(under_way) = check.value() {
                <Check check={under_way.clone()} {moved} other={open} captured={props.person.instance.captures_mail} />
            } else if me.phone.is_none() {
                <Button icon={Icon::Phone} text={words.say(texts::ADD_PHONE)} onclick={open} />
            }
        </Setting>
    }
}

#[derive(PartialEq, Properties)]
struct KnownProps {
    phone: String,
    verified: bool,
    /// To another number, where that is possible now.
    other: Option<Callback<()>>,
}

#[component]
fn Known(props: &KnownProps) -> Html {
    let words = use_words();
    let session = use_session();
    let toasts = use_toasts();
    let act = use_act();
    let remove = {
        let act = act.clone();
        Callback::from(move |()| {
            let (session, toasts) = (session.clone(), toasts.clone());
            act.run(calls::REMOVE_PHONE.call(), move |_| {
                toasts.done(texts::PHONE_REMOVED);
                if let Some(session) = session {
                    spawn_local(async move {
                        // Where this fails, the next load of the page tells.
                        let _ = session.refresh().await;
                    });
                }
            });
        })
    };
    html! {
        <>
            <div class="setting-value">
                <b>{ props.phone.clone() }</b>
                if props.verified {
                    <Pill tone={Tone::Sent} text={words.say(texts::PHONE_VERIFIED)} />
                }
                if let Some(other) = &props.other {
                    <Button text={words.say(EDIT)} onclick={other.clone()} />
                }
                <Button text={words.say(texts::REMOVE_PHONE)} onclick={remove} disabled={act.is_busy()} />
            </div>
            if let Some(error) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct NumberProps {
    moved: Callback<()>,
    close: Callback<()>,
}

/// Asks for a number, and for a code to it.
#[component]
fn Number(props: &NumberProps) -> Html {
    let words = use_words();
    let client = use_client();
    let form = use_unguarded_form(String::new(), check_number);
    let submit = {
        let (form, moved) = (form.clone(), props.moved.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, moved) = (client.clone(), moved.clone());
            form.submit(&event, move |phone| async move {
                client.call(calls::begin_phone(phone)).await?;
                moved.emit(());
                Ok(())
            });
        })
    };
    html! {
        <form class="form" onsubmit={submit} novalidate=true>
            <TextField label={texts::PHONE_NUMBER} kind="tel" autocomplete="tel" autofocus=true placeholder="+7 921 123-45-67"
                hint={words.say(texts::PHONE_NUMBER_HINT)}
                bound={form.bind("phone", |phone| phone.clone(), |draft, phone| *draft = phone)} />
            if let Some(error) = form.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            <div class="form-buttons">
                <SubmitButton saving={form.is_saving()} text={texts::SEND_CODE} saving_text={texts::SENDING} />
                <Button text={words.say(CANCEL)} onclick={props.close.clone()} />
            </div>
        </form>
    }
}

#[derive(PartialEq, Properties)]
struct CheckProps {
    check: PhoneCheckView,
    moved: Callback<()>,
    /// To another number.
    other: Callback<()>,
    /// The message is kept where an administrator reads it, instead of being sent.
    captured: bool,
}

/// A code is on its way, or there already.
#[component]
fn Check(props: &CheckProps) -> Html {
    let words = use_words();
    let client = use_client();
    let session = use_session();
    let toasts = use_toasts();
    let act = use_act();
    let form = use_unguarded_form(String::new(), check_code);
    let check = &props.check;
    let left = use_countdown(Some(check.again_at));
    let submit = {
        let (form, moved) = (form.clone(), props.moved.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, session, toasts) = (client.clone(), session.clone(), toasts.clone());
            let moved = moved.clone();
            form.submit(&event, move |code| async move {
                let code = code.split_whitespace().collect();
                let confirmed = client.call(calls::confirm_phone(code)).await;
                // Also after a wrong code: the last one ends the check, and with it this form.
                moved.emit(());
                let me = confirmed.inspect_err(|error| {
                    let errors = error.field_errors();
                    if errors.of("code").iter().any(|error| error.limit == Some(0)) {
                        toasts.failed(texts::NO_TRIES_LEFT);
                    }
                })?;
                toasts.done(texts::PHONE_DONE);
                if let Some(session) = session {
                    session.now_is(me.value.clone());
                }
                Ok(())
            });
        })
    };
    let again = {
        let (act, moved) = (act.clone(), props.moved.clone());
        let call = calls::begin_phone(check.phone.clone());
        Callback::from(move |()| {
            let moved = moved.clone();
            act.run(call.clone(), move |_| moved.emit(()));
        })
    };
    let again_text = if left > 0 {
        words.fill(texts::CODE_AGAIN_IN, &[("time", &as_clock(left))])
    } else {
        words.say(texts::CODE_AGAIN)
    };
    let (tone, state) = state_words(check.state);
    let failure = form
        .failure()
        .filter(|error| error.code() != Some(ErrorCode::Invalid));
    let hopeless = matches!(
        check.state,
        PhoneCheckState::NumberRefused | PhoneCheckState::Failed
    );
    let hint = words.count(texts::TRIES_LEFT, check.tries_left.into());
    html! {
        <>
            <div class="setting-value">
                <b>{ check.phone.clone() }</b>
                <Pill {tone} text={words.say(state)} />
            </div>
            if let Some(why) = why_not_sent(check.state) {
                <Notice tone={Tone::Failed}>{ words.say(why) }</Notice>
            }
            if props.captured {
                <Notice tone={Tone::Skipped}>{ words.say(texts::SMS_IS_CAPTURED) }</Notice>
            }
            <form class="form" onsubmit={submit} novalidate=true>
                if !hopeless {
                    <div class="code-input">
                        <TextField label={texts::PHONE_CODE} autocomplete="one-time-code" inputmode="numeric" monospace=true autofocus=true {hint}
                            bound={form.bind("code", |code| code.clone(), |draft, code| *draft = code)} />
                    </div>
                }
                if let Some(error) = failure.or_else(|| act.failure()) {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <div class="form-buttons">
                    if !hopeless {
                        <SubmitButton saving={form.is_saving()} text={texts::CONFIRM_PHONE} saving_text={texts::CONFIRMING} />
                    }
                    <Button text={again_text} onclick={again} disabled={left > 0 || act.is_busy()} />
                    <Button text={words.say(texts::OTHER_PHONE)} onclick={props.other.clone()} />
                </div>
            </form>
        </>
    }
}

const fn state_words(state: PhoneCheckState) -> (Tone, Text) {
    match state {
        PhoneCheckState::Sending => (Tone::Running, texts::CODE_SENDING),
        PhoneCheckState::Sent => (Tone::Queued, texts::CODE_SENT),
        PhoneCheckState::NumberRefused => (Tone::Failed, texts::CODE_REFUSED),
        PhoneCheckState::Failed => (Tone::Failed, texts::CODE_FAILED),
    }
}

const fn why_not_sent(state: PhoneCheckState) -> Option<Text> {
    match state {
        PhoneCheckState::Sending | PhoneCheckState::Sent => None,
        PhoneCheckState::NumberRefused => Some(texts::CODE_REFUSED_WHY),
        PhoneCheckState::Failed => Some(texts::CODE_FAILED_WHY),
    }
}

#[expect(clippy::ptr_arg, reason = "a form's check takes its draft as it is")]
fn check_number(phone: &String) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("phone", Phone::parse(phone));
    errors.finish()
}

/// What is no code need not cost a try.
#[expect(clippy::ptr_arg, reason = "a form's check takes its draft as it is")]
fn check_code(code: &String) -> Result<(), FieldErrors> {
    let code: String = code.split_whitespace().collect();
    let error = if code.is_empty() {
        FieldError::new(FieldCode::Required, "must not be empty")
    } else if code.len() != PHONE_CODE_DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        FieldError::new(FieldCode::WrongType, "must be six digits")
    } else {
        return Ok(());
    };
    Err(FieldErrors::one("code", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_code_costs_no_try() {
        assert!(check_code(&"123 456".to_owned()).is_ok());
        for wrong in ["", "12345", "1234567", "12345a"] {
            assert!(check_code(&wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
