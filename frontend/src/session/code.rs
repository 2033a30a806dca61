//! The code of a second factor: six digits from the app, or a recovery code where the app is lost.

use contract::problem::{ErrorCode, FieldCode, FieldError};
use yew::prelude::*;

use super::texts;
use crate::client::CallError;
use crate::i18n::use_words;
use crate::ui::form::{Bound, Draft, Form, TextField};
use crate::ui::{Button, Look};

#[derive(Clone, Default, PartialEq)]
pub struct TypedCode {
    pub text: String,
    /// It is a recovery code.
    pub recovery: bool,
}

impl TypedCode {
    pub fn check(&self) -> Result<(), FieldError> {
        if self.plain().is_empty() {
            return Err(FieldError::new(FieldCode::Required, "must not be empty"));
        }
        Ok(())
    }

    /// As the API takes it: apps show "123 456".
    pub fn plain(&self) -> String {
        self.text.split_whitespace().collect()
    }
}

/// A wrong code is said at its field, not above the button.
pub fn at_its_field(error: CallError) -> CallError {
    error.at_field(ErrorCode::WrongCode, "code", FieldCode::WrongCode)
}

/// A draft with a code in it.
pub trait HasCode: Draft {
    fn code(&self) -> &TypedCode;
    fn code_mut(&mut self) -> &mut TypedCode;
}

#[derive(PartialEq, Properties)]
pub struct CodeFieldProps<T: HasCode> {
    pub form: Form<T>,
    /// Keeps the ids of this form apart from those of the screen below.
    pub within: &'static str,
    #[prop_or_default]
    pub autofocus: bool,
}

/// The field, and the way to the other kind of code.
#[component]
pub fn CodeField<T: HasCode>(props: &CodeFieldProps<T>) -> Html {
    let words = use_words();
    let CodeFieldProps {
        form,
        within,
        autofocus,
    } = props;
    let TypedCode { text, recovery } = form.draft().code().clone();
    let bound = Bound {
        value: text.into(),
        change: {
            let form = form.clone();
            Callback::from(move |text: String| {
                form.change("code", move |draft| draft.code_mut().text = text);
            })
        },
        ..form.bind("code", |_| String::new(), |_, _| ())
    };
    let other = {
        let form = form.clone();
        Callback::from(move |()| {
            form.change("code", move |draft| {
                *draft.code_mut() = TypedCode {
                    text: String::new(),
                    recovery: !recovery,
                };
            });
        })
    };
    let switch = if recovery {
        texts::USE_APP
    } else {
        texts::USE_RECOVERY_CODE
    };
    html! {
        <div class="code-field">
            if recovery {
                <TextField key="recovery" label={texts::RECOVERY_CODE} bound={bound.within(within)} hint={words.say(texts::RECOVERY_CODE_HINT)}
                    autofocus=true monospace=true />
            } else {
                <CodeInput key="code" bound={bound.within(within)} autofocus={*autofocus} />
            }
            <Button look={Look::Quiet} text={words.say(switch)} onclick={other} />
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct CodeInputProps {
    pub bound: Bound,
    #[prop_or_default]
    pub autofocus: bool,
}

/// Six digits from the app.
#[component]
pub fn CodeInput(props: &CodeInputProps) -> Html {
    let words = use_words();
    html! {
        <div class="code-input">
            <TextField label={texts::CODE} bound={props.bound.clone()} hint={words.say(texts::CODE_HINT)} autofocus={props.autofocus}
                autocomplete="one-time-code" inputmode="numeric" monospace=true />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_taken_as_apps_show_it() {
        let typed = |text: &str| TypedCode {
            text: text.to_owned(),
            recovery: false,
        };
        assert_eq!(typed(" 123 456 ").plain(), "123456");
        assert!(typed("  ").check().is_err());
    }
}
