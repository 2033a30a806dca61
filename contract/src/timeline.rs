//! What happened to one recipient: their letters, and what became of their address.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::delivery::DeliveryDetail;
use crate::recipients::Suppression;

/// What an item of a timeline tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// A letter that was planned for the recipient; see `delivery`.
    Delivery,
    /// A mail server refused the address for good; see `suppression`.
    Suppressed,
    /// The recipient asked for no more letters.
    Unsubscribed,
}

/// One item of a recipient's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TimelineItem {
    pub kind: TimelineKind,
    /// When it happened: of a letter, when its run was started.
    pub at: DateTime<Utc>,
    /// The letter, with every try.
    pub delivery: Option<DeliveryDetail>,
    pub suppression: Option<Suppression>,
}

impl TimelineItem {
    pub fn of_delivery(at: DateTime<Utc>, delivery: DeliveryDetail) -> Self {
        Self {
            kind: TimelineKind::Delivery,
            at,
            delivery: Some(delivery),
            suppression: None,
        }
    }

    pub fn of_unsubscribing(at: DateTime<Utc>) -> Self {
        Self {
            kind: TimelineKind::Unsubscribed,
            at,
            delivery: None,
            suppression: None,
        }
    }

    pub fn of_suppression(suppression: Suppression) -> Self {
        Self {
            kind: TimelineKind::Suppressed,
            at: suppression.at,
            delivery: None,
            suppression: Some(suppression),
        }
    }
}
