//! The operations around signing in.

use contract::accounts::{AccessToken, Login, MeView, Proof};
use contract::instance::InstanceView;

use crate::client::Call;
use crate::operations;

operations! {
    LOGIN: Post "/auth/login" -> AccessToken, for_guests;
    REFRESH: Post "/auth/refresh" -> AccessToken, for_guests;
    PROVE: Post "/auth/prove" -> AccessToken;
    LOGOUT: Post "/auth/logout" -> (), for_guests;
    ME: Get "/me" -> MeView;
    INSTANCE: Get "/instance" -> InstanceView;
}

pub fn log_in(login: &Login) -> Call<AccessToken> {
    LOGIN.call().body(login)
}

pub fn prove(proof: &Proof) -> Call<AccessToken> {
    PROVE.call().body(proof).changing_nothing()
}
