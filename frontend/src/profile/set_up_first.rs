//! The one screen of those who must turn on a second factor before anything else.

use yew::prelude::*;

#[component]
pub fn SetUpFirst() -> Html {
    Html::default()
}
