//! Words of service letters.

use crate::texts;

texts! {
    TITLE: "Service letters", "Служебные письма";
    SENTENCE: "What the service itself tells people. Nobody else can see what these letters say.",
        "То, что сервис сам сообщает людям. Содержание видят только адресаты.";
    KIND: "About", "О чём";
    STATE: "State", "Состояние";
    ANSWER: "Server’s answer", "Ответ сервера";
    TRIES: "Attempts", "Попыток";
    WHEN: "Written", "Создано";
    EMPTY_TITLE: "No service letter yet", "Служебных писем пока нет";
    EMPTY_SENTENCE: "Links to confirm an address, codes for phones and news about accounts appear here when they are sent.",
        "Здесь появятся ссылки для подтверждения адреса, коды для телефонов и сообщения об учётных записях.";
    NEXT_TRY: "next attempt {when}", "следующая попытка {when}";
    SMS: "SMS", "SMS";
    EMAIL: "Letter", "Письмо";

    QUEUED: "Waiting", "В очереди";
    SENT: "Sent", "Отправлено";
    FAILED: "Failed", "Не доставлено";
    DROPPED: "Dropped", "Отменено";
    DROPPED_MEANS: "It no longer applied to anyone.", "Получать уже было некому.";

    CONFIRM_ADDRESS: "Confirm the address", "Подтверждение адреса";
    CONFIRM_ADDRESS_AGAIN: "Confirm the address, asked for again", "Подтверждение адреса, повторно";
    SIGN_UP_AGAIN: "Signed up twice, unconfirmed", "Повторная регистрация без подтверждения";
    ALREADY_SIGNED_UP: "Has an account already", "Учётная запись уже есть";
    PASSWORD_RESET: "Forgotten password", "Забытый пароль";
    PASSWORD_LINK: "Link to choose a password", "Ссылка для выбора пароля";
    PASSWORD_CHANGED: "Password was changed", "Пароль изменён";
    EMAIL_CHANGE_PRESENT: "Change of address, to the present one", "Смена адреса: на прежний";
    EMAIL_CHANGE_NEW: "Change of address, to the new one", "Смена адреса: на новый";
    EMAIL_CHANGED: "Address was changed", "Адрес изменён";
    PHONE_CODE: "Code for the phone", "Код для телефона";
    SECOND_FACTOR_ON: "Second factor was turned on", "Второй фактор включён";
    SECOND_FACTOR_OFF: "Second factor was turned off", "Второй фактор отключён";
    RECOVERY_CODE_USED: "Recovery code was used", "Использован код восстановления";
    API_TOKEN_MADE: "API token was made", "Создан токен API";
    API_TOKENS_DELETED: "API tokens were deleted", "Удалены токены API";
    INVITATION: "Invitation", "Приглашение";
    BLOCKED: "Account was blocked", "Учётная запись заблокирована";
    UNBLOCKED: "Account was unblocked", "Учётная запись разблокирована";
    ACCOUNT_DELETED: "Account was deleted", "Учётная запись удалена";

    SMS_ACCEPTED: "The SMS service accepted it.", "SMS-сервис принял сообщение.";
    SMS_WRONG_KEY: "The key to the SMS service is wrong. Check sms.api_id in the settings.",
        "Неверный ключ SMS-сервиса. Проверьте sms.api_id в настройках.";
    SMS_NO_MONEY: "The SMS account has run out of money.", "На счёте SMS-сервиса закончились деньги.";
    SMS_WRONG_NUMBER: "The number cannot get messages.", "На этот номер сообщения не доставляются.";
    SMS_NO_TEXT: "The message had no text.", "В сообщении не было текста.";
    SMS_SENDER: "The SMS service does not know this sender’s name.",
        "SMS-сервис не знает это имя отправителя.";
    SMS_TOO_LONG: "The message is too long.", "Сообщение слишком длинное.";
    SMS_DAILY_LIMIT: "The SMS account’s limit for the day is reached.", "Исчерпан дневной лимит SMS-сервиса.";
    SMS_NO_ROUTE: "No operator delivers to this number.", "До этого номера нет маршрута.";
    SMS_STOP_LIST: "The number is on the account’s stop list.", "Номер в стоп-листе SMS-сервиса.";
    SMS_BUSY: "The SMS service was busy. It will be tried again.", "SMS-сервис был занят. Попробуем ещё раз.";
    SMS_NUMBER_LIMIT: "Too many messages to this number. It will be tried again later.",
        "Слишком много сообщений на этот номер. Попробуем позже.";
    SMS_UNCONFIRMED: "The SMS account is not confirmed yet.", "Учётная запись SMS-сервиса ещё не подтверждена.";

    TROUBLE_SMS: "SMS cannot be sent. {why}", "SMS не отправляются. {why}";
    TROUBLE_LETTERS: "A letter of the service was not delivered: {kind}, {when}.",
        "Служебное письмо не доставлено: {kind}, {when}.";
    TROUBLE_SEE: "See service letters", "Посмотреть служебные письма";
}
