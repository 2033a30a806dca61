//! A table as a file for a spreadsheet.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::texts;
use crate::client::{Call, use_client};
use crate::i18n::{Language, use_words};
use crate::ui::{Button, Icon, Look, use_toasts};

#[derive(PartialEq, Properties)]
pub struct CsvButtonProps<T: PartialEq + 'static> {
    /// What the table shows; the file has all of it.
    pub call: Call<T>,
    /// What that is, for those who do not see what the button stands beside.
    pub what: AttrValue,
}

#[component]
pub fn CsvButton<T: PartialEq + 'static>(props: &CsvButtonProps<T>) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let busy = use_state(|| false);
    // Spreadsheets expect the separator that is usual where their user lives.
    let separator = match words.language {
        Language::En => "comma",
        Language::Ru => "semicolon",
    };
    let call = props.call.clone().query("format", "csv");
    let call = call.query("separator", separator);
    let onclick = {
        let (busy, call) = (busy.clone(), call);
        Callback::from(move |()| {
            let (busy, call) = (busy.clone(), call.clone());
            let (client, toasts) = (client.clone(), toasts.clone());
            busy.set(true);
            spawn_local(async move {
                if let Err(error) = client.download(&call).await {
                    toasts.failed(error.saying());
                }
                busy.set(false);
            });
        })
    };
    let label = words.fill(texts::CSV_OF, &[("what", &props.what)]);
    html! {
        <Button look={Look::Plain} icon={Icon::Download} text={words.say(texts::CSV)} {label} disabled={*busy} {onclick} />
    }
}
