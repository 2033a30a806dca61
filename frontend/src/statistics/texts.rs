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
    SENTENCE_OWN: "What became of your letters and SMS. Figures stay even when these are deleted because of their age.",
        "Что стало с вашими письмами и SMS. Цифры остаются, даже когда сами они удалены по давности.";
    SENTENCE_ALL: "What became of all letters and SMS of the service. Figures stay even when these are deleted because of their age.",
        "Что стало с письмами и SMS всего сервиса. Цифры остаются, даже когда сами они удалены по давности.";
    SUMMARY: "Summary", "Сводка";
    COMPLETED_MAILINGS: "Completed mailings", "Завершённые рассылки";
    BY_MAILING: "By mailing", "По рассылкам";
    BY_MESSAGE: "By message", "По сообщениям";
    BY_USER: "By user", "По пользователям";
    BY_ANSWER: "Attempts by the server’s answer", "Попытки по ответам сервера";

    WHOSE: "Whose mailings", "Чьи рассылки";
    EVERYBODYS: "Everybody’s", "Все";
    MY_OWN: "My own", "Мои";
    USER_NUMBER: "User {id}", "Пользователь {id}";

    NOTHING_SENT: "Nothing was sent in this period.", "За это время ничего не отправлялось.";
    SENTENCE: "{deliveries}. {share} of {attempts} succeeded.", "{deliveries}. Успешно {share} из {attempts}.";
    SENTENCE_UNTRIED: "{deliveries}. No attempts yet.", "{deliveries}. Попыток ещё не было.";
    ATTEMPTS: "Attempts", "Попыток";
    SUCCEEDED: "Succeeded", "Успешных";
    FAILED: "Failed", "Неудачных";
    UNKNOWN: "Answer lost", "Ответ потерян";
    SUCCESS_RATE: "Success", "Успешность";
    ACCEPTED: "Deliveries accepted", "Принято отправлений";

    PER_DAY: "Deliveries per day", "Отправления по дням";
    LAST_30_DAYS: "Deliveries per day, the last 30 days", "Отправления по дням за 30 дней";
    ALL_REPORTS: "All reports", "Все отчёты";
    AS_TABLE: "As a table", "Таблицей";
    DAY_IN: "Day, {zone}", "День, {zone}";
    CHART_SENTENCE: "{deliveries} {days}; the most on {date}: {most}.", "{deliveries} {days}; больше всего {date}: {most}.";
    CHART_EMPTY: "No deliveries {days}.", "Отправлений {days} не было.";

    ANSWER: "Answer", "Ответ";
    SHARE: "Share", "Доля";
    NO_ATTEMPTS: "No attempts in this period.", "За это время попыток не было.";

    MAILING: "Mailing", "Рассылка";
    MESSAGE: "Message", "Сообщение";
    USER: "User", "Пользователь";
    STATUS: "State", "Состояние";
    RUNS: "Runs", "Запусков";
    RUN: "Run", "Запуск";
    DELIVERIES_HEAD: "Deliveries", "Отправлений";
    RESULT: "Result", "Результат";
    LAST_RUN: "Last run", "Последний запуск";
    FINISHED_AT: "Finished", "Закончен";
    MAILING_DELETED: "Deleted", "Удалена";
    MESSAGE_DELETED: "Deleted", "Удалено";
    DELETED_ACCOUNT: "Deleted account", "Удалённая учётная запись";
    CHIP_COMPLETED: "Completed", "Завершённые";
    CHIP_OPEN: "Not completed", "Незавершённые";
    CHIP_RUNS_OF_OPEN: "Finished runs of mailings still running", "Законченные запуски незавершённых рассылок";
    FINISHED_RUNS: "Finished runs", "Законченные запуски";
    NO_RUNS: "No run has finished yet", "Законченных запусков ещё нет";
    NO_RUNS_HINT: "As soon as one has, its result appears here.", "Как только запуск закончится, его результат появится здесь.";
    OPEN_MAILING: "Open mailing", "Открыть рассылку";
    OPEN_MESSAGE: "Open message", "Открыть сообщение";
    OF_OWNER: "{runs} · {owner}", "{runs} · {owner}";
    SEARCH_TITLE: "Title", "Название";
    SEARCH_SUBJECT: "Subject", "Тема";
    SEARCH_USER: "Name or address", "Имя или адрес";
    NOTHING: "Nothing to report yet", "Отчитываться пока не о чем";
    NOTHING_HINT: "As soon as a mailing has run, its results appear here.",
        "Как только рассылка запустится, здесь будет видно, что из неё вышло.";
    CSV: "CSV", "CSV";
    CSV_OF: "CSV: {what}", "CSV: {what}";
    SUMMARY_OF: "Summary: {name}", "Сводка: {name}";
}

plurals! {
    DELIVERIES: ["{n} delivery", "{n} deliveries"], ["{n} отправление", "{n} отправления", "{n} отправлений"];
    OF_ATTEMPTS: ["{n} attempt", "{n} attempts"], ["{n} попытки", "{n} попыток", "{n} попыток"];
    IN_DAYS: ["in {n} day", "in {n} days"], ["за {n} день", "за {n} дня", "за {n} дней"];
    RUNS_COUNTED: ["{n} run", "{n} runs"], ["{n} запуск", "{n} запуска", "{n} запусков"];
}
