//! What a page needs to know about the service it talks to.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::sign_up::SignUp;

/// The service itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InstanceView {
    #[schema(example = "Golub")]
    pub name: String,
    /// Where its logo is; none: the page draws its own.
    #[schema(example = "/api/v1/instance/logo/4f1c2a9b8d7e6f50.svg")]
    pub logo_url: Option<String>,
    /// The accent colour, as `#rrggbb`. `GET /instance/theme.css` has what is made of it.
    #[schema(example = "#2854e0")]
    pub accent: String,
    #[schema(example = "0.1.0")]
    pub version: String,
    /// Letters or SMS are captured instead of sent, and an admin can read them.
    pub captures_mail: bool,
    /// Who may sign up.
    pub sign_up: SignUp,
    /// Phones can be checked: an SMS service is set up, or messages are captured.
    pub sends_sms: bool,
    /// Who may read the attempt log.
    pub attempt_log: AttemptLog,
}

/// Who may read the attempt log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttemptLog {
    /// Everyone their own, managers all.
    #[default]
    Own,
    /// All signed-in see all, with the addresses of others masked.
    Everyone,
}
