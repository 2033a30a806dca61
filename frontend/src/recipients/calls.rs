//! The operations on recipients.

use contract::listing::Page;
use contract::recipients::{NewRecipient, RecipientChange, RecipientView};
use contract::timeline::TimelineItem;

use crate::client::{Call, Version};
use crate::operations;

operations! {
    LIST: Get "/recipients" -> Page<RecipientView>;
    CREATE: Post "/recipients" -> RecipientView;
    READ: Get "/recipients/{id}" -> RecipientView;
    CHANGE: Patch "/recipients/{id}" -> RecipientView;
    LIFT: Delete "/recipients/{id}/suppression" -> ();
    TIMELINE: Get "/recipients/{id}/timeline" -> Page<TimelineItem>;
    DELETE: Delete "/recipients/{id}" -> ();
}

pub fn create(recipient: &NewRecipient) -> Call<RecipientView> {
    CREATE.call().body(recipient)
}

pub fn change(version: &Version, recipient: NewRecipient) -> Call<RecipientView> {
    let NewRecipient {
        email,
        full_name,
        comment,
        phone,
    } = recipient;
    let change = RecipientChange {
        email: Some(email),
        full_name: Some(full_name),
        comment: Some(comment),
        phone: Some(phone),
    };
    CHANGE.at(version).body(&change)
}
