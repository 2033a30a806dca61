//! Words of one user's page.

use crate::{plurals, texts};

texts! {
    SEEN: "last seen {when}", "последний визит {when}";
    NEVER_SEEN: "not signed in yet", "ещё не было входа";
    LETTERS: "Letters", "Письма";
    NO_LETTERS: "No letter has been sent for this person yet.", "От имени этого человека ещё не отправляли писем.";
    OWNS: "Belongs to this person", "Принадлежит этому человеку";
    ABOUT: "About", "Данные";
    EMAIL: "E-mail", "Электронная почта";
    PHONE: "Phone", "Телефон";
    NO_PHONE: "Not given", "Не указан";
    CITY: "City", "Город";
    NO_CITY: "Not given", "Не указан";
    LANGUAGE: "Language", "Язык";
    TIME_ZONE: "Time zone", "Часовой пояс";
    ACCESS: "Access", "Доступ";
    SECOND_FACTOR: "Second factor", "Второй фактор";
    FACTOR_ON: "On", "Включён";
    FACTOR_OFF: "Off", "Выключен";
    FACTOR_REQUIRED: "Required, but not set up yet", "Требуется, но ещё не настроен";
    SESSIONS: "Signed in on", "Сеансы";
    NOWHERE: "Nowhere", "Нет";
    API_TOKENS: "API tokens", "Токены API";
    CONFIRMED: "Address confirmed", "Адрес подтверждён";
    NOT_CONFIRMED: "Not yet", "Ещё нет";
    CREATED: "Account since", "Учётная запись с";
    LOG: "From the audit log", "Из журнала действий";
    WHOLE_LOG: "All of it", "Весь журнал";
    NO_LOG: "Nothing has been recorded about this person yet.", "Записей об этом человеке пока нет.";
    BLOCKED_BY: "Blocked by {by} on {time}", "Блокировка: {by}, {time}";
    REASON: "Reason: {reason}", "Причина: {reason}";
    UNCONFIRMED: "The address is not confirmed yet: the letter with the link was not opened. Until then nobody can sign in.",
        "Адрес ещё не подтверждён: по ссылке из письма не перешли. До этого войти нельзя.";
    ENGLISH: "English", "Английский";
    RUSSIAN: "Russian", "Русский";
}

plurals! {
    RECIPIENTS: ["{n} recipient", "{n} recipients"], ["{n} получатель", "{n} получателя", "{n} получателей"];
    MESSAGES: ["{n} message", "{n} messages"], ["{n} сообщение", "{n} сообщения", "{n} сообщений"];
    MAILINGS: ["{n} mailing", "{n} mailings"], ["{n} рассылка", "{n} рассылки", "{n} рассылок"];
    DEVICES: ["{n} device", "{n} devices"], ["{n} устройство", "{n} устройства", "{n} устройств"];
}
