//! What acts are called where one chooses among them.

use crate::texts;

texts! {
    GROUP_SIGNING_IN: "Signing in", "Вход";
    GROUP_SECURITY: "Passwords and keys", "Пароли и ключи";
    GROUP_USERS: "Users", "Пользователи";
    GROUP_RECIPIENTS: "Recipients", "Получатели";
    GROUP_MESSAGES: "Messages", "Сообщения";
    GROUP_MAILINGS: "Mailings", "Рассылки";
    GROUP_BLOG: "Blog", "Блог";

    SIGNED_UP: "Sign-up", "Регистрация";
    SIGNED_IN: "Sign-in", "Вход в систему";
    SECOND_FACTOR_FAILED: "Wrong code at sign-in", "Неверный код при входе";
    RECOVERY_CODE_USED: "Recovery code used", "Использован код восстановления";
    SESSIONS_ENDED: "Sessions ended", "Завершены сеансы";
    SESSION_STOLEN: "Session key used twice", "Повторный ключ сеанса";
    PASSWORD_CHANGED: "Password changed", "Изменён пароль";
    PASSWORD_RESET: "Password reset", "Сброшен пароль";
    PASSWORD_LINK_SENT: "Password link sent", "Отправлена ссылка для пароля";
    EMAIL_CHANGED: "E-mail changed", "Изменён адрес почты";
    PHONE_VERIFIED: "Phone confirmed", "Подтверждён телефон";
    SECOND_FACTOR_ON: "Second factor turned on", "Включён второй фактор";
    SECOND_FACTOR_OFF: "Second factor turned off", "Отключён второй фактор";
    RECOVERY_CODES_RENEWED: "New recovery codes", "Новые коды восстановления";
    API_TOKEN_MADE: "API token made", "Создан токен API";
    API_TOKEN_DELETED: "API token deleted", "Удалён токен API";
    USER_INVITED: "Invitation sent", "Отправлено приглашение";
    INVITATION_WITHDRAWN: "Invitation withdrawn", "Отозвано приглашение";
    USER_CREATED: "User created", "Создан пользователь";
    USER_CHANGED: "User changed", "Изменён пользователь";
    ROLE_CHANGED: "Role changed", "Изменена роль";
    USER_BLOCKED: "User blocked", "Заблокирован пользователь";
    USER_UNBLOCKED: "User unblocked", "Разблокирован пользователь";
    USER_DELETED: "User deleted", "Удалён пользователь";
    ACCOUNT_DELETED: "Own account deleted", "Удалена своя учётная запись";
    RECIPIENT_CREATED: "Recipient added", "Добавлен получатель";
    RECIPIENT_CHANGED: "Recipient changed", "Изменён получатель";
    RECIPIENT_DELETED: "Recipient deleted", "Удалён получатель";
    SUPPRESSION_LIFTED: "Refused address allowed again", "Получателю снова можно писать";
    MESSAGE_CREATED: "Message written", "Создано сообщение";
    MESSAGE_CHANGED: "Message changed", "Изменено сообщение";
    MESSAGE_DELETED: "Message deleted", "Удалено сообщение";
    MAILING_CREATED: "Mailing planned", "Создана рассылка";
    MAILING_CHANGED: "Mailing changed", "Изменена рассылка";
    MAILING_DELETED: "Mailing deleted", "Удалена рассылка";
    MAILING_SENT: "Mailing sent", "Отправлена рассылка";
    MAILING_RETRIED: "Failed letters sent again", "Повторно отправлены неудавшиеся письма";
    MAILING_PAUSED: "Mailing paused", "Пауза в рассылке";
    MAILING_RESUMED: "Mailing resumed", "Возобновлена рассылка";
    MAILING_STOPPED: "Mailing stopped", "Остановлена рассылка";
    ARTICLE_CHANGED: "Article changed", "Изменена статья";
    ARTICLE_DELETED: "Article deleted", "Удалена статья";
}
