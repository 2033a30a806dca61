//! A saved message sent to oneself: as a letter to one's own address, or as an SMS to one's own phone.

use contract::messages::{TestLetterResult, TestSmsResult};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::sms::length;
use super::{calls, texts};
use crate::client::{CallError, Client, use_client};
use crate::i18n::texts::CLOSE;
use crate::i18n::{Text, Words, use_words};
use crate::ui::{Button, Code, Dialog, Icon, Notice, Tone, use_toasts};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Letter,
    Sms,
}

/// What became of it.
#[derive(Clone, PartialEq)]
enum Told {
    Letter(TestLetterResult),
    Sms(TestSmsResult),
}

impl Way {
    const fn name(self) -> Text {
        match self {
            Self::Letter => texts::TEST,
            Self::Sms => texts::TEST_SMS,
        }
    }

    async fn send(self, client: &Client, id: i64) -> Result<Told, CallError> {
        Ok(match self {
            Self::Letter => {
                let answer = client.call(calls::TEST.of(id).changing_nothing()).await?;
                Told::Letter(answer.value.clone())
            }
            Self::Sms => {
                let call = calls::TEST_SMS.of(id).changing_nothing();
                Told::Sms(client.call(call).await?.value.clone())
            }
        })
    }
}

#[derive(PartialEq, Properties)]
pub struct ToOneselfProps {
    pub id: i64,
    pub way: Way,
    /// What is saved would be sent, and not what stands on the screen.
    pub unsaved: bool,
}

/// Sends it and shows what the server said.
#[component]
pub fn ToOneself(props: &ToOneselfProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let sending = use_state(|| false);
    let told = use_state(|| None::<Told>);
    let ToOneselfProps { id, way, unsaved } = *props;
    let onclick = {
        let (sending, told) = (sending.clone(), told.clone());
        Callback::from(move |()| {
            let (client, toasts) = (client.clone(), toasts.clone());
            let (sending, told) = (sending.clone(), told.clone());
            sending.set(true);
            spawn_local(async move {
                match way.send(&client, id).await {
                    Ok(answer) => told.set(Some(answer)),
                    Err(error) => toasts.failed(error.saying()),
                }
                sending.set(false);
            });
        })
    };
    let close = {
        let told = told.clone();
        Callback::from(move |()| told.set(None))
    };
    let text = match *sending {
        true => texts::TESTING,
        false => way.name(),
    };
    let actions = html! { <Button text={words.say(CLOSE)} onclick={close.clone()} /> };
    html! {
        <>
            <Button icon={Icon::Send} text={words.say(text)} {onclick} disabled={*sending || unsaved} />
            if let Some(told) = &*told {
                <Dialog title={words.say(way.name())} on_close={close} {actions}>{ answer(words, told) }</Dialog>
            }
        </>
    }
}

fn answer(words: Words, told: &Told) -> Html {
    let (accepted, text, response, more) = match told {
        Told::Letter(TestLetterResult {
            email,
            accepted,
            smtp_code: _,
            response,
        }) => {
            let text = match accepted {
                true => texts::TEST_ACCEPTED,
                false => texts::TEST_REFUSED,
            };
            let text = words.fill(text, &[("email", email)]);
            (*accepted, text, response, None)
        }
        Told::Sms(TestSmsResult {
            phone,
            accepted,
            code: _,
            response,
            length: long,
        }) => {
            let text = match accepted {
                true => texts::TEST_SMS_ACCEPTED,
                false => texts::TEST_SMS_REFUSED,
            };
            let text = words.fill(text, &[("phone", phone)]);
            (*accepted, text, response, Some(length(words, *long)))
        }
    };
    let tone = match accepted {
        true => Tone::Sent,
        false => Tone::Failed,
    };
    html! {
        <>
            <Notice {tone}>
                <p>{ text }</p>
                <Code text={response.clone()} />
            </Notice>
            if let Some(more) = more {
                <p class="muted">{ more }</p>
            }
        </>
    }
}
