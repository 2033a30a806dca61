//! Words around the audit log. Its sentences are in `told`, what one reads about oneself in `to_me`, names of acts
//! in `names`.

pub mod names;
pub mod to_me;
pub mod told;

use crate::{plurals, texts};

texts! {
    TITLE: "Audit log", "Журнал действий";
    SENTENCE: "Who did what to whom, and when. Entries are never changed.",
        "Кто, что и когда сделал. Записи не меняются и не удаляются.";
    WHAT: "What happened", "Что произошло";
    CLIENT: "From", "Откуда";
    WHEN: "When", "Когда";
    EMPTY_TITLE: "Nothing has happened yet", "Пока ничего не происходило";
    EMPTY_SENTENCE: "Sign-ins, changes of roles and passwords, and everything done to other people’s data are recorded here.",
        "Здесь записываются входы, смена ролей и паролей и каждое действие с чужими данными.";
    ACT: "Action", "Действие";
    ANY_ACT: "Any action", "Любое действие";
    WHOLE_GROUP: "All of these", "Все из этого раздела";
    AS_ACTOR: "Done by", "Кто действовал";
    AS_OWNER: "Concerns", "Кого касается";
    YOU: "You", "Вы";
    COMMAND_LINE: "Somebody at the command line", "Командная строка";
    DELETED_PERSON: "a deleted user", "удалённый пользователь";
    DELETED_NUMBER: "deleted user {id}", "№ {id} (удалён)";
    FROM_ADDRESS: "from {client}", "с адреса {client}";
    QUOTED: "“{text}”", "«{text}»";
    BECAME: "{before} → {after}", "{before} → {after}";
    BY_TOKEN: "by the API token “{name}”", "через токен API «{name}»";

    FIELD_FULL_NAME: "name", "имя";
    FIELD_EMAIL: "e-mail", "почта";
    FIELD_ROLE: "role", "роль";
    FIELD_LANGUAGE: "language", "язык";
    FIELD_TIME_ZONE: "time zone", "часовой пояс";
    FIELD_CITY: "city", "город";
    FIELD_PHONE: "phone", "телефон";
    FIELD_AVATAR: "picture", "фотография";
    FIELD_COMMENT: "comment", "комментарий";
    FIELD_SUBJECT: "subject", "тема";
    FIELD_BODY: "body", "текст";
    FIELD_FORMAT: "format", "формат";
    FIELD_SHARED: "sharing", "общий доступ";
    FIELD_SMS_TEXT: "SMS text", "текст SMS";
    FIELD_TITLE: "title", "название";
    FIELD_MESSAGE: "message", "сообщение";
    FIELD_AUDIENCE: "audience", "аудитория";
    FIELD_CHANNEL: "channel", "канал";
    FIELD_START: "start", "начало";
    FIELD_END: "end", "окончание";
    FIELD_RECURRENCE: "rhythm", "повторение";
    FIELD_ON_UNKNOWN: "what becomes of letters without an answer", "что делать с письмами без ответа";
}

plurals! {
    SESSIONS: ["{n} session", "{n} sessions"], ["{n} сеанс", "{n} сеанса", "{n} сеансов"];
}
