//! The operations on captured mail.

use contract::delivery::{CapturedLetter, CapturedLetterDetail};
use contract::listing::Page;

use crate::operations;

operations! {
    LIST: Get "/captured-mail" -> Page<CapturedLetter>;
    READ: Get "/captured-mail/{id}" -> CapturedLetterDetail;
}
