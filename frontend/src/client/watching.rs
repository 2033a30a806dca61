//! Answers that go on: events as they come, with the access token, which the browser's own `EventSource` cannot send.

use gloo_net::http::Response;
use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStream, ReadableStreamDefaultReader};

use super::event_stream::EventStream;
use super::{Call, CallError, Client, reading, start};

/// The service gives a sign of life every 15 seconds: after this silence the connection is dead.
const SILENCE_MS: u32 = 40_000;

/// By this a watching is ended from outside.
#[derive(Clone, Debug)]
pub struct Hold(Option<AbortController>);

impl Hold {
    pub fn take() -> Self {
        Self(AbortController::new().ok())
    }

    pub fn let_go(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Client {
    /// Hears events until their stream ends in order, breaks, falls silent or is let go.
    pub async fn watch<T>(
        &self,
        call: &Call<T>,
        hold: &Hold,
        told: impl Fn(T),
    ) -> Result<(), CallError>
    where
        T: DeserializeOwned,
    {
        let open = async || {
            let signal = hold.0.as_ref().map(AbortController::signal);
            let request = self
                .with_token(start(call.method(), call.url()))
                .header("Accept", "text/event-stream")
                .abort_signal(signal.as_ref());
            let response = request.send().await;
            let response = response.map_err(|_| CallError::Unreachable)?;
            if !response.ok() {
                return Err(reading::refusal(&response).await);
            }
            Ok(response)
        };
        let response = self.mended(true, open).await?;
        let reader = reader(&response)?;
        let mut events = EventStream::default();
        loop {
            let silent = {
                let hold = hold.clone();
                Timeout::new(SILENCE_MS, move || hold.let_go())
            };
            let chunk = chunk(&reader).await.map_err(|_| CallError::Unreachable)?;
            drop(silent);
            let Some(bytes) = chunk else { return Ok(()) };
            for data in events.take(&bytes) {
                told(reading::value(&data, response.status())?);
            }
        }
    }
}

fn reader(response: &Response) -> Result<ReadableStreamDefaultReader, CallError> {
    let stream: ReadableStream = response
        .body()
        .ok_or(CallError::Unreadable(response.status()))?;
    Ok(stream.get_reader().unchecked_into())
}

/// The next bytes; none at the end.
async fn chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let read = JsFuture::from(reader.read()).await?;
    if Reflect::get(&read, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    let bytes = Reflect::get(&read, &"value".into())?;
    Ok(Some(Uint8Array::new(&bytes).to_vec()))
}
