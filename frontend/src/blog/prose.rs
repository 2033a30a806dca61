//! The body of an article: HTML that the service has made safe.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct ProseProps {
    pub html: AttrValue,
}

#[component]
pub fn Prose(props: &ProseProps) -> Html {
    html! { <div class="prose">{ Html::from_html_unchecked(props.html.clone()) }</div> }
}
