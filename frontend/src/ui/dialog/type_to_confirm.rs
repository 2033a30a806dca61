//! An address that is typed to be sure: what comes next cannot be taken back.

use yew::prelude::*;

use crate::ui::form::FieldFrame;

#[derive(PartialEq, Properties)]
pub struct TypeToConfirmProps {
    pub id: &'static str,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is to be typed.
    pub email: AttrValue,
    /// Hears whether it is there.
    pub meant: Callback<bool>,
}

#[component]
pub fn TypeToConfirm(props: &TypeToConfirmProps) -> Html {
    let TypeToConfirmProps {
        id,
        label,
        hint,
        email,
        meant,
    } = props;
    let typed = use_state(String::new);
    let oninput = {
        let (typed, email, meant) = (typed.setter(), email.clone(), meant.clone());
        Callback::from(move |event: InputEvent| {
            let input: web_sys::HtmlInputElement = event.target_unchecked_into();
            meant.emit(is_same(&input.value(), &email));
            typed.set(input.value());
        })
    };
    html! {
        <FieldFrame label={label.clone()} id={*id} hint={hint.clone()}>
            <input id={*id} class="input" type="text" value={(*typed).clone()} {oninput} autocomplete="off" autocapitalize="off"
                spellcheck="false" aria-describedby={format!("{id}-note")} />
        </FieldFrame>
    }
}

/// The domain may be written in another case, and spaces are slips.
fn is_same(typed: &str, email: &str) -> bool {
    !email.is_empty() && typed.trim().to_lowercase() == email.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_address_opens_the_way() {
        assert!(is_same(" Anna@Example.org ", "anna@example.org"));
        assert!(!is_same("", ""));
        assert!(!is_same("anna@example", "anna@example.org"));
    }
}
