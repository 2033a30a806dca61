//! Whether an account can be used, as a coloured word.

use contract::accounts::users::{UserState, UserView};
use yew::prelude::*;

use super::texts;
use crate::i18n::{Text, use_words};
use crate::ui::{Pill, Tone};

pub const STATES: [UserState; 3] = [
    UserState::Active,
    UserState::Blocked,
    UserState::Unconfirmed,
];

pub fn state_of(user: &UserView) -> UserState {
    if user.blocked.is_some() {
        UserState::Blocked
    } else if user.confirmed_at.is_none() {
        UserState::Unconfirmed
    } else {
        UserState::Active
    }
}

/// All such accounts.
pub const fn state_of_many(state: UserState) -> Text {
    match state {
        UserState::Active => texts::ACTIVE_ONES,
        UserState::Blocked => texts::BLOCKED_ONES,
        UserState::Unconfirmed => texts::UNCONFIRMED_ONES,
    }
}

#[derive(PartialEq, Properties)]
pub struct UserStatePillProps {
    pub user: UserView,
}

#[component]
pub fn UserStatePill(props: &UserStatePillProps) -> Html {
    let words = use_words();
    let (tone, text) = match state_of(&props.user) {
        UserState::Active => (Tone::Sent, texts::ACTIVE),
        UserState::Blocked => (Tone::Failed, texts::BLOCKED),
        UserState::Unconfirmed => (Tone::Skipped, texts::UNCONFIRMED),
    };
    html! { <Pill {tone} text={words.say(text)} /> }
}

#[cfg(test)]
mod tests {
    use contract::accounts::users::Block;

    use super::*;
    use crate::users::form::tests::anna;

    #[test]
    fn blocked_outweighs_unconfirmed() {
        let mut user = anna();
        assert_eq!(state_of(&user), UserState::Active);
        user.confirmed_at = None;
        assert_eq!(state_of(&user), UserState::Unconfirmed);
        user.blocked = Some(Block {
            at: user.created_at,
            by: "Dmitry".to_owned(),
            reason: "Spam".to_owned(),
        });
        assert_eq!(state_of(&user), UserState::Blocked);
    }
}
