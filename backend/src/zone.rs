//! Time zones, by the names that people and browsers give them.

use chrono_tz::Tz;
use contract::problem::{FieldCode, FieldError};

/// The zone of this IANA name.
pub fn named(name: &str) -> Result<Tz, FieldError> {
    name.parse().map_err(|_| {
        // A name as long as a letter would only fill the answer.
        let name: String = name.chars().take(60).collect();
        let error = FieldError::new(
            FieldCode::UnknownZone,
            format!("{name:?} is not an IANA time zone"),
        );
        FieldError {
            name: Some(name),
            ..error
        }
    })
}
