//! What signing in takes, asked for in two steps: address and password, then the code of a second factor where one is on.

use contract::accounts::Login;
use contract::address::Address;
use contract::problem::{ErrorCode, FieldCode, FieldError, FieldErrors};
use yew::prelude::*;

use super::code::{self, HasCode, TypedCode};
use super::use_session;
use crate::client::CallError;
use crate::ui::form::{Form, use_unguarded_form};

/// What was typed so far.
#[derive(Clone, Default, PartialEq)]
pub struct Credentials {
    pub email: String,
    pub password: String,
    pub code: TypedCode,
    /// The password was right, and a code is wanted too.
    pub wants_code: bool,
}

impl Credentials {
    pub fn of(email: String) -> Self {
        Self {
            email,
            ..Self::default()
        }
    }

    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.keep("email", Address::parse(&self.email));
        if self.password.is_empty() {
            let missing = FieldError::new(FieldCode::Required, "must not be empty");
            errors.add("password", missing);
        }
        if self.wants_code {
            errors.keep("code", self.code.check());
        }
        errors.finish()
    }

    fn login(self) -> Login {
        Login {
            email: self.email,
            password: self.password,
            code: self.wants_code.then(|| self.code.plain()),
        }
    }
}

impl HasCode for Credentials {
    fn code(&self) -> &TypedCode {
        &self.code
    }

    fn code_mut(&mut self) -> &mut TypedCode {
        &mut self.code
    }
}

/// The form, and what submitting it does.
#[hook]
pub fn use_credentials(email: String) -> (Form<Credentials>, Callback<SubmitEvent>) {
    let session = use_session();
    let form = use_unguarded_form(Credentials::of(email), Credentials::check);
    let submit = {
        let form = form.clone();
        Callback::from(move |event: SubmitEvent| {
            let Some(session) = session.clone() else {
                return;
            };
            let wanting = form.clone();
            form.submit(&event, move |credentials| async move {
                match session.log_in(&credentials.login()).await {
                    Err(error) if error.code() == Some(ErrorCode::SecondFactorRequired) => {
                        wanting.change("code", |typed| typed.wants_code = true);
                        Ok(())
                    }
                    Err(error) => Err(code::at_its_field(error)),
                    Ok(()) => Ok(()),
                }
            });
        })
    };
    (form, submit)
}

/// What is said above the button: what stands at a field already is not said twice.
pub fn said_above_button(error: CallError) -> Option<CallError> {
    let blank = error.code() == Some(ErrorCode::Invalid) || error.field_errors().is_empty();
    blank.then_some(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(wants_code: bool, code: &str) -> Credentials {
        Credentials {
            email: "anna@example.org".to_owned(),
            password: "correct horse".to_owned(),
            code: TypedCode {
                text: code.to_owned(),
                recovery: false,
            },
            wants_code,
        }
    }

    #[test]
    fn a_code_is_sent_only_where_one_was_asked_for() {
        assert_eq!(typed(false, "123456").login().code, None);
        let with_code = typed(true, "123 456").login();
        assert_eq!(with_code.code.as_deref(), Some("123456"));
    }

    #[test]
    fn nothing_is_sent_without_what_is_needed() {
        assert!(typed(false, "").check().is_ok());
        let errors = typed(true, " ").check().expect_err("no code");
        assert_eq!(errors.of("code")[0].code, FieldCode::Required);
        let errors = Credentials::default().check().expect_err("nothing typed");
        assert_eq!(errors.0.len(), 2);
    }
}
