//! What the service's letters say, in each language.
//!
//! A [`Matter`] has all the facts that its text needs, and no more; the text of each language is a function of it.

mod en;
mod ru;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use contract::accounts::Language;

use super::layout::Words;

/// What a letter is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    ConfirmAddress(Link),
    SignUpAgain(Link),
    AlreadySignedUp {
        sign_in: String,
    },
    PasswordReset(Link),
    PasswordLink {
        link: Link,
        /// The account has no password yet.
        first: bool,
    },
    PasswordChanged {
        deed: Deed,
        /// So many still work.
        api_tokens: u64,
        /// Where the page shows them.
        page: String,
    },
    EmailChangePresent {
        link: Link,
        /// The new address.
        email: String,
    },
    EmailChangeNew {
        link: Link,
        email: String,
    },
    EmailChanged {
        email: String,
        at: Moment,
    },
    SecondFactorOn(Deed),
    SecondFactorOff(Deed),
    RecoveryCodeUsed {
        deed: Deed,
        left: u32,
    },
    ApiTokenMade {
        /// Its name.
        token: String,
        deed: Deed,
        page: String,
    },
    ApiTokensDeleted {
        count: u64,
        at: Moment,
        page: String,
    },
    Invitation {
        link: Link,
        /// Who invites, by name.
        invited_by: String,
    },
    Blocked {
        reason: String,
    },
    Unblocked {
        sign_in: String,
    },
    AccountDeleted,
}

/// What to follow, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub url: String,
    pub until: Moment,
}

/// Something that was done to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The address of the client that did it.
    pub client: String,
    pub at: Moment,
}

/// An instant as its reader's clock shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub zone: Tz,
}

/// To whom the service speaks, and by what name.
#[derive(Clone, Copy, Debug)]
pub struct Talk<'a> {
    pub instance: &'a str,
    /// The full name of whoever reads; empty where there is none to be used.
    pub name: &'a str,
}

/// The words of a letter.
pub fn words(language: Language, talk: Talk<'_>, matter: &Matter) -> Words {
    match language {
        Language::En => en::words(talk, matter),
        Language::Ru => ru::words(talk, matter),
    }
}

/// Why one got the letter, for its foot.
pub fn reason(language: Language) -> &'static str {
    match language {
        Language::En => en::REASON,
        Language::Ru => ru::REASON,
    }
}

/// The code that checks a phone, as an SMS. In Russian no more than 70 characters are paid for once.
pub fn phone_code(language: Language, instance: &str, code: &str) -> String {
    let instance: String = instance.chars().take(INSTANCE_LIMIT).collect();
    match language {
        Language::En => en::phone_code(&instance, code),
        Language::Ru => ru::phone_code(&instance, code),
    }
}

const INSTANCE_LIMIT: usize = 24;

#[cfg(test)]
mod tests;
