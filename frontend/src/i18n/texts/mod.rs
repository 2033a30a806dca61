//! Words that every feature uses.

pub mod errors;

use crate::{plurals, texts};

texts! {
    SAVE: "Save", "Сохранить";
    SAVING: "Saving…", "Сохраняем…";
    CANCEL: "Cancel", "Отмена";
    CLOSE: "Close", "Закрыть";
    EDIT: "Edit", "Изменить";
    DELETE: "Delete", "Удалить";
    DUPLICATE: "Duplicate", "Сделать копию";
    TRY_AGAIN: "Try again", "Повторить";
    COPY: "Copy", "Скопировать";
    COPIED: "Copied", "Скопировано";
    LOADING: "Loading…", "Загрузка…";
    OPTIONAL: "optional", "необязательно";
    SEARCH: "Search", "Поиск";
    ALL: "All", "Все";
    OWNER: "Owner", "Владелец";
    CREATED: "Created", "Создано";
    CHANGED: "Changed", "Изменено";
    NEXT_PAGE: "Next", "Вперёд";
    PREVIOUS_PAGE: "Previous", "Назад";
    FIRST_PAGE: "To the start", "В начало";
    PAGES: "Pages of the list", "Страницы списка";
    RANGE: "{from}–{to} of {total}", "{from}–{to} из {total}";
    MORE_THAN: "more than {n}", "более {n}";
    SELECT_ROW: "Select {name}", "Выбрать: {name}";
    SELECT_ALL: "Select all on this page", "Выбрать всех на странице";
    CLEAR_SELECTION: "Clear selection", "Снять выделение";
    NOTHING_FOUND: "Nothing found", "Ничего не найдено";
    NOTHING_FOUND_HINT: "Nothing here matches “{search}”. Search looks at the beginnings of words and addresses.",
        "По запросу «{search}» ничего нет. Поиск идёт по началу слов и адресов.";
    NOTHING_FILTERED: "Nothing matches this filter.", "Под этот фильтр ничего не подходит.";
    MORE_ACTIONS: "More actions", "Другие действия";
    SHOW_ALL: "Show all", "Показать все";
    FAILED_TO_LOAD: "This could not be loaded", "Не удалось загрузить";
    FAILED_TO_REFRESH: "This may be out of date: {why}", "Данные могли устареть: {why}";
    GONE: "There is nothing here", "Здесь ничего нет";
    GONE_HINT: "It was deleted, or you may not see it.", "Это удалили, или у вас нет доступа.";
    NO_SUCH_PAGE: "There is no such page", "Такой страницы нет";
    NO_SUCH_PAGE_HINT: "The address may be mistyped, or the page has moved.",
        "Возможно, в адресе опечатка или страница переехала.";
    NOT_SAVED: "This was not saved", "Сохранить не удалось";
    LEAVE_TITLE: "Leave without saving?", "Уйти без сохранения?";
    LEAVE_BODY: "What you changed on this page is not saved and will be lost.",
        "Изменения на этой странице не сохранены и пропадут.";
    LEAVE: "Leave without saving", "Уйти без сохранения";
    STAY: "Stay here", "Остаться";
    JUST_NOW: "just now", "только что";
    AGO: "{time} ago", "{time} назад";
    IN_TIME: "in {time}", "через {time}";
    CHANGED_MEANWHILE: "Load the new version", "Загрузить новую версию";
    LOAD_NEWEST_TITLE: "Give up your changes?", "Отказаться от своих изменений?";
    LOAD_NEWEST_BODY: "The new version takes the place of what you changed here, which is not saved and will be lost.",
        "Новая версия заменит то, что вы здесь изменили. Ваши изменения не сохранены и пропадут.";
    LOAD_NEWEST_ACT: "Give them up", "Отказаться";
}

plurals! {
    SELECTED: ["{n} selected", "{n} selected"], ["Выбран {n}", "Выбрано {n}", "Выбрано {n}"];
    SECONDS: ["{n} s", "{n} s"], ["{n} с", "{n} с", "{n} с"];
    MINUTES: ["{n} min", "{n} min"], ["{n} мин", "{n} мин", "{n} мин"];
    HOURS: ["{n} h", "{n} h"], ["{n} ч", "{n} ч", "{n} ч"];
    DAYS: ["{n} day", "{n} days"], ["{n} день", "{n} дня", "{n} дней"];
}
