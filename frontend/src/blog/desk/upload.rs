//! A picture on its way to the blog: dropped or chosen, sent with a look at the progress.

use contract::blog::pictures::{PICTURE_BYTES_LIMIT, PictureView};
use contract::problem::ErrorCode;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Event, File, HtmlInputElement};
use yew::prelude::*;

use super::texts;
use crate::blog::calls;
use crate::client::{CallError, use_client};
use crate::i18n::Saying;
use crate::i18n::texts::errors;

pub const TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// Sends one picture at a time.
#[derive(Clone, PartialEq)]
pub struct Upload {
    /// How much of it has gone, from 0 to 100.
    pub percent: Option<u32>,
    pub failure: Option<Saying>,
    pub send: Callback<File>,
}

/// `done` gets the picture once the service has it.
#[hook]
pub fn use_upload(done: Callback<PictureView>) -> Upload {
    let client = use_client();
    let percent = use_state(|| None::<u32>);
    let failure = use_state(|| None::<Saying>);
    let send = {
        let (percent, failure) = (percent.clone(), failure.clone());
        Callback::from(move |file: File| {
            if percent.is_some() {
                return;
            }
            if let Err(why) = acceptable(&file.type_(), file.size()) {
                failure.set(Some(why));
                return;
            }
            failure.set(None);
            percent.set(Some(0));
            let (client, done) = (client.clone(), done.clone());
            let (percent, failure) = (percent.setter(), failure.setter());
            let progress = {
                let percent = percent.clone();
                Callback::from(move |sent| percent.set(Some(sent)))
            };
            spawn_local(async move {
                let call = calls::ADD_PICTURE.call();
                match client.send_picture(&call, &file, &progress).await {
                    Ok(picture) => done.emit(picture),
                    Err(error) => failure.set(Some(said(&error))),
                }
                percent.set(None);
            });
        })
    };
    Upload {
        percent: *percent,
        failure: (*failure).clone(),
        send,
    }
}

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

/// What need not be sent to be refused.
fn acceptable(kind: &str, bytes: f64) -> Result<(), Saying> {
    if !TYPES.contains(&kind) {
        return Err(errors::NOT_A_PICTURE.into());
    }
    if bytes > PICTURE_BYTES_LIMIT as f64 {
        return Err(too_large());
    }
    Ok(())
}

fn too_large() -> Saying {
    let megabytes = PICTURE_BYTES_LIMIT / 1024 / 1024;
    Saying::Filled(
        texts::PICTURE_TOO_LARGE,
        vec![("limit", megabytes.to_string())],
    )
}

fn said(error: &CallError) -> Saying {
    match error.code() {
        Some(ErrorCode::TooLarge) => too_large(),
        Some(ErrorCode::Invalid | ErrorCode::UnsupportedMediaType) => {
            texts::PICTURE_UNREADABLE.into()
        }
        _ => error.saying(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_or_too_large_is_not_sent() {
        assert_eq!(acceptable("image/webp", 1_000.0), Ok(()));
        assert_eq!(
            acceptable("image/svg+xml", 1_000.0),
            Err(errors::NOT_A_PICTURE.into())
        );
        assert_eq!(acceptable("image/jpeg", 2e7), Err(too_large()));
    }
}
