//! States as coloured words, and the words of servers.

use yew::prelude::*;

/// What a colour means, in a pill, a bar and a notice alike. It never stands without a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Done, accepted.
    Sent,
    /// Refused, broken.
    Failed,
    /// Waiting, not begun, neutral.
    #[default]
    Queued,
    /// Left out, held back.
    Skipped,
    /// Nobody knows.
    Unknown,
    /// Under way.
    Running,
}

impl Tone {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Sent => "tone-sent",
            Self::Failed => "tone-failed",
            Self::Queued => "tone-queued",
            Self::Skipped => "tone-skipped",
            Self::Unknown => "tone-unknown",
            Self::Running => "tone-running",
        }
    }
}

#[derive(PartialEq, Properties)]
pub struct PillProps {
    pub tone: Tone,
    pub text: AttrValue,
}

#[component]
pub fn Pill(props: &PillProps) -> Html {
    html! { <span class={classes!("pill", props.tone.class())}>{ props.text.clone() }</span> }
}

#[derive(PartialEq, Properties)]
pub struct CodeProps {
    pub text: AttrValue,
}

/// A technical answer, word for word.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    html! { <code class="server-words" translate="no">{ props.text.clone() }</code> }
}
