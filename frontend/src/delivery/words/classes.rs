//! The kinds of failure: what a group of letters that did not arrive has in common.

use contract::delivery::FailureClass;
use contract::mailings::Channel;

use crate::delivery::texts::classes as texts;
use crate::i18n::Text;

/// The kind in a few words.
pub const fn class(class: FailureClass) -> Text {
    match class {
        FailureClass::Transient => texts::TRANSIENT,
        FailureClass::Permanent => texts::PERMANENT,
        FailureClass::Connection => texts::CONNECTION,
        FailureClass::Authentication => texts::AUTHENTICATION,
        FailureClass::Quota => texts::QUOTA,
        FailureClass::BrokenProtocol => texts::BROKEN_PROTOCOL,
    }
}

/// What is to be known before such letters, or SMS, are sent again.
pub const fn advice(channel: Channel, class: FailureClass) -> Text {
    match channel {
        Channel::Email => letters_advice(class),
        Channel::Sms => sms_advice(class),
    }
}

const fn sms_advice(class: FailureClass) -> Text {
    match class {
        FailureClass::Transient | FailureClass::Connection => texts::SMS_TROUBLE_ADVICE,
        FailureClass::Quota => texts::SMS_QUOTA_ADVICE,
        FailureClass::Permanent => texts::SMS_PERMANENT_ADVICE,
        FailureClass::Authentication => texts::SMS_AUTHENTICATION_ADVICE,
        FailureClass::BrokenProtocol => texts::SMS_PROTOCOL_ADVICE,
    }
}

const fn letters_advice(class: FailureClass) -> Text {
    match class {
        FailureClass::Transient => texts::TRANSIENT_ADVICE,
        FailureClass::Permanent => texts::PERMANENT_ADVICE,
        FailureClass::Connection => texts::CONNECTION_ADVICE,
        FailureClass::Authentication => texts::AUTHENTICATION_ADVICE,
        FailureClass::Quota => texts::QUOTA_ADVICE,
        FailureClass::BrokenProtocol => texts::BROKEN_PROTOCOL_ADVICE,
    }
}

/// The word on the wire, for filters.
pub const fn class_key(class: FailureClass) -> &'static str {
    match class {
        FailureClass::Transient => "transient",
        FailureClass::Permanent => "permanent",
        FailureClass::Connection => "connection",
        FailureClass::Authentication => "authentication",
        FailureClass::Quota => "quota",
        FailureClass::BrokenProtocol => "broken_protocol",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_use_the_words_on_the_wire() {
        for class in FailureClass::ALL {
            assert_eq!(
                serde_json::to_value(class).expect("a word"),
                class_key(class)
            );
        }
    }

    #[test]
    fn no_two_kinds_are_called_the_same() {
        for (place, one) in FailureClass::ALL.into_iter().enumerate() {
            for other in &FailureClass::ALL[..place] {
                assert_ne!(class(one), class(*other));
            }
        }
    }
}
