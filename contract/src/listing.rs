//! How lists are asked for and answered: keyset pages with a total.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const DEFAULT_LIMIT: u64 = 50;
pub const MAX_LIMIT: u64 = 200;
/// In characters: longer than any address, and than all words that are looked for.
pub const SEARCH_LIMIT: u64 = 1_000;
/// Totals are exact up to here; above it the page says so.
pub const TOTAL_CAP: u64 = 10_000;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// What to give as `after` for the next page; none on the last one.
    pub next: Option<String>,
    /// How many there are in all, exact to 10,000.
    pub total: u64,
    /// There are more than `total` says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub total_capped: bool,
}

/// Whose something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Owner {
    pub id: i64,
    pub email: String,
    pub full_name: String,
}
