//! A picture on its way to the service: judged, sent with a look at the progress, and what became of it.

mod drop;
mod file;

use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use crate::client::{Call, pictures, use_client};
use crate::i18n::Saying;
pub use drop::{ChoosePicture, PictureDrop, UploadProgress};
pub use file::dropped;

/// Sends one picture at a time.
#[derive(Clone, PartialEq)]
pub struct Upload {
    stand: Stand,
    /// Sends a picture, unless one is on its way.
    pub send: Callback<File>,
}

#[derive(Clone, Debug, PartialEq)]
enum Stand {
    /// None was sent yet.
    Waiting,
    Going {
        /// Its address within the page.
        shown: AttrValue,
        percent: u32,
    },
    Arrived,
    Failed(Saying),
}

impl Upload {
    pub fn is_going(&self) -> bool {
        self.percent().is_some()
    }

    /// How much of it has gone, from 0 to 100, while it is on its way.
    pub fn percent(&self) -> Option<u32> {
        match self.stand {
            Stand::Going { percent, .. } => Some(percent),
            Stand::Waiting | Stand::Arrived | Stand::Failed(_) => None,
        }
    }

    /// The picture itself while it is on its way, for an `<img>`.
    pub fn shown(&self) -> Option<AttrValue> {
        match &self.stand {
            Stand::Going { shown, .. } => Some(shown.clone()),
            Stand::Waiting | Stand::Arrived | Stand::Failed(_) => None,
        }
    }

    pub fn has_arrived(&self) -> bool {
        self.stand == Stand::Arrived
    }

    /// Why the last one did not arrive.
    pub fn failure(&self) -> Option<&Saying> {
        match &self.stand {
            Stand::Failed(why) => Some(why),
            Stand::Waiting | Stand::Going { .. } | Stand::Arrived => None,
        }
    }
}

/// Pictures of at most `limit` bytes go to `call`; `done` gets what it answers.
#[hook]
pub fn use_upload<T>(call: Call<T>, limit: u64, done: Callback<T>) -> Upload
where
    T: DeserializeOwned + 'static,
{
    let client = use_client();
    let stand = use_state(|| Stand::Waiting);
    let send = {
        let stand = stand.clone();
        Callback::from(move |file: File| {
            if matches!(*stand, Stand::Going { .. }) {
                return;
            }
            if let Err(why) = file::acceptable(&file, limit) {
                stand.set(Stand::Failed(why));
                return;
            }
            let stand = stand.setter();
            let address = pictures::local_address(&file).unwrap_or_default();
            let progress = {
                let (stand, shown) = (stand.clone(), AttrValue::from(address.clone()));
                Callback::from(move |percent| {
                    let shown = shown.clone();
                    stand.set(Stand::Going { shown, percent });
                })
            };
            progress.emit(0);
            let (client, call, done) = (client.clone(), call.clone(), done.clone());
            spawn_local(async move {
                match client.send_picture(&call, &file, &progress).await {
                    Ok(answer) => {
                        done.emit(answer);
                        stand.set(Stand::Arrived);
                    }
                    Err(error) => stand.set(Stand::Failed(file::refused(&error, limit))),
                }
                pictures::release(&address);
            });
        })
    };
    Upload {
        stand: (*stand).clone(),
        send,
    }
}
