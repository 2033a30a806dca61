//! Words of a mailing's own page.

use crate::{plurals, texts};

texts! {
    SEND_NOW: "Send now", "Отправить сейчас";
    SEND_AGAIN: "Send again", "Отправить снова";
    PAUSE: "Pause", "Пауза";
    RESUME: "Resume", "Возобновить";
    STOP: "Stop", "Остановить";

    NEXT_RELATIVE: "next run {relative}", "следующий запуск {relative}";
    PAUSED_SENTENCE: "paused: nothing is sent until it is resumed", "на паузе: до возобновления ничего не уйдёт";
    RUN_WAITS: "the first run starts in a moment", "первый запуск начнётся через мгновение";
    NOTHING_PLANNED: "nothing more is planned", "больше ничего не запланировано";
    COMPLETED_AT: "completed on {time}", "завершена {time}";
    STOPPED_NOTICE: "{by} stopped this mailing on {time}.", "Рассылку остановили: {by}, {time}.";
    STOPPED_REASON: "Reason: {reason}", "Причина: {reason}";

    FIRST_RUN: "No run yet", "Запусков ещё не было";
    FIRST_RUN_PLANNED: "The first run starts by itself {relative}. Here you will see every letter and what the mail server said.",
        "Первый запуск начнётся сам {relative}. Здесь появится каждое письмо и ответ почтового сервера.";
    FIRST_RUN_NOW: "The first run starts within seconds. This page shows it as it goes.",
        "Первый запуск начнётся через несколько секунд. Страница покажет ход отправки.";
    FIRST_RUN_NEVER: "It was completed before anything was sent.", "Рассылка завершена до первой отправки.";
    FIRST_RUN_PAUSED: "It is paused. Resume it, and it runs as planned.", "Рассылка на паузе. Возобновите — и она пойдёт по плану.";

    DELIVERIES: "Deliveries", "Доставка";
    RUNS: "Runs", "Запуски";
    RUNS_COUNT: "Runs · {n}", "Запуски · {n}";
    MESSAGE: "Message", "Сообщение";
    SETTINGS: "Settings", "Настройки";
    TABS: "Parts of the mailing", "Разделы рассылки";

    NEXT_RUNS: "Next runs", "Следующие запуски";
    ZONE_UNTIL: "{zone}, until {end}", "{zone}, до {end}";
    LETTER: "The letter", "Письмо";
    SMS: "The SMS", "SMS";
    OPEN_MESSAGE: "Open the message", "Открыть сообщение";

    CHANNEL: "Sent as", "Как отправляется";
    CHANNEL_EMAIL: "Letters", "Письмами";
    CHANNEL_SMS: "SMS", "По SMS";
    SCHEDULE: "Schedule", "Расписание";
    STARTS: "Starts", "Начало";
    ENDS: "Ends", "Окончание";
    NO_END: "No end", "Без окончания";
    ZONE: "Time zone", "Часовой пояс";
    AUDIENCE: "Recipients", "Получатели";
    AUDIENCE_ALL: "Everyone on the list when a run starts ({n} now)", "Все, кто в списке к моменту запуска (сейчас {n})";
    AUDIENCE_CHOSEN: "{n} chosen", "Выбрано: {n}";
    ON_UNKNOWN: "If an answer is lost", "Если ответ потерян";
    RESEND: "The letter is sent once more", "Письмо отправляется ещё раз";
    HOLD: "The letter stays unknown until a person decides", "Письмо остаётся неизвестным до решения человека";
    MADE_BY: "Created by", "Кто создал";
    MADE_AT: "Created", "Создана";
    CHANGED_AT: "Changed", "Изменена";

    SENT_NOW: "The run has started", "Запуск начат";
    PAUSED_NOW: "Mailing paused", "Рассылка на паузе";
    RESUMED_NOW: "Mailing resumed", "Рассылка возобновлена";
    STOPPED_NOW: "Mailing stopped", "Рассылка остановлена";
    DELETED_NOW: "Mailing deleted", "Рассылка удалена";
    COPIED_NOW: "A copy was made. It is paused, so that you can look it over first.",
        "Копия создана. Она на паузе, чтобы вы успели её проверить.";

    SEND_TITLE: "Send this mailing now?", "Отправить рассылку сейчас?";
    SEND_BODY: "“{subject}” goes to {whom} at once. Planned runs stay as they are.",
        "Письмо «{subject}» сразу уйдёт: {whom}. Плановые запуски останутся.";
    SEND_BODY_SMS: "The SMS of “{subject}” goes to {whom} at once. Planned runs stay as they are.",
        "SMS из сообщения «{subject}» сразу уйдёт: {whom}. Плановые запуски останутся.";
    SEND_SUPERSEDES: "Letters of the latest run that are waiting for a retry will not be sent: the new run replaces them.",
        "Письма прошлого запуска, ожидающие повтора, больше не будут отправляться: их заменит новый запуск.";
    STOP_TITLE: "Stop this mailing for good?", "Остановить рассылку навсегда?";
    STOP_ACT: "Stop mailing", "Остановить рассылку";
    STOP_BODY: "It becomes completed and cannot be started again; a copy can.", "Она станет завершённой. Запустить её снова будет нельзя, но можно сделать копию.";
    STOP_REASON: "Reason", "Причина";
    STOP_REASON_HINT: "Shown on this page next to your name.", "Будет показана на этой странице рядом с вашим именем.";
    DELETE_TITLE: "Delete “{title}”?", "Удалить «{title}»?";
    DELETE_ACT: "Delete mailing", "Удалить рассылку";
    LOSES_PLAN: "Planned runs will not happen.", "Запланированные запуски не состоятся.";
    KEEPS_NOTHING: "It has not sent anything yet.", "Она ещё ничего не отправляла.";
}

plurals! {
    WITHOUT_PHONE: ["{n} of them has no phone and is skipped.", "{n} of them have no phone and are skipped."],
        ["У {n} из них нет телефона: он будет пропущен.", "У {n} из них нет телефона: они будут пропущены.", "У {n} из них нет телефона: они будут пропущены."];
    LOSES_QUEUED: ["{n} letter still waiting will not be sent.", "{n} letters still waiting will not be sent."],
        ["{n} письмо из очереди не уйдёт.", "{n} письма из очереди не уйдут.", "{n} писем из очереди не уйдут."];
    KEEPS_RUNS: ["{n} past run stays in the reports.", "{n} past runs stay in the reports."],
        ["{n} прошлый запуск останется в отчётах.", "{n} прошлых запуска останутся в отчётах.", "{n} прошлых запусков останутся в отчётах."];
}
