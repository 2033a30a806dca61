//! Words of the form of a user.

use crate::texts;

texts! {
    NEW_TITLE: "New user", "Новый пользователь";
    NEW_SENTENCE: "They get a letter with a link to choose a password; you never learn it.",
        "Придёт письмо со ссылкой, по которой человек сам задаст пароль. Вы его не узнаете.";
    EDIT_TITLE: "Edit user", "Изменить пользователя";
    EMAIL: "E-mail", "Электронная почта";
    EMAIL_HINT: "They sign in with it, and the letter with the link goes there.",
        "С ним человек входит, и на него придёт письмо со ссылкой.";
    EMAIL_CHANGE_HINT: "They sign in with it from now on; the old address is notified. All their sessions end, and their API tokens are deleted.",
        "С ним человек будет входить. На прежний адрес придёт уведомление. Все сеансы завершатся, токены API будут удалены.";
    EMAIL_HINT_OWN: "You change your own address in your profile: both addresses confirm it.",
        "Свой адрес меняют в профиле: понадобится подтверждение с обоих адресов.";
    FULL_NAME: "Full name", "Имя и фамилия";
    ROLE: "Role", "Роль";
    ROLE_HINT_LESS: "With fewer rights than before, they are signed out everywhere.",
        "Прав станет меньше, поэтому все сеансы будут завершены.";
    ROLE_HINT_OWN: "Another administrator can change your role.", "Вашу роль может изменить другой администратор.";
    LANGUAGE: "Language", "Язык";
    LANGUAGE_HINT: "Letters from the service are written in it.", "На нём придут письма от сервиса.";
    TIME_ZONE: "Time zone", "Часовой пояс";
    CITY: "City", "Город";
    CREATE: "Create user", "Создать пользователя";
    CREATED: "{name} was created, and a letter is on its way", "Пользователь создан, письмо отправляется: {name}";
    SAVED: "{name} was saved", "Изменения сохранены: {name}";
}
