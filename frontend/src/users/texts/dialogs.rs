//! Words of what one does with an account, and of the dialogs that say what will happen.

use crate::{plurals, texts};

texts! {
    BLOCK: "Block", "Заблокировать";
    BLOCK_TITLE: "Block {name}?", "Заблокировать пользователя {name}?";
    BLOCK_ACT: "Block user", "Заблокировать";
    BLOCK_OUT: "They are signed out at once on every device; API tokens stop working.",
        "Сразу завершатся все сеансы, токены API перестанут работать.";
    BLOCK_MAILINGS: "Mailings send nothing more until you unblock. What is missed in the meantime is not sent later.",
        "Рассылки не отправят больше ничего, пока вы не снимете блокировку. Пропущенное за это время не отправится.";
    BLOCK_TOLD: "They get a letter with your reason.", "Придёт письмо с причиной, которую вы укажете.";
    BLOCK_STAYS: "Nothing is deleted.", "Данные не удаляются.";
    BLOCK_REASON: "Reason", "Причина";
    BLOCK_REASON_HINT: "It is shown in the letter to the person and in the audit log.",
        "Её увидит человек в письме, и она останется в журнале.";
    SUGGESTIONS: "Common reasons", "Частые причины";
    REASON_SPAM: "Letters to people who never asked for them", "Письма людям, которые на них не подписывались";
    REASON_COMPLAINTS: "Recipients complain about these letters", "Жалобы получателей на письма";
    REASON_BOUNCES: "Too many letters to addresses that do not exist", "Слишком много писем на несуществующие адреса";
    REASON_FRAUD: "Letters that pretend to come from somebody else", "Письма от чужого имени";
    REASON_TAKEN_OVER: "Somebody else seems to use this account", "Похоже, учётной записью пользуется кто-то другой";
    REASON_LEFT: "No longer works here", "Больше здесь не работает";
    BLOCKED_NOW: "{name} is blocked", "Пользователь заблокирован: {name}";

    UNBLOCK: "Unblock", "Разблокировать";
    UNBLOCK_TITLE: "Unblock {name}?", "Разблокировать пользователя {name}?";
    UNBLOCK_BODY: "Signing in works again, and mailings go on with their next planned run. A letter tells the person.",
        "Снова можно будет войти, рассылки продолжатся со следующего запуска по плану. Об этом придёт письмо.";
    UNBLOCKED_NOW: "{name} is unblocked", "Пользователь разблокирован: {name}";

    LINK: "Send password link", "Отправить ссылку для пароля";
    LINK_TITLE: "Send a password link to {name}?", "Отправить ссылку для пароля: {name}?";
    LINK_BODY: "A letter goes to {email} with a link to choose a new password. Until it is used, the current password works.",
        "На {email} придёт письмо со ссылкой, по которой можно задать новый пароль. Пока по ней не перешли, действует прежний.";
    LINK_ACT: "Send link", "Отправить ссылку";
    LINK_SENT: "The letter to {email} is on its way", "Письмо на {email} отправляется";

    SIGN_OUT: "End all sessions", "Завершить все сеансы";
    SIGN_OUT_TITLE: "Sign {name} out everywhere?", "Завершить все сеансы: {name}?";
    SIGN_OUT_BODY: "Signing in again is possible at once. API tokens are deleted too; a letter says so.",
        "Войти снова можно сразу. Токены API тоже будут удалены; об этом придёт письмо.";
    SIGN_OUT_ACT: "End sessions", "Завершить сеансы";
    SIGNED_OUT_NOW: "{name} is signed out everywhere", "Все сеансы завершены: {name}";

    DELETE_TITLE: "Delete {name}?", "Удалить пользователя {name}?";
    DELETE_GOES: "These are deleted with the account, for good:", "Вместе с учётной записью навсегда исчезнут:";
    DELETE_KEYS: "all sessions and API tokens", "все сеансы и токены API";
    DELETE_STAYS: "Statistics stay without the person, and so does the audit log.",
        "Статистика останется без имени, журнал действий тоже останется.";
    DELETE_CONFIRM: "Type {email} to confirm", "Чтобы подтвердить, введите {email}";
    DELETE_ACT: "Delete user", "Удалить пользователя";
    DELETED_NOW: "{name} was deleted", "Пользователь удалён: {name}";
}

plurals! {
    BLOCK_RUNNING: ["{n} mailing is running now and stops at once.", "{n} mailings are running now and stop at once."],
        ["Сейчас идёт {n} рассылка, она сразу остановится.", "Сейчас идут {n} рассылки, они сразу остановятся.", "Сейчас идут {n} рассылок, они сразу остановятся."];
    GOES_RUNNING: ["{n} of the mailings is running and stops at once", "{n} of the mailings are running and stop at once"],
        ["из рассылок {n} сейчас идёт и сразу остановится", "из рассылок {n} сейчас идут и сразу остановятся", "из рассылок {n} сейчас идут и сразу остановятся"];
}
