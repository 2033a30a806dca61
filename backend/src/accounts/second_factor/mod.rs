//! The second factor: codes from an app (TOTP), and recovery codes for when the app is lost.
//!
//! The seed that makes an account's codes is derived from the service's secret and a nonce in the account's row, and
//! recovery codes are kept hashed: nothing in the database makes a code.

pub mod check;
mod recovery;
pub mod recovery_code_entity;
pub mod routes;
pub mod service;
mod setup;
mod totp;

use contract::accounts::SecondFactorState;
use contract::accounts::second_factor::SecondFactorFor;
use contract::permissions::Role;

use crate::accounts::entity as user;

/// Whether signing in to this account asks for a code.
pub fn state(required_for: SecondFactorFor, user: &user::Model) -> SecondFactorState {
    if user.second_factor_nonce.is_some() {
        SecondFactorState::On
    } else if must_set_up(required_for, user) {
        SecondFactorState::Required
    } else {
        SecondFactorState::Off
    }
}

/// Must this account turn on its second factor before it may do anything else?
pub fn must_set_up(required_for: SecondFactorFor, user: &user::Model) -> bool {
    let required = match required_for {
        SecondFactorFor::Nobody => false,
        SecondFactorFor::Staff => Role::from(user.role).is_staff(),
        SecondFactorFor::Everyone => true,
    };
    required && user.second_factor_nonce.is_none()
}
