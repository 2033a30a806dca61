//! The second factor: codes from an app (TOTP, RFC 6238), and recovery codes for when the app is lost.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SecondFactorState;

/// Who must have a second factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorFor {
    #[default]
    Nobody,
    /// Content managers, managers and administrators.
    Staff,
    Everyone,
}

/// The caller's second factor.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct SecondFactorView {
    pub state: SecondFactorState,
    pub on_since: Option<DateTime<Utc>>,
    /// How many recovery codes were not used yet.
    pub recovery_codes_left: u32,
}

/// A secret for the app, not in force before a code made from it is given back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct SecondFactorSetup {
    /// To be typed into the app.
    #[schema(example = "JBSWY3DPEHPK3PXP")]
    pub secret: String,
    /// To be shown as a QR code.
    #[schema(
        example = "otpauth://totp/Golub:anna%40example.org?secret=JBSWY3DPEHPK3PXP&issuer=Golub"
    )]
    pub url: String,
    /// Gives the secret back to `me/second-factor` when it is turned on.
    pub setup: String,
}

/// Turns the second factor on.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorStart {
    /// From the setup.
    pub setup: String,
    /// The six digits that the app shows.
    #[schema(example = "123456")]
    pub code: String,
}

/// Codes that sign in once each where the app is lost. They are shown this one time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct RecoveryCodes {
    #[schema(example = json!(["K7QF2-M4XRA-9TBHC-ZD3WE-6PVNU"]))]
    pub codes: Vec<String>,
}
