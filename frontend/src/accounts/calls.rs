//! The operations of those who are not signed in yet.

use contract::accounts::AccessToken;
use contract::accounts::password::{PasswordStrength, PasswordToWeigh};
use contract::accounts::profile::EmailChangeView;
use contract::accounts::sign_up::{Confirmation, KnownBy, LinkToken, PasswordReset, Registration};

use crate::client::Call;
use crate::operations;

operations! {
    REGISTER: Post "/auth/register" -> (), for_guests;
    CONFIRM: Post "/auth/confirm" -> AccessToken, for_guests;
    CONFIRM_AGAIN: Post "/auth/confirm/resend" -> (), for_guests;
    FORGOT: Post "/auth/password-reset" -> (), for_guests;
    RESET: Post "/auth/password-reset/confirm" -> (), for_guests;
    WEIGH: Post "/auth/password-strength" -> PasswordStrength, for_guests;
    CONFIRM_EMAIL: Post "/auth/email-change" -> EmailChangeView, for_guests;
}

pub fn register(registration: &Registration) -> Call<()> {
    REGISTER.call().body(registration)
}

pub fn confirm(confirmation: &Confirmation) -> Call<AccessToken> {
    CONFIRM.call().body(confirmation)
}

pub fn confirm_again(email: String) -> Call<()> {
    CONFIRM_AGAIN.call().body(&KnownBy { email })
}

pub fn forgot(email: String) -> Call<()> {
    FORGOT.call().body(&KnownBy { email })
}

pub fn reset(reset: &PasswordReset) -> Call<()> {
    RESET.call().body(reset)
}

pub fn weigh(password: &PasswordToWeigh) -> Call<PasswordStrength> {
    WEIGH.call().body(password).changing_nothing()
}

pub fn confirm_email(token: String) -> Call<EmailChangeView> {
    CONFIRM_EMAIL.call().body(&LinkToken { token })
}
