//! Words for kinds of failure.

use crate::texts;

texts! {
    TRANSIENT: "Refused for now", "Временный отказ";
    PERMANENT: "Refused for good", "Окончательный отказ";
    CONNECTION: "No connection", "Нет связи";
    AUTHENTICATION: "Sign-in refused", "Вход не принят";
    QUOTA: "No room or a limit", "Нет места или лимит";
    BROKEN_PROTOCOL: "Answers that made no sense", "Невнятные ответы";

    TRANSIENT_ADVICE: "The servers asked to come back later. Another attempt often succeeds.",
        "Серверы просили зайти позже. Новая попытка часто удаётся.";
    PERMANENT_ADVICE: "Most likely they will be refused again, and many refusals harm the sender’s reputation.",
        "Скорее всего, откажут снова, а множество отказов портит репутацию отправителя.";
    CONNECTION_ADVICE: "The mail server could not be reached.", "До почтового сервера не удалось достучаться.";
    AUTHENTICATION_ADVICE: "The mail server did not accept our name and password. Fix them first.",
        "Почтовый сервер не принял имя и пароль. Сначала стоит их исправить.";
    QUOTA_ADVICE: "Mailboxes were full, or the server accepted no more for a while. Later there may be room.",
        "Ящики были полны, или сервер на время перестал принимать письма. Позже место может найтись.";
    SMS_TROUBLE_ADVICE: "The SMS service could not accept them then. Another attempt often succeeds.",
        "SMS-сервис тогда не смог их принять. Новая попытка часто удаётся.";
    SMS_QUOTA_ADVICE: "A limit was reached. Later there may be room.", "Был исчерпан лимит. Позже место может найтись.";
    SMS_PERMANENT_ADVICE: "Most likely the numbers will be refused again. Check them first.",
        "Скорее всего, эти номера снова будут отклонены. Сначала проверьте их.";
    SMS_AUTHENTICATION_ADVICE: "The SMS service did not accept our key. Fix it first.",
        "SMS-сервис не принял наш ключ. Сначала стоит его исправить.";
    SMS_PROTOCOL_ADVICE: "The SMS service’s answers could not be understood.", "Ответы SMS-сервиса не удалось понять.";
    BROKEN_PROTOCOL_ADVICE: "The mail server’s answers could not be understood.", "Ответы почтового сервера не удалось понять.";
}
