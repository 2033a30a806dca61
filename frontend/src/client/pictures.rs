//! Pictures: fetched with the access token, which an `<img>` cannot send, and sent with a look at the progress.

use js_sys::Promise;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ProgressEvent, Url, XmlHttpRequest};
use yew::prelude::*;

use super::{Call, CallError, Client, reading};

impl Client {
    /// A picture's own address within this page; it holds memory until it is given to [`release`].
    pub async fn picture(&self, url: &str) -> Result<String, CallError> {
        self.mended(true, async || {
            let response = self.ask(url).await?;
            if !response.ok() {
                return Err(reading::refusal(&response).await);
            }
            let status = response.status();
            let unreadable = |_| CallError::Unreadable(status);
            let body = web_sys::Response::from(response)
                .blob()
                .map_err(unreadable)?;
            let blob = JsFuture::from(body).await.map_err(unreadable)?;
            local_address(&blob.unchecked_into())
        })
        .await
    }

    /// Sends a picture; `progress` hears how much of it has gone, from 0 to 100.
    pub async fn send_picture<T>(
        &self,
        call: &Call<T>,
        picture: &File,
        progress: &Callback<u32>,
    ) -> Result<T, CallError>
    where
        T: DeserializeOwned + 'static,
    {
        let sent = self
            .mended(true, async || {
                let request = XmlHttpRequest::new().map_err(|_| CallError::Unreachable)?;
                let token = self.token();
                send(&request, call, token.as_deref(), picture, progress)
                    .await
                    .map_err(|_| CallError::Unreachable)?;
                read(&request)
            })
            .await?;
        self.drop_kept();
        Ok(sent)
    }
}

/// An address for what the page itself holds, such as a file that was chosen.
pub fn local_address(blob: &Blob) -> Result<String, CallError> {
    Url::create_object_url_with_blob(blob).map_err(|_| CallError::Unreachable)
}

/// Frees what is behind such an address.
pub fn release(address: &str) {
    let _ = Url::revoke_object_url(address);
}

async fn send<T>(
    request: &XmlHttpRequest,
    call: &Call<T>,
    token: Option<&str>,
    picture: &File,
    progress: &Callback<u32>,
) -> Result<(), JsValue> {
    request.open_with_async(call.method().word(), call.url(), true)?;
    request.set_request_header("Accept", "application/json")?;
    request.set_request_header("Content-Type", &picture.type_())?;
    if let Some(token) = token {
        request.set_request_header("Authorization", &format!("Bearer {token}"))?;
    }
    let progress = progress.clone();
    let moved = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress.emit((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    request
        .upload()?
        .set_onprogress(Some(moved.as_ref().unchecked_ref()));
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onload(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onabort(Some(&reject));
    });
    request.send_with_opt_blob(Some(picture))?;
    let result = JsFuture::from(done).await;
    request.upload()?.set_onprogress(None);
    result.map(drop)
}

fn read<T: DeserializeOwned>(request: &XmlHttpRequest) -> Result<T, CallError> {
    let status = request.status().unwrap_or_default();
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        return reading::value(&text, status);
    }
    let wait = request.get_response_header("retry-after").ok().flatten();
    Err(reading::problem(&text, status, wait.as_deref()))
}
