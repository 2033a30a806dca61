//! The operations on one's own sessions and API tokens.

use contract::accounts::api_tokens::{ApiTokenView, MadeApiToken, NewApiToken};
use contract::accounts::sessions::SessionView;

use crate::client::Call;
use crate::operations;

operations! {
    SESSIONS: Get "/me/sessions" -> Vec<SessionView>;
    END_SESSION: Delete "/me/sessions/{id}" -> ();
    /// All but the one that asks.
    END_OTHERS: Delete "/me/sessions" -> ();
    TOKENS: Get "/me/tokens" -> Vec<ApiTokenView>;
    MAKE_TOKEN: Post "/me/tokens" -> MadeApiToken;
    DELETE_TOKEN: Delete "/me/tokens/{id}" -> ();
}

pub fn make_token(token: &NewApiToken) -> Call<MadeApiToken> {
    MAKE_TOKEN.call().body(token)
}
