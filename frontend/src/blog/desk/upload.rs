//! A picture on its way to the blog: dropped or chosen, sent with a look at the progress.

use contract::blog::pictures::{PICTURE_BYTES_LIMIT, PictureView};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use crate::blog::calls;
use crate::client::use_client;
use crate::i18n::Saying;
use crate::ui::picture_file;

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
            if let Err(why) = picture_file::acceptable(&file, PICTURE_BYTES_LIMIT) {
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
                    Err(error) => {
                        failure.set(Some(picture_file::refused(&error, PICTURE_BYTES_LIMIT)))
                    }
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
