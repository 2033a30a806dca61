//! Permissions as scopes of a token: their names, what they mean, and choosing among one's own.

use contract::permissions::Permission;
use contract::problem::FieldError;
use yew::prelude::*;

use super::texts::{self, scopes as names};
use crate::i18n::{Text, use_words};
use crate::ui::form::FieldFrame;

pub const fn name(scope: Permission) -> Text {
    words(scope).0
}

/// What it is called, and what it lets a program do.
const fn words(scope: Permission) -> (Text, Text) {
    match scope {
        Permission::KeepOwnProfile => (names::KEEP_OWN_PROFILE, names::KEEP_OWN_PROFILE_MEANS),
        Permission::KeepOwnMailings => (names::KEEP_OWN_MAILINGS, names::KEEP_OWN_MAILINGS_MEANS),
        Permission::SeeMailings => (names::SEE_MAILINGS, names::SEE_MAILINGS_MEANS),
        Permission::SeeEverything => (names::SEE_EVERYTHING, names::SEE_EVERYTHING_MEANS),
        Permission::SendAnyMailing => (names::SEND_ANY_MAILING, names::SEND_ANY_MAILING_MEANS),
        Permission::StopAnyMailing => (names::STOP_ANY_MAILING, names::STOP_ANY_MAILING_MEANS),
        Permission::EditEverything => (names::EDIT_EVERYTHING, names::EDIT_EVERYTHING_MEANS),
        Permission::BlockUsers => (names::BLOCK_USERS, names::BLOCK_USERS_MEANS),
        Permission::ManageUsers => (names::MANAGE_USERS, names::MANAGE_USERS_MEANS),
        Permission::WriteBlog => (names::WRITE_BLOG, names::WRITE_BLOG_MEANS),
        Permission::ReadCapturedMail => {
            (names::READ_CAPTURED_MAIL, names::READ_CAPTURED_MAIL_MEANS)
        }
        Permission::ReadAuditLog => (names::READ_AUDIT_LOG, names::READ_AUDIT_LOG_MEANS),
    }
}

#[derive(PartialEq, Properties)]
pub struct ScopesFieldProps {
    /// What the owner may do.
    pub offered: Vec<Permission>,
    pub chosen: Vec<Permission>,
    pub errors: Vec<FieldError>,
    pub change: Callback<Vec<Permission>>,
    pub disabled: bool,
}

#[component]
pub fn ScopesField(props: &ScopesFieldProps) -> Html {
    let say = use_words();
    let ScopesFieldProps {
        offered,
        chosen,
        errors,
        change,
        disabled,
    } = props;
    let option = |scope: Permission| {
        let (name, means) = words(scope);
        let on = chosen.contains(&scope);
        let id = format!("scope-{}", name.en.to_lowercase().replace([' ', '’'], "-"));
        let flip = {
            let (change, chosen) = (change.clone(), chosen.clone());
            Callback::from(move |_: Event| change.emit(flipped(&chosen, scope)))
        };
        html! {
            <li class="pick-option">
                <input type="checkbox" class="form-check-input" id={id.clone()} checked={on} onchange={flip} disabled={*disabled} />
                <label for={id}><b>{ say.say(name) }</b><span class="muted small">{ say.say(means) }</span></label>
            </li>
        }
    };
    let invalid = (!errors.is_empty()).then_some("true");
    html! {
        <FieldFrame label={say.say(texts::SCOPES)} id="scopes" errors={errors.clone()} hint={say.say(texts::SCOPES_HINT)}>
            <ul id="scopes" class="pick pick-list" role="group" tabindex="-1" aria-invalid={invalid}
                aria-label={say.say(texts::SCOPES)}>
                { for offered.iter().copied().map(option) }
            </ul>
        </FieldFrame>
    }
}

/// In the order of the table, whatever the order of choosing.
fn flipped(chosen: &[Permission], scope: Permission) -> Vec<Permission> {
    let is_on = |other: &Permission| chosen.contains(other) != (*other == scope);
    Permission::ALL.into_iter().filter(is_on).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_permission_has_a_name_of_its_own_and_says_what_it_means() {
        let names: HashSet<_> = Permission::ALL.map(|scope| name(scope).en).into();
        let russian: HashSet<_> = Permission::ALL.map(|scope| name(scope).ru).into();
        assert_eq!(names.len(), Permission::ALL.len());
        assert_eq!(russian.len(), Permission::ALL.len());
        for scope in Permission::ALL {
            let (name, means) = words(scope);
            assert_ne!(name, means);
        }
    }

    #[test]
    fn scopes_are_put_in_and_taken_out() {
        use Permission::{KeepOwnMailings, KeepOwnProfile, SeeMailings};
        let chosen = flipped(&[SeeMailings], KeepOwnProfile);
        assert_eq!(chosen, [KeepOwnProfile, SeeMailings]);
        assert_eq!(flipped(&chosen, SeeMailings), [KeepOwnProfile]);
        assert_eq!(flipped(&[], KeepOwnMailings), [KeepOwnMailings]);
    }
}
