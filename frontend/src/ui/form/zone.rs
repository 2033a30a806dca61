//! The zone whose clocks somebody goes by.

use yew::prelude::*;

use super::{Bound, SelectField};
use crate::ui::zone;

#[derive(PartialEq, Properties)]
pub struct ZoneFieldProps {
    pub label: AttrValue,
    pub bound: Bound,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

#[component]
pub fn ZoneField(props: &ZoneFieldProps) -> Html {
    let ZoneFieldProps { label, bound, hint } = props;
    let zones = use_memo((), |()| zone::all());
    // An older name of a zone is taken by the service and kept, though browsers do not list it.
    let is_listed = zones.iter().any(|name| *name == *bound.value);
    let unlisted = (!is_listed).then(|| bound.value.to_string());
    let names = unlisted.iter().chain(zones.iter());
    let options: Vec<_> = names
        .map(|name| (name.clone().into(), zone::shown(name).into()))
        .collect();
    html! { <SelectField label={label.clone()} {options} hint={hint.clone()} bound={bound.clone()} /> }
}
