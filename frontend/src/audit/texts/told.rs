//! What happened, told to somebody else. `{actor}` did it, `{owner}` is whose account or thing it was, `{item}` what
//! it was done to. Nothing asks for the gender of anybody: names stay in the nominative, verbs agree with things.

use crate::texts;

texts! {
    SIGNED_UP: "{owner} signed up", "{owner}: регистрация";
    SIGNED_IN: "{owner} signed in", "{owner}: вход в систему";
    SECOND_FACTOR_FAILED: "{owner} gave the right password, but no right code",
        "{owner}: пароль верный, но нет верного кода второго фактора";
    RECOVERY_CODE_USED: "{owner} used a recovery code", "{owner}: использован код восстановления";
    PASSWORD_CHANGED: "{owner} changed the password", "{owner}: пароль изменён";
    PASSWORD_CHANGED_BY: "{actor} changed the password of {owner}", "{actor}: изменён пароль, пользователь — {owner}";
    PASSWORD_RESET: "{owner} chose a new password by a link", "{owner}: новый пароль задан по ссылке из письма";
    PASSWORD_RESET_BY: "{actor} reset the password of {owner}", "{actor}: сброшен пароль, пользователь — {owner}";
    EMAIL_CHANGED: "{owner} changed the e-mail address", "{owner}: адрес почты изменён";
    EMAIL_CHANGED_BY: "{actor} changed the e-mail address of {owner}",
        "{actor}: изменён адрес почты, пользователь — {owner}";
    PHONE_VERIFIED: "{owner} confirmed a phone number", "{owner}: телефон подтверждён";
    SECOND_FACTOR_ON: "{owner} turned on the second factor", "{owner}: второй фактор включён";
    SECOND_FACTOR_OFF: "{owner} turned off the second factor", "{owner}: второй фактор отключён";
    SECOND_FACTOR_OFF_BY: "{actor} turned off the second factor of {owner}",
        "{actor}: отключён второй фактор, пользователь — {owner}";
    RECOVERY_CODES_RENEWED: "{owner} made new recovery codes", "{owner}: созданы новые коды восстановления";
    API_TOKEN_MADE: "{owner} made the API token {item}", "{owner}: создан токен API {item}";
    API_TOKEN_DELETED: "{owner} deleted the API token {item}", "{owner}: удалён токен API {item}";
    API_TOKEN_DELETED_BY: "{actor} deleted the API token {item} of {owner}",
        "{actor}: удалён токен API {item}, владелец — {owner}";
    SESSIONS_ENDED: "{owner} signed out on other devices", "{owner}: завершены сеансы на других устройствах";
    SESSIONS_ENDED_BY: "{actor} signed {owner} out everywhere", "{actor}: завершены все сеансы, пользователь — {owner}";
    SESSION_STOLEN: "A used key to a session of {owner} came back, so the session was ended",
        "{owner}: предъявлен уже использованный ключ сеанса, сеанс завершён";
    ACCOUNT_DELETED: "{owner} deleted their own account", "{owner}: собственная учётная запись удалена";
    USER_INVITED: "{actor} invited {item}", "{actor}: отправлено приглашение на адрес {item}";
    INVITATION_WITHDRAWN: "{actor} withdrew the invitation of {item}", "{actor}: отозвано приглашение на адрес {item}";
    USER_CREATED: "{actor} created the user {owner}", "{actor}: создан пользователь {owner}";
    USER_CHANGED: "{actor} changed the account of {owner}", "{actor}: изменена учётная запись, пользователь — {owner}";
    ROLE_CHANGED: "{actor} changed the role of {owner}", "{actor}: изменена роль, пользователь — {owner}";
    USER_BLOCKED: "{actor} blocked {owner}", "{actor}: заблокирован пользователь {owner}";
    USER_UNBLOCKED: "{actor} unblocked {owner}", "{actor}: разблокирован пользователь {owner}";
    USER_DELETED: "{actor} deleted the user {owner}", "{actor}: удалён пользователь {owner}";
    PASSWORD_LINK_SENT: "{actor} sent {owner} a link to choose a password",
        "{actor}: отправлена ссылка для выбора пароля, пользователь — {owner}";
    RECIPIENT_CREATED: "{actor} added the recipient {item} for {owner}", "{actor}: добавлен получатель {item}, владелец — {owner}";
    RECIPIENT_CHANGED: "{actor} changed the recipient {item} of {owner}", "{actor}: изменён получатель {item}, владелец — {owner}";
    RECIPIENT_DELETED: "{actor} deleted the recipient {item} of {owner}", "{actor}: удалён получатель {item}, владелец — {owner}";
    SUPPRESSION_LIFTED: "{actor} allowed letters to the recipient {item} of {owner} again", "{actor}: получателю {item} снова можно писать, владелец — {owner}";
    MESSAGE_CREATED: "{actor} wrote the message {item} for {owner}", "{actor}: создано сообщение {item}, владелец — {owner}";
    MESSAGE_CHANGED: "{actor} changed the message {item} of {owner}", "{actor}: изменено сообщение {item}, владелец — {owner}";
    MESSAGE_DELETED: "{actor} deleted the message {item} of {owner}", "{actor}: удалено сообщение {item}, владелец — {owner}";
    MAILING_CREATED: "{actor} planned the mailing {item} for {owner}", "{actor}: создана рассылка {item}, владелец — {owner}";
    MAILING_CHANGED: "{actor} changed the mailing {item} of {owner}", "{actor}: изменена рассылка {item}, владелец — {owner}";
    MAILING_DELETED: "{actor} deleted the mailing {item} of {owner}", "{actor}: удалена рассылка {item}, владелец — {owner}";
    MAILING_SENT: "{actor} sent the mailing {item} of {owner}", "{actor}: отправлена рассылка {item}, владелец — {owner}";
    MAILING_RETRIED: "{actor} sent the failed letters of the mailing {item} of {owner} again", "{actor}: повторно отправлены неудавшиеся письма рассылки {item}, владелец — {owner}";
    MAILING_PAUSED: "{actor} paused the mailing {item} of {owner}",
        "{actor}: поставлена на паузу рассылка {item}, владелец — {owner}";
    MAILING_RESUMED: "{actor} resumed the mailing {item} of {owner}", "{actor}: возобновлена рассылка {item}, владелец — {owner}";
    MAILING_STOPPED: "{actor} stopped the mailing {item} of {owner}", "{actor}: остановлена рассылка {item}, владелец — {owner}";
    ARTICLE_CHANGED: "{actor} changed the article {item} by {owner}", "{actor}: изменена статья {item}, автор — {owner}";
    ARTICLE_DELETED: "{actor} deleted the article {item} by {owner}", "{actor}: удалена статья {item}, автор — {owner}";
}
