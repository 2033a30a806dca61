//! Files: fetched with the access token, which a plain link cannot send, and given to the browser to keep.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement};

use super::pictures::{local_address, release};
use super::{Call, CallError, Client, reading};

/// Where the API names no file.
const USUAL_NAME: &str = "golub.csv";

impl Client {
    /// Fetches a file and saves it under the name that the API gives it.
    pub async fn download<T>(&self, call: &Call<T>) -> Result<(), CallError> {
        let (blob, name) = self
            .mended(true, async || self.file(call.url()).await)
            .await?;
        let address = local_address(&blob)?;
        let saved = save(&address, &name);
        // The browser has taken what is behind it by then.
        release(&address);
        saved.ok_or(CallError::Unreachable)
    }

    async fn file(&self, url: &str) -> Result<(Blob, String), CallError> {
        let response = self.ask(url).await?;
        if !response.ok() {
            return Err(reading::refusal(&response).await);
        }
        let status = response.status();
        let unreadable = |_| CallError::Unreadable(status);
        let said = response.headers().get("content-disposition");
        let name = said.as_deref().and_then(file_name).unwrap_or(USUAL_NAME);
        let name = name.to_owned();
        let body = web_sys::Response::from(response)
            .blob()
            .map_err(unreadable)?;
        // Where the file breaks off, this fails.
        let blob = JsFuture::from(body)
            .await
            .map_err(|_| CallError::Unreachable)?;
        Ok((blob.unchecked_into(), name))
    }
}

fn save(address: &str, name: &str) -> Option<()> {
    let link = gloo_utils::document().create_element("a").ok()?;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(address);
    link.set_download(name);
    link.click();
    Some(())
}

/// What stands in `attachment; filename="golub-days-2030-05-01.csv"`.
fn file_name(disposition: &str) -> Option<&str> {
    let (_, rest) = disposition.split_once("filename=\"")?;
    let (name, _) = rest.split_once('"')?;
    Some(name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_is_read_from_the_answer() {
        let said = "attachment; filename=\"golub-days-2030-05-01.csv\"";
        assert_eq!(file_name(said), Some("golub-days-2030-05-01.csv"));
        assert_eq!(file_name("attachment"), None);
        assert_eq!(file_name("attachment; filename=\"\""), None);
    }
}
