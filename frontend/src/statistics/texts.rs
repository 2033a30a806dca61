//! Words of the reports.

use crate::i18n::Text;
use crate::{plurals, texts};

/// Which days a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DaysTitle {
    OfPeriod,
    Last30,
}

impl DaysTitle {
    pub const fn text(self) -> Text {
        match self {
            Self::OfPeriod => PER_DAY,
            Self::Last30 => LAST_30_DAYS,
        }
    }
}

texts! {
    TITLE: "Reports", "Отчёты";
    SENTENCE_OWN: "What became of your letters. Figures stay when letters are deleted for their age.",
        "Что стало с вашими письмами. Цифры остаются, даже когда письма удалены по давности.";
    SENTENCE_ALL: "What became of the letters of the whole service. Figures stay when letters are deleted for their age.",
        "Что стало с письмами всего сервиса. Цифры остаются, даже когда письма удалены по давности.";
    SUMMARY: "Summary", "Сводка";
    COMPLETED_MAILINGS: "Completed mailings", "Завершённые рассылки";
    BY_MAILING: "By mailing", "По рассылкам";
    BY_MESSAGE: "By message", "По сообщениям";
    BY_USER: "By user", "По пользователям";
    BY_ANSWER: "Attempts by the server’s answer", "Попытки по ответам сервера";

    WHOSE: "Whose letters", "Чьи письма";
    EVERYBODYS: "Everybody’s", "Все";
    MY_OWN: "My own", "Мои";
    USER_NUMBER: "User {id}", "Пользователь {id}";

    NOTHING_SENT: "Nothing was sent in this time.", "За это время ничего не отправлялось.";
    SENTENCE: "{letters}. {share} of {attempts} succeeded.", "{letters}. Успешно {share} из {attempts}.";
    SENTENCE_UNTRIED: "{letters}. Nothing was tried yet.", "{letters}. Попыток ещё не было.";
    ATTEMPTS: "Attempts", "Попыток";
    SUCCEEDED: "Succeeded", "Успешных";
    FAILED: "Failed", "Неудачных";
    UNKNOWN: "Answer lost", "Ответ потерян";
    SUCCESS_RATE: "Success", "Успешность";
    ACCEPTED: "Letters accepted", "Писем принято";

    PER_DAY: "Letters per day", "Письма по дням";
    LAST_30_DAYS: "Letters per day, the last 30 days", "Письма по дням за 30 дней";
    ALL_REPORTS: "All reports", "Все отчёты";
    AS_TABLE: "As a table", "Таблицей";
    DAY_IN: "Day, {zone}", "День, {zone}";
    CHART_SENTENCE: "{letters} {days}; the most on {date}: {most}.", "{letters} {days}; больше всего {date}: {most}.";
    CHART_EMPTY: "No letters {days}.", "Писем {days} не было.";

    ANSWER: "Answer", "Ответ";
    SHARE: "Share", "Доля";
    NO_ATTEMPTS: "Nothing was tried in this time.", "За это время попыток не было.";

    MAILING: "Mailing", "Рассылка";
    MESSAGE: "Message", "Сообщение";
    USER: "User", "Пользователь";
    STATUS: "State", "Состояние";
    RUNS: "Runs", "Запусков";
    RUN: "Run", "Запуск";
    LETTERS_HEAD: "Letters", "Писем";
    RESULT: "Result", "Результат";
    LAST_RUN: "Last run", "Последний запуск";
    FINISHED_AT: "Finished", "Закончен";
    DELETED: "Deleted", "Удалено";
    DELETED_ACCOUNT: "Deleted account", "Удалённая учётная запись";
    CHIP_COMPLETED: "Completed", "Завершённые";
    CHIP_OPEN: "Not completed", "Не завершённые";
    CHIP_STILL_OPEN: "Finished runs of others", "Законченные запуски остальных";
    FINISHED_RUNS: "Finished runs", "Законченные запуски";
    NO_RUNS: "No run has finished yet", "Законченных запусков ещё нет";
    NO_RUNS_HINT: "As soon as one has, its result stands here.", "Как только запуск закончится, его результат появится здесь.";
    OPEN_MAILING: "Open mailing", "Открыть рассылку";
    OPEN_MESSAGE: "Open message", "Открыть сообщение";
    OF_OWNER: "{runs} · {owner}", "{runs} · {owner}";
    SEARCH_TITLE: "Title", "Название";
    SEARCH_SUBJECT: "Subject", "Тема";
    SEARCH_USER: "Name or address", "Имя или адрес";
    NOTHING: "Nothing to report yet", "Отчитываться пока не о чем";
    NOTHING_HINT: "As soon as a mailing has run, what became of its letters stands here.",
        "Как только рассылка запустится, здесь будет видно, что стало с её письмами.";
    CSV: "CSV", "CSV";
}

plurals! {
    LETTERS: ["{n} letter", "{n} letters"], ["{n} письмо", "{n} письма", "{n} писем"];
    OF_ATTEMPTS: ["{n} attempt", "{n} attempts"], ["{n} попытки", "{n} попыток", "{n} попыток"];
    IN_DAYS: ["in {n} day", "in {n} days"], ["за {n} день", "за {n} дня", "за {n} дней"];
    RUNS_COUNTED: ["{n} run", "{n} runs"], ["{n} запуск", "{n} запуска", "{n} запусков"];
}
