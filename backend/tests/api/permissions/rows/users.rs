//! Other people's accounts.

use super::Row;

pub fn rows() -> Vec<Row> {
    vec![]
}
