//! A picture from somebody's disk: dropped or chosen, and looked at before it is sent.

use contract::problem::ErrorCode;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, HtmlInputElement};
use yew::prelude::*;

use crate::client::CallError;
use crate::i18n::Saying;
use crate::i18n::texts::errors;

/// What the service reads.
pub const TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// The first file that was let go over an element.
pub fn dropped(event: &DragEvent) -> Option<File> {
    let files = event.data_transfer().and_then(|data| data.files());
    files.and_then(|files| files.get(0))
}

/// The file that was chosen in the browser's dialog. The same one may be chosen again after a failure.
pub fn chosen(event: &Event) -> Option<File> {
    let target = event.target()?;
    let input = target.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files().and_then(|files| files.get(0));
    input.set_value("");
    file
}

/// Opens the browser's dialog.
pub fn choose(input: &NodeRef) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        input.click();
    }
}

/// What need not be sent to be refused: another type, or more bytes than the limit.
pub fn acceptable(file: &File, limit: u64) -> Result<(), Saying> {
    judged(&file.type_(), file.size(), limit)
}

/// What the service said against a picture.
pub fn refused(error: &CallError, limit: u64) -> Saying {
    match error.code() {
        Some(ErrorCode::TooLarge) => too_large(limit),
        Some(ErrorCode::Invalid | ErrorCode::UnsupportedMediaType) => {
            errors::PICTURE_UNREADABLE.into()
        }
        _ => error.saying(),
    }
}

fn judged(kind: &str, bytes: f64, limit: u64) -> Result<(), Saying> {
    if !TYPES.contains(&kind) {
        return Err(errors::NOT_A_PICTURE.into());
    }
    if bytes > limit as f64 {
        return Err(too_large(limit));
    }
    Ok(())
}

fn too_large(limit: u64) -> Saying {
    let megabytes = limit / 1024 / 1024;
    Saying::Filled(
        errors::PICTURE_TOO_LARGE,
        vec![("limit", megabytes.to_string())],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: u64 = 5 * 1024 * 1024;

    #[test]
    fn what_is_no_picture_or_too_large_is_not_sent() {
        assert_eq!(judged("image/webp", 1_000.0, LIMIT), Ok(()));
        for other in ["image/svg+xml", "application/pdf"] {
            assert_eq!(
                judged(other, 1_000.0, LIMIT),
                Err(errors::NOT_A_PICTURE.into())
            );
        }
        assert_eq!(judged("image/jpeg", 6e6, LIMIT), Err(too_large(LIMIT)));
    }
}
