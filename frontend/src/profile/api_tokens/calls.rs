//! The operations on one's own API tokens.

use contract::accounts::api_tokens::{ApiTokenView, MadeApiToken, NewApiToken};

use crate::client::Call;
use crate::operations;

operations! {
    LIST: Get "/me/tokens" -> Vec<ApiTokenView>;
    MAKE: Post "/me/tokens" -> MadeApiToken;
    DELETE: Delete "/me/tokens/{id}" -> ();
}

pub fn make(token: &NewApiToken) -> Call<MadeApiToken> {
    MAKE.call().body(token)
}
