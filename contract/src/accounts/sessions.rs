//! One's sessions: where one is signed in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One place where one is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct SessionView {
    pub id: i64,
    /// It is the one that asks.
    pub current: bool,
    /// The client's address when it signed in.
    #[schema(example = "203.0.113.7")]
    pub client: String,
    /// What the client said of itself.
    pub user_agent: String,
    pub created_at: DateTime<Utc>,
    /// When it was last renewed: a session in use is, every few minutes.
    pub last_used_at: DateTime<Utc>,
    /// When it ends if it is not used.
    pub expires_at: DateTime<Utc>,
}
