//! The service's own face: its name and its logo. The accent comes as a style sheet, see `index.html`.
//!
//! Whoever serves the page writes both into its head, so that nothing flickers when it opens; the API, asked a moment
//! later, has the last word.

mod brand;

use contract::instance::InstanceView;
use gloo_utils::document;
use yew::prelude::*;

use crate::client::use_loaded;
use crate::session::calls::INSTANCE;
pub use brand::{Brand, BrandLink, Logo};

/// Where nobody has given it another name.
const NAME: &str = "Golub";

/// What people know the service by.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    pub name: AttrValue,
    /// None: our pigeon.
    pub logo_url: Option<AttrValue>,
}

impl Face {
    fn in_head() -> Self {
        Self {
            name: meta("application-name").map_or(AttrValue::Static(NAME), AttrValue::from),
            logo_url: meta("logo").map(AttrValue::from),
        }
    }

    fn told(instance: &InstanceView) -> Self {
        Self {
            name: instance.name.clone().into(),
            logo_url: instance.logo_url.clone().map(AttrValue::from),
        }
    }
}

/// Lets all below know the service's face.
#[component]
pub fn FaceProvider(props: &html::ChildrenProps) -> Html {
    let first = use_memo((), |()| Face::in_head());
    let instance = use_loaded(INSTANCE.call());
    let face = instance
        .value()
        .map_or_else(|| (*first).clone(), Face::told);
    html! { <ContextProvider<Face> context={face}>{ props.children.clone() }</ContextProvider<Face>> }
}

/// The service's face.
#[hook]
pub fn use_face() -> Face {
    use_context::<Face>().unwrap_or_else(Face::in_head)
}

fn meta(name: &str) -> Option<String> {
    let found = document().query_selector(&format!("meta[name='{name}']"));
    let content = found.ok().flatten()?.get_attribute("content")?;
    (!content.is_empty()).then_some(content)
}
