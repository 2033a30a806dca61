//! The operations on users.

use contract::accounts::users::{
    NewBlock, NewUserAccount, UserChange, UserDetail, UserTotals, UserView,
};
use contract::listing::Page;

use crate::client::{Call, Version};
use crate::operations;

operations! {
    LIST: Get "/users" -> Page<UserView>;
    TOTALS: Get "/users/totals" -> UserTotals;
    READ: Get "/users/{id}" -> UserDetail;
    CREATE: Post "/users" -> UserDetail;
    CHANGE: Patch "/users/{id}" -> UserDetail;
    DELETE: Delete "/users/{id}" -> ();
    BLOCK: Post "/users/{id}/block" -> UserDetail;
    UNBLOCK: Post "/users/{id}/unblock" -> UserDetail;
    PASSWORD_LINK: Post "/users/{id}/password-link" -> ();
    END_SESSIONS: Delete "/users/{id}/sessions" -> ();
}

pub fn create(user: &NewUserAccount) -> Call<UserDetail> {
    CREATE.call().body(user)
}

/// Sends what differs from how it was; the rest may be somebody else's newer word.
pub fn change(version: &Version, was: &NewUserAccount, is: &NewUserAccount) -> Call<UserDetail> {
    CHANGE.at(version).body(&difference(was, is))
}

pub fn block(id: i64, block: &NewBlock) -> Call<UserDetail> {
    BLOCK.of(id).body(block)
}

fn difference(was: &NewUserAccount, is: &NewUserAccount) -> UserChange {
    fn changed<T: PartialEq + Clone>(was: &T, is: &T) -> Option<T> {
        (was != is).then(|| is.clone())
    }
    let NewUserAccount {
        email,
        full_name,
        role,
        language,
        time_zone,
        city,
    } = was;
    UserChange {
        email: changed(email, &is.email),
        full_name: changed(full_name, &is.full_name),
        role: changed(role, &is.role),
        language: changed(language, &is.language),
        time_zone: changed(time_zone, &is.time_zone),
        city: changed(city, &is.city),
    }
}

#[cfg(test)]
mod tests {
    use contract::accounts::Language;
    use contract::permissions::Role;

    use super::*;

    #[test]
    fn only_what_was_changed_is_sent() {
        let was = NewUserAccount {
            email: "anna@example.org".to_owned(),
            full_name: "Anna".to_owned(),
            role: Role::User,
            language: Language::En,
            time_zone: "UTC".to_owned(),
            city: String::new(),
        };
        let is = NewUserAccount {
            role: Role::Manager,
            ..was.clone()
        };
        let expected = UserChange {
            role: Some(Role::Manager),
            ..UserChange::default()
        };
        assert_eq!(difference(&was, &is), expected);
    }
}
