//! The language that somebody is written to in.

use contract::accounts::Language;
use yew::prelude::*;

use super::Choice;

#[derive(PartialEq, Properties)]
pub struct LanguageFieldProps {
    pub label: AttrValue,
    pub value: Language,
    pub change: Callback<Language>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub disabled: bool,
}

/// Each is named in itself, for those who do not read the other.
#[component]
pub fn LanguageField(props: &LanguageFieldProps) -> Html {
    let LanguageFieldProps {
        label,
        value,
        change,
        hint,
        disabled,
    } = props;
    let options = Language::ALL.map(|language| (language, language.code(), name(language).into()));
    html! {
        <Choice<Language> label={label.clone()} name="language" value={*value} options={options.to_vec()} change={change.clone()}
            hint={hint.clone()} disabled={*disabled} />
    }
}

const fn name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Ru => "Русский",
    }
}
