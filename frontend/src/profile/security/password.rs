//! Changing the password by who knows the present one.

use contract::accounts::password::{PasswordChange, check_password};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use yew::prelude::*;

use crate::accounts::NewPasswordField;
use crate::client::use_client;
use crate::i18n::use_words;
use crate::profile::api_tokens::TokensStay;
use crate::profile::setting::Setting;
use crate::profile::{calls, texts};
use crate::session::{PasswordField, said_above_button, use_person};
use crate::ui::form::{SubmitButton, use_unguarded_form};
use crate::ui::{Notice, Tone, use_toasts};

#[component]
pub fn PasswordSetting() -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let person = use_person();
    let form = use_unguarded_form(Draft::default(), check);
    let submit = {
        let form = form.clone();
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts, changed) = (client.clone(), toasts.clone(), form.clone());
            form.submit(&event, move |draft| async move {
                let call = calls::change_password(&draft.change());
                client.call(call).await?;
                toasts.done(texts::PASSWORD_CHANGED);
                changed.begin(Draft::default());
                Ok(())
            });
        })
    };
    let (email, full_name) = person
        .map(|person| (person.me.email.clone(), person.me.full_name.clone()))
        .unwrap_or_default();
    html! {
        <Setting title={words.say(texts::PASSWORD)} sentence={words.say(texts::PASSWORD_SENTENCE)}>
            <form class="form" onsubmit={submit} novalidate=true>
                // Tells password managers whose password it is.
                <input type="text" class="visually-hidden" name="username" autocomplete="username" value={email.clone()}
                    readonly=true tabindex="-1" aria-hidden="true" />
                <PasswordField label={texts::PRESENT_PASSWORD}
                    bound={form.bind("current_password", |change| change.current_password.clone(), |change, password| change.current_password = password)} />
                <NewPasswordField label={texts::NEW_PASSWORD} {email} {full_name}
                    bound={form.bind("password", |change| change.password.clone(), |change, password| change.password = password)} />
                if let Some(error) = form.failure().and_then(said_above_button) {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <TokensStay />
                <div class="form-buttons">
                    <SubmitButton saving={form.is_saving()} text={texts::CHANGE_PASSWORD} />
                </div>
            </form>
        </Setting>
    }
}

/// What was typed.
#[derive(Clone, Default, PartialEq)]
struct Draft {
    current_password: String,
    password: String,
}

impl Draft {
    fn change(self) -> PasswordChange {
        PasswordChange {
            current_password: self.current_password,
            password: self.password,
        }
    }
}

fn check(change: &Draft) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    if change.current_password.is_empty() {
        let missing = FieldError::new(FieldCode::Required, "must not be empty");
        errors.add("current_password", missing);
    }
    errors.keep("password", check_password(&change.password));
    errors.finish()
}
