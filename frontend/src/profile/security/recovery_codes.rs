//! Recovery codes, shown this one time: to copy, to download, and to say that they are kept.

use gloo_utils::document;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement};
use yew::prelude::*;

use crate::client::pictures;
use crate::i18n::use_words;
use crate::instance::use_face;
use crate::profile::texts;
use crate::ui::{Button, CopyButton, Icon, Look, Notice, Tone, use_unsaved};

const FILE: &str = "golub-recovery-codes.txt";

#[derive(PartialEq, Properties)]
pub struct RecoveryCodesProps {
    pub codes: Vec<String>,
    pub kept: Callback<()>,
}

#[component]
pub fn RecoveryCodesView(props: &RecoveryCodesProps) -> Html {
    let words = use_words();
    use_unsaved(true);
    let title = words.fill(texts::CODES_TITLE, &[("name", &use_face().name)]);
    let text = props.codes.join("\n");
    let save = {
        let text = format!("{}\n\n{text}\n", title);
        Callback::from(move |()| {
            // Where the browser will not, the codes still stand on the screen.
            let _ = download(&text);
        })
    };
    html! {
        <>
            <Notice tone={Tone::Skipped}>
                <b>{ title }</b>
                <p>{ words.say(texts::CODES_SENTENCE) }</p>
            </Notice>
            <ul class="recovery-codes" translate="no">{ for props.codes.iter().map(|code| html! { <li>{ code.clone() }</li> }) }</ul>
            <div class="form-buttons">
                <Button look={Look::Primary} icon={Icon::Check} text={words.say(texts::CODES_KEPT)} onclick={props.kept.clone()} />
                <Button icon={Icon::Download} text={words.say(texts::CODES_DOWNLOAD)} onclick={save} />
                <CopyButton copy={text} />
            </div>
        </>
    }
}

fn download(text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = pictures::local_address(&blob).map_err(|_| JsValue::UNDEFINED)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(FILE);
    link.click();
    pictures::release(&address);
    Ok(())
}
