//! Who may do what: the one table that the API's guards and the page both read.
//!
//! A new permission does not compile until `holders` answers for it. The same words are the scopes of API tokens.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account is for. Everyone has exactly one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps recipients and messages, and schedules mailings.
    User,
    /// A user who also writes the blog.
    ContentManager,
    /// Sees everything, stops mailings, blocks users, edits nothing.
    Manager,
    /// May do everything.
    Admin,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::User, Role::ContentManager, Role::Manager, Role::Admin];

    /// The word on the wire and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Role::User => "user",
            Role::ContentManager => "content_manager",
            Role::Manager => "manager",
            Role::Admin => "admin",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    pub fn may(self, permission: Permission) -> bool {
        permission.holders().contains(&self)
    }

    /// All that this role may do.
    pub fn permissions(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .into_iter()
            .filter(move |permission| self.may(*permission))
    }

    /// Whether something is taken away by going from this role to the other.
    pub fn loses_by(self, to: Self) -> bool {
        self.permissions().any(|permission| !to.may(permission))
    }

    /// Whoever works for the service, beside its users.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Role::User)
    }
}

/// One thing that not everyone may do, or that not every API token may be used for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Change one's own profile and see what concerns one's account.
    KeepOwnProfile,
    /// Create, change, delete, send, pause and stop one's own recipients, messages and mailings.
    KeepOwnMailings,
    /// See one's own recipients, messages, mailings and their deliveries.
    SeeMailings,
    /// See everyone's recipients, messages, mailings, attempts and statistics.
    SeeEverything,
    /// Send somebody else's mailing on demand.
    SendAnyMailing,
    /// Stop somebody else's mailing for good.
    StopAnyMailing,
    /// Change or delete what is somebody else's; every such act is audited.
    EditEverything,
    /// List users, block and unblock those who are not staff.
    BlockUsers,
    /// Create, change and delete users, and give roles.
    ManageUsers,
    /// Write the blog.
    WriteBlog,
    /// Read the mail that was captured instead of sent.
    ReadCapturedMail,
    /// Read who did what to whom, and what became of the service's own letters.
    ReadAuditLog,
}

impl Permission {
    pub const ALL: [Permission; 12] = [
        Permission::KeepOwnProfile,
        Permission::KeepOwnMailings,
        Permission::SeeMailings,
        Permission::SeeEverything,
        Permission::SendAnyMailing,
        Permission::StopAnyMailing,
        Permission::EditEverything,
        Permission::BlockUsers,
        Permission::ManageUsers,
        Permission::WriteBlog,
        Permission::ReadCapturedMail,
        Permission::ReadAuditLog,
    ];

    pub const fn holders(self) -> &'static [Role] {
        use Role::{Admin, ContentManager, Manager, User};
        match self {
            Permission::KeepOwnProfile => &[User, ContentManager, Manager, Admin],
            Permission::KeepOwnMailings => &[User, ContentManager, Admin],
            Permission::SeeMailings => &[User, ContentManager, Manager, Admin],
            Permission::SeeEverything => &[Manager, Admin],
            Permission::SendAnyMailing => &[Manager, Admin],
            Permission::StopAnyMailing => &[Manager, Admin],
            Permission::EditEverything => &[Admin],
            Permission::BlockUsers => &[Manager, Admin],
            Permission::ManageUsers => &[Admin],
            Permission::WriteBlog => &[ContentManager, Admin],
            Permission::ReadCapturedMail => &[Admin],
            Permission::ReadAuditLog => &[Admin],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manager_sees_and_stops_but_keeps_and_edits_nothing() {
        let manager = Role::Manager;
        assert!(manager.may(Permission::SeeEverything));
        assert!(manager.may(Permission::StopAnyMailing));
        assert!(!manager.may(Permission::KeepOwnMailings));
        assert!(!manager.may(Permission::EditEverything));
        assert!(!manager.may(Permission::WriteBlog));
    }

    #[test]
    fn a_demotion_takes_something_away() {
        assert!(Role::Admin.loses_by(Role::Manager));
        assert!(Role::ContentManager.loses_by(Role::User));
        assert!(Role::Manager.loses_by(Role::User));
        // A manager keeps no mailings: for a user this, too, takes something away.
        assert!(Role::User.loses_by(Role::Manager));
        assert!(!Role::User.loses_by(Role::ContentManager));
        assert!(!Role::Manager.loses_by(Role::Admin));
        assert!(!Role::Admin.loses_by(Role::Admin));
    }

    #[test]
    fn an_admin_holds_every_permission() {
        assert!(
            Permission::ALL
                .into_iter()
                .all(|permission| Role::Admin.may(permission))
        );
    }

    #[test]
    fn role_words_are_those_on_the_wire() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.word());
            assert_eq!(Role::from_word(role.word()), Some(role));
        }
    }
}
