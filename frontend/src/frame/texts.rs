//! Words of the frame.

use crate::texts;

texts! {
    NAVIGATION: "Main navigation", "Основная навигация";
    SKIP: "Skip to the content", "Перейти к содержанию";
    OPEN_MENU: "Open the menu", "Открыть меню";
    CLOSE_MENU: "Close the menu", "Закрыть меню";
    OVERVIEW: "Overview", "Обзор";
    MAILINGS: "Mailings", "Рассылки";
    ATTEMPTS: "Attempts", "Попытки";
    REPORTS: "Reports", "Отчёты";
    CAPTURED_MAIL: "Captured mail", "Перехваченная почта";
    MESSAGES: "Messages", "Сообщения";
    RECIPIENTS: "Recipients", "Получатели";
    BLOG: "Blog", "Блог";
    TEAM: "Team", "Команда";
    USERS: "Users", "Пользователи";
    AUDIT_LOG: "Audit log", "Журнал действий";
    NOTICES: "Service letters", "Служебные письма";
    DARK_THEME: "Dark theme", "Тёмная тема";
    LIGHT_THEME: "Light theme", "Светлая тема";
    SITE: "Site", "Разделы сайта";
    API: "API", "API";
    FEED: "Atom feed", "Лента Atom";
    MORE_TO_READ: "More to read", "Что ещё почитать";
    FOOT: "Of each letter that we send we know when it went and what the mail server answered.",
        "О каждом нашем письме известно, когда оно ушло и что ответил почтовый сервер.";
    OTHER_LANGUAGE: "По-русски", "In English";
}
