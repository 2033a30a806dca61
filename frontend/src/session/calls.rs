//! The operations around signing in.

use contract::accounts::{AccessToken, Login, MeView};
use contract::instance::InstanceView;

use crate::client::Call;
use crate::operations;

operations! {
    LOGIN: Post "/auth/login" -> AccessToken;
    REFRESH: Post "/auth/refresh" -> AccessToken;
    LOGOUT: Post "/auth/logout" -> ();
    ME: Get "/me" -> MeView;
    INSTANCE: Get "/instance" -> InstanceView;
}

pub fn log_in(login: &Login) -> Call<AccessToken> {
    LOGIN.call().body(login)
}
