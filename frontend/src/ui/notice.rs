//! Boxes that tell something: notices, and what an empty list is for.

use yew::prelude::*;

use super::{Icon, IconView, Tone};

#[derive(PartialEq, Properties)]
pub struct NoticeProps {
    pub tone: Tone,
    pub children: Html,
}

/// A message within the page, read out when it appears.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let (icon, role) = match props.tone {
        Tone::Failed => (Icon::ExclamationTriangle, "alert"),
        Tone::Sent => (Icon::CheckCircle, "status"),
        Tone::Skipped | Tone::Unknown => (Icon::ExclamationTriangle, "status"),
        Tone::Queued | Tone::Running => (Icon::InfoCircle, "status"),
    };
    html! {
        <div class={classes!("notice", props.tone.class())} {role}>
            <IconView {icon} />
            <div>{ props.children.clone() }</div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct EmptyProps {
    pub icon: Icon,
    pub title: AttrValue,
    pub sentence: AttrValue,
    /// It is all there is on the page: its title is the page's.
    #[prop_or_default]
    pub whole_page: bool,
    /// The first step.
    #[prop_or_default]
    pub children: Html,
}

/// What this place is for, and the first step.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty">
            <div class="empty-icon"><IconView icon={props.icon} /></div>
            if props.whole_page {
                <h1>{ props.title.clone() }</h1>
            } else {
                <h2>{ props.title.clone() }</h2>
            }
            <p class="muted">{ props.sentence.clone() }</p>
            <div class="empty-step">{ props.children.clone() }</div>
        </div>
    }
}
