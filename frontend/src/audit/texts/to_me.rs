//! What others did to oneself and to what is one's own.

use crate::texts;

texts! {
    PASSWORD_CHANGED: "{actor} changed your password", "{actor}: изменён ваш пароль";
    PASSWORD_RESET: "{actor} reset your password", "{actor}: сброшен ваш пароль";
    EMAIL_CHANGED: "{actor} changed your e-mail address", "{actor}: изменён ваш адрес почты";
    SECOND_FACTOR_OFF: "{actor} turned off your second factor", "{actor}: отключён ваш второй фактор";
    API_TOKEN_DELETED: "{actor} deleted your API token {item}", "{actor}: удалён ваш токен API {item}";
    SESSIONS_ENDED: "{actor} signed you out everywhere", "{actor}: завершены все ваши сеансы";
    SESSION_STOLEN: "A used key to one of your sessions came back, so the session was ended",
        "Предъявлен уже использованный ключ вашего сеанса, сеанс завершён";
    USER_CREATED: "{actor} created your account", "{actor}: создана ваша учётная запись";
    USER_CHANGED: "{actor} changed your account", "{actor}: изменена ваша учётная запись";
    ROLE_CHANGED: "{actor} changed your role", "{actor}: изменена ваша роль";
    USER_BLOCKED: "{actor} blocked you", "{actor}: ваша учётная запись заблокирована";
    USER_UNBLOCKED: "{actor} unblocked you", "{actor}: ваша учётная запись разблокирована";
    USER_DELETED: "{actor} deleted your account", "{actor}: ваша учётная запись удалена";
    PASSWORD_LINK_SENT: "{actor} sent you a link to choose a password",
        "{actor}: вам отправлена ссылка для выбора пароля";
    RECIPIENT_CREATED: "{actor} added your recipient {item}", "{actor}: добавлен ваш получатель {item}";
    RECIPIENT_CHANGED: "{actor} changed your recipient {item}", "{actor}: изменён ваш получатель {item}";
    RECIPIENT_DELETED: "{actor} deleted your recipient {item}", "{actor}: удалён ваш получатель {item}";
    SUPPRESSION_LIFTED: "{actor} allowed letters to your recipient {item} again", "{actor}: вашему получателю {item} снова можно писать";
    MESSAGE_CREATED: "{actor} wrote your message {item}", "{actor}: создано ваше сообщение {item}";
    MESSAGE_CHANGED: "{actor} changed your message {item}", "{actor}: изменено ваше сообщение {item}";
    MESSAGE_DELETED: "{actor} deleted your message {item}", "{actor}: удалено ваше сообщение {item}";
    MAILING_CREATED: "{actor} planned your mailing {item}", "{actor}: создана ваша рассылка {item}";
    MAILING_CHANGED: "{actor} changed your mailing {item}", "{actor}: изменена ваша рассылка {item}";
    MAILING_DELETED: "{actor} deleted your mailing {item}", "{actor}: удалена ваша рассылка {item}";
    MAILING_SENT: "{actor} sent your mailing {item}", "{actor}: отправлена ваша рассылка {item}";
    MAILING_RETRIED: "{actor} sent the failed letters of your mailing {item} again", "{actor}: повторно отправлены неудавшиеся письма вашей рассылки {item}";
    MAILING_PAUSED: "{actor} paused your mailing {item}", "{actor}: поставлена на паузу ваша рассылка {item}";
    MAILING_RESUMED: "{actor} resumed your mailing {item}", "{actor}: возобновлена ваша рассылка {item}";
    MAILING_STOPPED: "{actor} stopped your mailing {item}", "{actor}: остановлена ваша рассылка {item}";
    ARTICLE_CHANGED: "{actor} changed your article {item}", "{actor}: изменена ваша статья {item}";
    ARTICLE_DELETED: "{actor} deleted your article {item}", "{actor}: удалена ваша статья {item}";
}
