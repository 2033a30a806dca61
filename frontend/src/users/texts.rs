//! Words about users: the list, roles and states. Those of one person's page, of dialogs, forms and invitations are
//! beside.

pub mod details;
pub mod dialogs;
pub mod form;
pub mod invitations;

use crate::texts;

texts! {
    TITLE: "Users", "Пользователи";
    SENTENCE: "Everybody who has an account here.", "Все, у кого есть учётная запись.";
    TABS: "Users and invitations", "Пользователи и приглашения";
    USERS: "Users", "Пользователи";
    INVITATIONS: "Invitations", "Приглашения";
    NEW: "New user", "Новый пользователь";
    SEARCH: "Address or name", "Адрес или имя";
    USER: "User", "Пользователь";
    ROLE: "Role", "Роль";
    ANY_ROLE: "Any role", "Любая роль";
    STATE: "State", "Состояние";
    PHONE: "Phone", "Телефон";
    LAST_SEEN: "Last seen", "Последний визит";
    NEVER_SEEN: "Never", "Ещё не было";
    SINCE: "Since", "С нами с";
    PHONE_VERIFIED: "confirmed", "подтверждён";
    PHONE_UNVERIFIED: "not confirmed", "не подтверждён";
    ACTIVE: "Active", "Активен";
    BLOCKED: "Blocked", "Заблокирован";
    UNCONFIRMED: "Unconfirmed", "Не подтверждён";
    ACTIVE_ONES: "Active", "Активные";
    BLOCKED_ONES: "Blocked", "Заблокированные";
    UNCONFIRMED_ONES: "Unconfirmed", "Неподтверждённые";
    EMPTY_TITLE: "Nobody here yet", "Пока никого";
    EMPTY_SENTENCE: "Accounts appear here as soon as people sign up or an administrator makes one.",
        "Здесь появятся те, кто зарегистрируется или кого добавит администратор.";
    YOU: "you", "это вы";

    ROLE_USER: "User", "Пользователь";
    ROLE_CONTENT_MANAGER: "Content manager", "Контент-менеджер";
    ROLE_MANAGER: "Manager", "Менеджер";
    ROLE_ADMIN: "Administrator", "Администратор";
    USER_DOES: "Manages their own recipients and messages, and sends their own mailings.",
        "Ведёт своих получателей и сообщения, отправляет свои рассылки.";
    CONTENT_MANAGER_DOES: "A user who writes the blog too.", "То же, что пользователь, и ещё ведёт блог.";
    MANAGER_DOES: "Sees everyone’s mailings, sends and stops them, blocks users. Edits nothing.",
        "Видит рассылки всех, отправляет и останавливает их, блокирует пользователей. Ничего не редактирует.";
    ADMIN_DOES: "Everything: users and roles, everyone’s mailings, the blog, the audit log.",
        "Может всё: пользователи и роли, рассылки всех, блог, журнал действий.";

    ONLY_OF: "Only what belongs to {name}", "Только данные пользователя: {name}";
    OF_EVERYONE: "Show everyone’s", "Показать данные всех";
    PERSON_SEARCH: "Name or address", "Имя или адрес";
    REMOVE_FILTER: "Remove the filter: {name}", "Снять фильтр: {name}";
}
