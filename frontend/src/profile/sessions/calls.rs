//! The operations on one's own sessions.

use contract::accounts::sessions::SessionView;

use crate::operations;

operations! {
    LIST: Get "/me/sessions" -> Vec<SessionView>;
    END: Delete "/me/sessions/{id}" -> ();
    /// All but the one that asks.
    END_OTHERS: Delete "/me/sessions" -> ();
}
