//! Pictures of people: fetched with the access token, or their initials where there is none.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::client::{pictures, use_client};

/// The address within the page of a picture that only the signed-in may see; none until it is there.
#[hook]
pub fn use_picture(url: Option<AttrValue>) -> Option<AttrValue> {
    let client = use_client();
    let shown = use_state(|| None::<AttrValue>);
    {
        let shown = shown.setter();
        use_effect_with(url, move |url| {
            // Also tells the fetch, when it comes too late, that nobody waits for it any more.
            let held = Rc::new(RefCell::new(Some(None::<String>)));
            shown.set(None);
            if let Some(url) = url.clone() {
                let held = held.clone();
                spawn_local(async move {
                    let Ok(address) = client.picture(&url).await else {
                        return;
                    };
                    match &mut *held.borrow_mut() {
                        Some(place) => {
                            shown.set(Some(address.clone().into()));
                            *place = Some(address);
                        }
                        None => pictures::release(&address),
                    }
                });
            }
            move || {
                if let Some(Some(address)) = held.take() {
                    pictures::release(&address);
                }
            }
        });
    }
    (*shown).clone()
}

#[derive(PartialEq, Properties)]
pub struct AvatarProps {
    /// The name, or the address of somebody without one.
    pub name: AttrValue,
    /// As the API gives it.
    #[prop_or_default]
    pub url: Option<AttrValue>,
    #[prop_or_default]
    pub large: bool,
    /// What is shown instead, such as a picture that was just chosen.
    #[prop_or_default]
    pub instead: Option<AttrValue>,
}

/// Decoration: the name always stands beside it.
#[component]
pub fn Avatar(props: &AvatarProps) -> Html {
    let fetched = use_picture(props.url.clone());
    let class = classes!("avatar", props.large.then_some("avatar-large"));
    match props.instead.clone().or(fetched) {
        Some(src) => html! { <img {class} {src} alt="" /> },
        None => html! { <span {class} aria-hidden="true">{ initials(&props.name) }</span> },
    }
}

/// "Anna Sokolova" is AS; an address gives its first letter.
fn initials(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || c == '@');
    let words = words.filter(|word| word.starts_with(char::is_alphanumeric));
    let most = if name.contains('@') { 1 } else { 2 };
    words
        .take(most)
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_two_words() {
        assert_eq!(initials("Anna Sokolova"), "AS");
        assert_eq!(initials("анна мария ким"), "АМ");
        assert_eq!(initials("Плутон"), "П");
        assert_eq!(initials("anna@example.org"), "A");
        assert_eq!(initials("— Анна"), "А");
        assert_eq!(initials(""), "");
    }
}
