//! Asking for a letter again, not more often than once a minute.

use chrono::{DateTime, Duration, Utc};
use yew::prelude::*;

use super::{calls, texts};
use crate::client::{Call, use_act};
use crate::i18n::use_words;
use crate::ui::countdown::as_clock;
use crate::ui::time::now;
use crate::ui::{Button, Icon, Notice, Tone, use_countdown};

const WAIT: Duration = Duration::seconds(60);

/// Which letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// To confirm the address.
    Confirm,
    /// To choose a new password.
    Password,
}

impl Letter {
    fn call(self, email: String) -> Call<()> {
        match self {
            Self::Confirm => calls::confirm_again(email),
            Self::Password => calls::forgot(email),
        }
    }
}

#[derive(PartialEq, Properties)]
pub struct SendAgainProps {
    pub letter: Letter,
    pub email: String,
    /// One was sent just now.
    #[prop_or_default]
    pub just_sent: bool,
}

#[component]
pub fn SendAgain(props: &SendAgainProps) -> Html {
    let words = use_words();
    let act = use_act();
    let again_at = {
        let just_sent = props.just_sent;
        use_state(move || just_sent.then(|| now() + WAIT))
    };
    let sent = use_state(|| false);
    let left = use_countdown(*again_at);
    let send = {
        let (act, sent, again_at) = (act.clone(), sent.clone(), again_at.clone());
        let call = props.letter.call(props.email.clone());
        Callback::from(move |()| {
            let (sent, again_at) = (sent.clone(), again_at.clone());
            act.run(call.clone(), move |_| {
                sent.set(true);
                again_at.set(next(now()));
            });
        })
    };
    let text = if left > 0 {
        words.fill(texts::SEND_AGAIN_IN, &[("time", &as_clock(left))])
    } else {
        words.say(texts::SEND_AGAIN)
    };
    html! {
        <div class="send-again">
            <Button icon={Icon::ArrowRepeat} {text} onclick={send} disabled={left > 0 || act.is_busy()} />
            if *sent && act.failure().is_none() {
                <span class="muted small" role="status">{ words.say(texts::SENT_AGAIN) }</span>
            }
            if let Some(error) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
        </div>
    }
}

fn next(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(now + WAIT)
}
