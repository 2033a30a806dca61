//! Words about mailings that lists, forms and details share.

pub mod details;
pub mod form;

use crate::i18n::Text;
use crate::{plurals, texts};

texts! {
    MAILINGS: "Mailings", "Рассылки";
    NEW_MAILING: "New mailing", "Новая рассылка";
    SENTENCE: "A mailing sends a message to its recipients, once or again and again.",
        "Рассылка отправляет сообщение получателям: один раз или регулярно.";

    CREATED: "Created", "Создана";
    RUNNING: "Running", "Запущена";
    PAUSED: "Paused", "На паузе";
    COMPLETED: "Completed", "Завершена";
    STOPPED: "Stopped", "Остановлена";

    SEARCH: "Words of the title", "Слова из названия";
    TITLE: "Mailing", "Рассылка";
    STATUS: "Status", "Статус";
    SCHEDULE: "Schedule", "Расписание";
    NEXT_RUN: "Next run", "Следующий запуск";
    LAST_RESULT: "Last result", "Последний результат";
    NO_NEXT_RUN: "None planned", "Не запланирован";
    NOT_RUN_YET: "Not run yet", "Ещё не было запусков";
    NEVER_RUN: "Has not run", "Запусков не было";
    STARTING: "Starting now", "Запускается";
    MESSAGE_GONE: "The message was deleted", "Сообщение удалено";

    EMPTY_TITLE: "Your mailings will be here", "Здесь будут ваши рассылки";
    EMPTY_SENTENCE: "A mailing takes one of your messages and sends it to your recipients: now, later, or every day, week or month. You see what every mail server answered.",
        "Рассылка берёт ваше сообщение и отправляет его получателям: сразу, позже, каждый день, неделю или месяц. Вы увидите, что ответил каждый почтовый сервер.";
    EMPTY_FOR_OVERSEER: "Nobody has planned a mailing yet.", "Никто ещё не запланировал рассылку.";
    PLAN_FIRST: "Plan a mailing", "Запланировать рассылку";

    PLAN: "{rhythm} at {time}, {zone}", "{rhythm} в {time}, {zone}";
    PLAN_WITHOUT_ZONE: "{rhythm} at {time}", "{rhythm} в {time}";
    ONCE_ON: "Once, on {date}", "Один раз, {date}";
    EVERY_DAY: "Every day", "Каждый день";
    WEEKDAYS: "Weekdays", "По будням";
    EVERY_DAY_BUT: "Every day but {day}", "Каждый день, кроме {day}";
    WEEKENDS: "Weekends", "По выходным";
    ON_DAYS: "{days}", "По {days}";
    LIST_AND: "{first} and {last}", "{first} и {last}";
    MONTHLY_DAY: "Every month on the {day}", "Каждый месяц {day}-го числа";
    MONTHLY_DAY_OR_LAST: "Every month on the {day} or the last day",
        "Каждый месяц {day}-го числа или в последний день";
    MONTHLY_LAST_DAY: "On the last day of every month", "В последний день каждого месяца";
    MONTHLY_WEEKDAY: "On the {weekday} of every month", "В{weekday} каждого месяца";
    FIRST: "{n}st", "{n}";
    SECOND: "{n}nd", "{n}";
    THIRD: "{n}rd", "{n}";
    NTH: "{n}th", "{n}";
}

/// Which of a month's weekdays, by gender (he, she, it) and place (first to fourth, last). The Russian «в»
/// becomes «во» before «второй», so the vowel stands here.
pub const WHICH: [[Text; 5]; 3] = [
    [
        Text {
            en: "first {weekday}",
            ru: " первый {weekday}",
        },
        Text {
            en: "second {weekday}",
            ru: "о второй {weekday}",
        },
        Text {
            en: "third {weekday}",
            ru: " третий {weekday}",
        },
        Text {
            en: "fourth {weekday}",
            ru: " четвёртый {weekday}",
        },
        Text {
            en: "last {weekday}",
            ru: " последний {weekday}",
        },
    ],
    [
        Text {
            en: "first {weekday}",
            ru: " первую {weekday}",
        },
        Text {
            en: "second {weekday}",
            ru: "о вторую {weekday}",
        },
        Text {
            en: "third {weekday}",
            ru: " третью {weekday}",
        },
        Text {
            en: "fourth {weekday}",
            ru: " четвёртую {weekday}",
        },
        Text {
            en: "last {weekday}",
            ru: " последнюю {weekday}",
        },
    ],
    [
        Text {
            en: "first {weekday}",
            ru: " первое {weekday}",
        },
        Text {
            en: "second {weekday}",
            ru: "о второе {weekday}",
        },
        Text {
            en: "third {weekday}",
            ru: " третье {weekday}",
        },
        Text {
            en: "fourth {weekday}",
            ru: " четвёртое {weekday}",
        },
        Text {
            en: "last {weekday}",
            ru: " последнее {weekday}",
        },
    ],
];

plurals! {
    RECIPIENTS: ["{n} recipient", "{n} recipients"], ["{n} получатель", "{n} получателя", "{n} получателей"];
}
