//! Other people's accounts: managers see and block them, administrators keep them and invite new ones.

mod acts;
pub mod calls;
mod details;
mod form;
pub mod invitations;
mod list;
mod of_owner;
mod person_filter;
mod roles;
mod state;
pub mod texts;

use contract::accounts::users::UserView;

pub use details::UserDetails;
pub use form::{EditUser, NewUserForm};
pub use list::UserList;
pub use of_owner::{OWNER, OfOwner};
pub use person_filter::PersonFilter;
pub use roles::{role_does, role_text};

/// The name, or the address of somebody without one.
pub fn called(user: &UserView) -> String {
    let name = user.full_name.trim();
    if name.is_empty() {
        user.email.clone()
    } else {
        name.to_owned()
    }
}
