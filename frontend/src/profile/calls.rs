//! The operations on one's own account.

use contract::accounts::MeView;
use contract::accounts::password::PasswordChange;
use contract::accounts::phone::{NewPhone, PhoneCheckView, PhoneCode};
use contract::accounts::profile::{EmailChange, EmailChangeView, GoesWithAccount, ProfileChange};
use contract::accounts::second_factor::{
    RecoveryCodes, SecondFactorSetup, SecondFactorStart, SecondFactorView,
};

use crate::client::Call;
use crate::operations;

operations! {
    CHANGE: Patch "/me" -> MeView;
    DELETE: Delete "/me" -> ();
    OWNS: Get "/me/owns" -> GoesWithAccount;
    PUT_AVATAR: Put "/me/avatar" -> MeView;
    DELETE_AVATAR: Delete "/me/avatar" -> ();
    CHANGE_EMAIL: Post "/me/email" -> EmailChangeView;
    EMAIL_CHANGE: Get "/me/email" -> EmailChangeView;
    GIVE_UP_EMAIL: Delete "/me/email" -> ();
    BEGIN_PHONE: Post "/me/phone" -> PhoneCheckView;
    PHONE_CHECK: Get "/me/phone" -> PhoneCheckView;
    CONFIRM_PHONE: Post "/me/phone/confirm" -> MeView;
    REMOVE_PHONE: Delete "/me/phone" -> ();
    CHANGE_PASSWORD: Put "/me/password" -> ();
    SECOND_FACTOR: Get "/me/second-factor" -> SecondFactorView;
    SET_UP: Post "/me/second-factor/setup" -> SecondFactorSetup;
    TURN_ON: Post "/me/second-factor" -> RecoveryCodes;
    TURN_OFF: Delete "/me/second-factor" -> ();
    RENEW_CODES: Post "/me/second-factor/recovery-codes" -> RecoveryCodes;
}

pub fn change(change: &ProfileChange) -> Call<MeView> {
    CHANGE.call().body(change)
}

pub fn change_email(email: String) -> Call<EmailChangeView> {
    CHANGE_EMAIL.call().body(&EmailChange { email })
}

pub fn begin_phone(phone: String) -> Call<PhoneCheckView> {
    BEGIN_PHONE.call().body(&NewPhone { phone })
}

pub fn confirm_phone(code: String) -> Call<MeView> {
    CONFIRM_PHONE.call().body(&PhoneCode { code })
}

pub fn change_password(change: &PasswordChange) -> Call<()> {
    CHANGE_PASSWORD.call().body(change)
}

pub fn turn_on(start: &SecondFactorStart) -> Call<RecoveryCodes> {
    TURN_ON.call().body(start)
}
