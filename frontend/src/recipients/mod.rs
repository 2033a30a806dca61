//! Recipients: the list, one in detail, and the form. The pattern for every list and form of the page.

pub mod calls;
mod delete;
mod details;
mod form;
mod list;
mod suppression;
pub mod texts;
mod timeline;

use contract::recipients::RecipientView;

pub use details::RecipientDetails;
pub use form::{EditRecipient, NewRecipientForm};
pub use list::RecipientList;

/// The name, or the address of somebody without one.
pub fn called(recipient: &RecipientView) -> String {
    let name = recipient.full_name.trim();
    if name.is_empty() {
        recipient.email.clone()
    } else {
        name.to_owned()
    }
}
