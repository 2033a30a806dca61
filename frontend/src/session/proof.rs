//! Proving that it is oneself, before something that could lock one out: asked wherever the API asks for it.

use contract::accounts::Proof;
use contract::problem::{ErrorCode, FieldCode, FieldError, FieldErrors};
use yew::prelude::*;

use super::code::{self, CodeField, HasCode, TypedCode};
use super::credentials::said_above_button;
use super::password::PasswordField;
use super::{calls, texts};
use crate::client::use_client;
use crate::i18n::texts::CANCEL;
use crate::i18n::use_words;
use crate::ui::form::{SubmitButton, use_unguarded_form};
use crate::ui::{Button, Dialog, Notice, Tone};

/// Keeps its ids apart from those of the screen below.
const FORM: &str = "proof";

#[derive(PartialEq, Properties)]
pub struct ProofDialogProps {
    /// A second factor is on.
    pub with_code: bool,
    /// Whether the person has proved themselves.
    pub on_close: Callback<bool>,
}

#[derive(Clone, Default, PartialEq)]
struct Draft {
    password: String,
    code: TypedCode,
    with_code: bool,
}

impl Draft {
    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.password.is_empty() {
            let missing = FieldError::new(FieldCode::Required, "must not be empty");
            errors.add("password", missing);
        }
        if self.with_code {
            errors.keep("code", self.code.check());
        }
        errors.finish()
    }

    fn proof(self) -> Proof {
        Proof {
            password: self.password,
            code: self.with_code.then(|| self.code.plain()),
        }
    }
}

impl HasCode for Draft {
    fn code(&self) -> &TypedCode {
        &self.code
    }

    fn code_mut(&mut self) -> &mut TypedCode {
        &mut self.code
    }
}

#[component]
pub fn ProofDialog(props: &ProofDialogProps) -> Html {
    let words = use_words();
    let client = use_client();
    let with_code = props.with_code;
    let begun = Draft {
        with_code,
        ..Draft::default()
    };
    let form = use_unguarded_form(begun, Draft::check);
    let submit = {
        let (form, done) = (form.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, done, wanting) = (client.clone(), done.clone(), form.clone());
            form.submit(&event, move |draft| async move {
                match client.call(calls::prove(&draft.proof())).await {
                    Ok(token) => {
                        client.take_token(&token.value);
                        done.emit(true);
                        Ok(())
                    }
                    // It was turned on elsewhere meanwhile.
                    Err(error) if error.code() == Some(ErrorCode::SecondFactorRequired) => {
                        wanting.change("code", |draft| draft.with_code = true);
                        Ok(())
                    }
                    Err(error) => Err(code::at_its_field(error).at_field(
                        ErrorCode::WrongCredentials,
                        "password",
                        FieldCode::WrongPassword,
                    )),
                }
            });
        })
    };
    let password = form.bind(
        "password",
        |draft| draft.password.clone(),
        |draft, password| draft.password = password,
    );
    let close = props.on_close.reform(|()| false);
    html! {
        <Dialog title={words.say(texts::PROVE)} on_close={close.clone()}>
            <form class="form" onsubmit={submit} novalidate=true>
                <p class="muted">{ words.say(texts::PROVE_SENTENCE) }</p>
                <PasswordField bound={password.within(FORM)} autofocus=true />
                if form.draft().with_code {
                    <CodeField<Draft> form={form.clone()} within={FORM} />
                }
                if let Some(error) = form.failure().and_then(said_above_button) {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <div class="form-buttons">
                    <SubmitButton saving={form.is_saving()} text={texts::CONFIRM} saving_text={texts::CONFIRMING} />
                    <Button text={words.say(CANCEL)} onclick={close} disabled={form.is_saving()} />
                </div>
            </form>
        </Dialog>
    }
}
