//! Unsubscribing from somebody's mailings, by the link in a letter.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How it stands between a recipient and a sender.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct UnsubscribingView {
    /// The recipient's address, not quite readable: the link may be in other hands.
    #[schema(example = "m***@example.org")]
    pub email_masked: String,
    /// Whose letters they are.
    #[schema(example = "Anna Sokolova")]
    pub sender_name: String,
    /// Whether no more letters come.
    pub unsubscribed: bool,
}
