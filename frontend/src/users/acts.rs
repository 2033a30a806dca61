//! What one can do with an account: its buttons, and the dialogs that say what will happen.

mod block;
mod delete;
mod dialogs;

use contract::accounts::users::{UserDetail, UserView};
use contract::permissions::Permission;
use yew::prelude::*;

use super::texts::dialogs as texts;
use crate::i18n::texts::{DELETE, EDIT};
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::{Person, use_person};
use crate::ui::{Button, Icon, IconView, Link, More, MoreEntry, use_asking};
use block::{BlockDialog, UnblockDialog};
use delete::DeleteDialog;
use dialogs::{LinkDialog, SignOutDialog};

/// What this person may do with this account as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Allowed {
    block: bool,
    unblock: bool,
    edit: bool,
    send_link: bool,
    end_sessions: bool,
    delete: bool,
}

impl Allowed {
    fn of(person: &Person, user: &UserView) -> Self {
        let other = person.me.id != user.id;
        let manages = person.may(Permission::ManageUsers);
        let blocks =
            other && person.may(Permission::BlockUsers) && (manages || !user.role.is_staff());
        let blocked = user.blocked.is_some();
        Self {
            block: blocks && !blocked,
            unblock: blocks && blocked,
            edit: manages,
            send_link: manages && other,
            end_sessions: manages && other,
            delete: manages && other,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Block,
    Unblock,
    SendLink,
    EndSessions,
    Delete,
}

#[derive(PartialEq, Properties)]
pub struct ActsProps {
    pub detail: UserDetail,
    pub etag: Option<String>,
    /// Something was done: the account is to be read again.
    pub changed: Callback<()>,
}

#[component]
pub fn Acts(props: &ActsProps) -> Html {
    let words = use_words();
    let person = use_person();
    let asking = use_asking::<Asking>();
    let user = &props.detail.user;
    let Some(allowed) = person.as_ref().map(|person| Allowed::of(person, user)) else {
        return Html::default();
    };
    let entries = [
        (
            allowed.send_link,
            Icon::Key,
            texts::LINK,
            false,
            Asking::SendLink,
        ),
        (
            allowed.end_sessions,
            Icon::BoxArrowRight,
            texts::SIGN_OUT,
            false,
            Asking::EndSessions,
        ),
        (allowed.delete, Icon::Trash, DELETE, true, Asking::Delete),
    ];
    let entries: Vec<MoreEntry> = entries
        .into_iter()
        .filter(|(allowed, ..)| *allowed)
        .map(|(_, icon, text, danger, what)| MoreEntry {
            icon,
            text: words.say(text),
            danger,
            act: asking.ask(what),
        })
        .collect();
    html! {
        <>
            if !entries.is_empty() {
                <More {entries} />
            }
            if allowed.edit {
                <Link to={Route::EditUser { id: user.id }} class="button"><IconView icon={Icon::Pencil} />{ words.say(EDIT) }</Link>
            }
            if allowed.block {
                <Button icon={Icon::PersonSlash} text={words.say(texts::BLOCK)} onclick={asking.ask(Asking::Block)} />
            }
            if allowed.unblock {
                <Button icon={Icon::PersonCheck} text={words.say(texts::UNBLOCK)} onclick={asking.ask(Asking::Unblock)} />
            }
            if let Some(what) = asking.now {
                { dialog(what, props, asking.close.clone()) }
            }
        </>
    }
}

fn dialog(what: Asking, props: &ActsProps, on_close: Callback<()>) -> Html {
    let ActsProps {
        detail,
        etag,
        changed,
    } = props;
    let (detail, changed) = (detail.clone(), changed.clone());
    match what {
        Asking::Block => html! { <BlockDialog {detail} {changed} {on_close} /> },
        Asking::Unblock => html! { <UnblockDialog {detail} {changed} {on_close} /> },
        Asking::SendLink => html! { <LinkDialog {detail} {changed} {on_close} /> },
        Asking::EndSessions => html! { <SignOutDialog {detail} {changed} {on_close} /> },
        Asking::Delete => html! { <DeleteDialog {detail} etag={etag.clone()} {on_close} /> },
    }
}

#[cfg(test)]
mod tests {
    use contract::permissions::Role;

    use super::*;
    use crate::session::tests::person;
    use crate::users::form::tests::anna;

    fn allowed(role: Role, id: i64, user: &UserView) -> Allowed {
        Allowed::of(&person(role, id), user)
    }

    #[test]
    fn a_manager_blocks_users_but_no_staff() {
        let user = anna();
        let by_manager = allowed(Role::Manager, 9, &user);
        assert!(by_manager.block && !by_manager.edit && !by_manager.delete);
        for role in [Role::ContentManager, Role::Manager, Role::Admin] {
            let staff = UserView {
                role,
                ..user.clone()
            };
            assert!(!allowed(Role::Manager, 9, &staff).block);
            assert!(allowed(Role::Admin, 9, &staff).block);
        }
    }

    #[test]
    fn nobody_blocks_or_deletes_themselves() {
        let admin = UserView {
            role: Role::Admin,
            ..anna()
        };
        let own = allowed(Role::Admin, admin.id, &admin);
        assert!(own.edit);
        assert!(!own.block && !own.delete && !own.end_sessions && !own.send_link);
    }
}
