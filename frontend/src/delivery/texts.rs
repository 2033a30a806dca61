//! Words about runs, deliveries and attempts.

pub mod classes;
pub mod codes;

use crate::{plurals, texts};

texts! {
    ATTEMPTS: "Attempts", "Попытки";
    ATTEMPTS_SENTENCE: "Every attempt to hand over a letter or an SMS, and what the server answered.",
        "Каждая попытка передать письмо или SMS и ответ сервера.";

    QUEUED: "Queued", "В очереди";
    SENDING: "Sending", "Отправляется";
    SENT: "Sent", "Отправлено";
    FAILED: "Failed", "Не доставлено";
    SKIPPED: "Skipped", "Пропущено";
    UNKNOWN: "Unknown", "Неизвестно";
    RETRY_AT: "Retry at {time}", "Повтор в {time}";
    TOTAL: "In all", "Всего";

    COUNT_QUEUED: "{n} queued", "{n} в очереди";
    COUNT_SENT: "{n} sent", "{n} отправлено";
    COUNT_FAILED: "{n} failed", "{n} не доставлено";
    COUNT_SKIPPED: "{n} skipped", "{n} пропущено";
    COUNT_UNKNOWN: "{n} unknown", "{n} неизвестно";

    SKIPPED_STOPPED: "The mailing was stopped", "Рассылку остановили";
    SKIPPED_WINDOW_OVER: "The mailing had ended", "Наступило окончание рассылки";
    SKIPPED_SUPERSEDED: "The next run replaced it", "Его заменил следующий запуск";
    SKIPPED_RECIPIENT_DELETED: "The recipient was deleted", "Получателя удалили";
    SKIPPED_SUPPRESSED: "The address had been refused for good", "Адрес раньше отклонён окончательно";
    SKIPPED_UNSUBSCRIBED: "The recipient has unsubscribed", "Получатель отписался";
    SKIPPED_NO_PHONE: "The recipient has no phone", "У получателя нет телефона";
    FAILED_EXPIRED: "The next attempt would have been after the mailing’s end", "Следующая попытка пришлась бы на время после окончания рассылки";
    FAILED_GAVE_UP: "All attempts were used up", "Все попытки исчерпаны";

    PLANNING: "Being prepared", "Готовится";
    BEING_SENT: "Being sent", "Отправляется";
    WAITS_FOR_RETRY: "Waiting for retries", "Ждёт повторов";
    FINISHED: "Finished", "Завершён";

    BY_SCHEDULE: "By schedule", "По расписанию";
    BY_HAND: "By hand", "Вручную";
    BY_COMMAND: "By command", "Командой";
    BY_API: "Through the API", "Через API";

    SUCCEEDED: "Accepted", "Принято";
    REFUSED: "Failed", "Не удалось";
    LOST: "Unknown", "Неизвестно";

    HELD: "Held back", "Задержан";
    HELD_PAUSED: "The mailing is paused: nothing leaves until it is resumed.", "Рассылка на паузе: письма не уходят, пока её не продолжат.";
    HELD_OWNER: "The mailing’s owner is blocked: nothing leaves until they are unblocked.",
        "Владелец рассылки заблокирован: письма не уходят, пока его не разблокируют.";
    HELD_SERVERS: "No mail server accepts letters now. They wait; nothing is lost.",
        "Сейчас ни один почтовый сервер не принимает письма. Они ждут, ничего не потеряется.";
    HELD_SERVERS_UNTIL: "No mail server accepts letters now. They wait; the next check is at {time}.",
        "Сейчас ни один почтовый сервер не принимает письма. Они ждут; следующая проверка в {time}.";
    HELD_SMS: "The SMS service accepts nothing now. The messages wait; nothing is lost.",
        "SMS-сервис сейчас ничего не принимает. Сообщения ждут, ничего не потеряется.";
    HELD_SMS_UNTIL: "The SMS service accepts nothing now. The messages wait; the next check is at {time}.",
        "SMS-сервис сейчас ничего не принимает. Сообщения ждут; следующая проверка в {time}.";
    HELD_SMS_BUDGET: "The SMS service has been given as many messages as is allowed for now. The others wait.",
        "SMS-сервис получил столько сообщений, сколько пока разрешено. Остальные ждут.";
    HELD_SMS_BUDGET_UNTIL: "The SMS service has been given as many messages as is allowed for now. Sending goes on at {time}.",
        "SMS-сервис получил столько сообщений, сколько пока разрешено. Отправка продолжится в {time}.";
    HELD_BUDGET: "The mail servers have been given as many letters as is allowed for now. The others wait.",
        "Почтовые серверы получили столько писем, сколько пока разрешено. Остальные ждут.";
    HELD_BUDGET_UNTIL: "The mail servers have been given as many letters as is allowed for now. Sending goes on at {time}.",
        "Почтовые серверы получили столько писем, сколько пока разрешено. Отправка продолжится в {time}.";
    NEXT_DUE: "The next attempt is {relative}, at {time}.", "Следующая попытка {relative}, в {time}.";
    RECONNECTING: "The connection is lost, so these figures are not updated. Reconnecting.",
        "Связь прервалась, поэтому цифры стоят на месте. Соединяемся снова.";
    PER_SECOND: "{rate} letters/s", "{rate} писем/с";
    SMS_PER_SECOND: "{rate} SMS/s", "{rate} SMS/с";
    TIME_LEFT: "about {time} left", "осталось около {time}";
    TOOK: "in {time}", "за {time}";
    TOOK_WITH_RETRIES: "in {time}, retries included", "за {time}, вместе с повторами";

    RECIPIENT: "Recipient", "Получатель";
    STATE: "State", "Состояние";
    SERVER_WORDS: "Server’s answer", "Ответ сервера";
    TRIES: "Attempts", "Попыток";
    WHEN: "When", "Когда";
    SEARCH_ADDRESS: "Address, name or phone", "Адрес, имя или телефон";
    NO_DELIVERIES: "This run had no recipients", "В этом запуске не было получателей";
    NO_DELIVERIES_HINT: "The list of recipients was empty when it started.", "Список получателей был пуст, когда он начался.";
    PRUNED: "The letters of this run are no longer kept", "Письма этого запуска больше не хранятся";
    PRUNED_HINT: "They were deleted on {date} because of their age. The counts above still include them.",
        "Они удалены по давности {date}. Чем всё кончилось, видно по цифрам выше.";
    PREPARING: "The letters are being prepared", "Письма готовятся";
    PREPARING_HINT: "They appear here as they are prepared.", "Они появятся здесь по мере подготовки.";

    RUN: "Run", "Запуск";
    RUNS_TABLED: "Runs of the mailing", "Запуски рассылки";
    DELIVERIES_TABLED: "Deliveries of the run", "Отправления запуска";
    ASKED_BY: "Started", "Чем вызван";
    RESULT: "Result", "Результат";
    DELIVERIES: "Deliveries", "Отправлений";
    NO_RUNS: "No run yet", "Запусков ещё не было";
    NO_RUNS_HINT: "Each time the mailing is sent, a run appears here with the result for each recipient.",
        "Каждый раз, когда рассылка уходит, здесь появляется запуск с результатом по каждому получателю.";
    RUN_TITLE: "Run of {time}", "Запуск от {time}";

    DELIVERY: "Delivery", "Доставка";
    DELIVERY_TITLE: "Letter to {name}", "Письмо: {name}";
    DELIVERY_TITLE_SMS: "SMS to {name}", "SMS: {name}";
    SMS_TEXT: "Text", "Текст";
    STORY: "What happened", "Что произошло";
    NO_TRIES: "No attempts yet. It is waiting for its turn.", "Попыток ещё не было: письмо ждёт своей очереди.";
    NO_TRIES_SKIPPED: "It was skipped before the first attempt.", "Письмо пропущено до первой попытки.";
    TRY_NUMBER: "Attempt {n}", "Попытка {n}";
    MILLISECONDS: "{n} ms", "{n} мс";
    NEXT_TRY: "The next attempt is not before {time}.", "Следующая попытка не раньше {time}.";
    NO_MORE_TRIES: "It will not be retried automatically: the refusal is final.", "Сама по себе попытка не повторится: отказ окончательный.";
    STAYS_UNKNOWN: "Nobody knows whether it arrived. It stays unknown until somebody sends it again.",
        "Дошло ли письмо, неизвестно. Так и останется, пока его не отправят снова.";
    VIA: "by {server}", "через {server}";
    MESSAGE_ID: "Message-ID", "Message-ID";
    MESSAGE_ID_HINT: "The receiving side can find the letter in its logs by this ID.",
        "По нему письмо можно найти в журналах принимающей стороны.";
    COPIES: "Possible copies", "Возможных копий";
    COPIES_HINT: "How many times the letter was handed over without the server answering.",
        "Столько раз письмо было передано, а ответ сервера не пришёл.";
    SUBJECT: "Subject", "Тема";
    MAILING: "Mailing", "Рассылка";
    OWNER: "Owner", "Владелец";
    RECIPIENT_GONE: "The recipient has since been deleted.", "Получателя с тех пор удалили.";

    SEND_AGAIN: "Send failed again", "Повторить недоставленные";
    SEND_AGAIN_TITLE: "Send again to those it did not reach", "Отправить ещё раз тем, до кого не дошло";
    SEND_AGAIN_BODY: "Which letters of this run should be sent again?", "Какие письма этого запуска попробовать доставить ещё раз?";
    SEND_AGAIN_LEAVES: "Recipients whose address was refused for good, who have unsubscribed or who were deleted are skipped.",
        "Пропущены будут те, чей адрес отклонён окончательно, кто отписался и кого удалили.";
    ALSO_UNKNOWN: "Also those whose answer was lost", "И те, по которым ответ потерян";
    ALSO_UNKNOWN_HINT: "These letters may have arrived. Anyone who already has theirs gets a second one.",
        "Возможно, эти письма дошли. Кто своё уже получил, получит второе.";
    NONE_AGAIN: "There was nothing to send again", "Отправлять ещё раз оказалось нечего";
    LAST_FAILURES: "Why letters failed recently", "Почему письма не дошли";
    ALL_ATTEMPTS: "All attempts", "Все попытки";
    NO_FAILURES: "No attempt has failed recently.", "Неудачных попыток нет.";
    TOTAL_ATTEMPTS: "Attempts", "Попыток";
    TOTAL_SUCCEEDED: "Succeeded", "Успешных";
    TOTAL_FAILED: "Failed", "Неудачных";
    TOTAL_UNKNOWN: "Unknown", "Неизвестно";
    TOTAL_LETTERS: "Deliveries accepted", "Принято отправлений";
    SEARCH_ATTEMPTS: "Recipient’s address or phone", "Адрес или телефон получателя";
    ANY_MAILING: "Any mailing", "Любая рассылка";
    PERIOD: "Period", "Период";
    ANY_TIME: "Any time", "Всё время";
    TODAY: "Today", "Сегодня";
    LAST_7: "Last 7 days", "7 дней";
    LAST_30: "Last 30 days", "30 дней";
    OTHER_PERIOD: "From … to …", "С … по …";
    FROM_DAY: "From", "С";
    TO_DAY: "To", "По";
    NO_ATTEMPTS: "No attempts yet", "Попыток ещё не было";
    NO_ATTEMPTS_HINT: "As soon as a mailing goes out, every attempt to hand over a letter is recorded here for good.",
        "Как только рассылка начнёт уходить, каждая попытка навсегда останется в этом журнале.";
    EVERYONES: "The log is open to everyone here; addresses of other people’s recipients are masked.",
        "Журнал здесь открыт всем; адреса чужих получателей скрыты.";
}

plurals! {
    SMS_AGAIN_ACT: ["Send {n} again", "Send {n} again"], ["Отправить {n} SMS", "Отправить {n} SMS", "Отправить {n} SMS"];
    SMS_GO_AGAIN: ["{n} SMS goes out again", "{n} SMS go out again"], ["Ещё раз уходит {n} SMS", "Ещё раз уходят {n} SMS", "Ещё раз уходят {n} SMS"];
    SMS_LEFT_OUT: ["{n} SMS is skipped", "{n} SMS are skipped"], ["Пропущено {n} SMS", "Пропущены {n} SMS", "Пропущено {n} SMS"];
    SMS_COUNTED: ["{n} SMS", "{n} SMS"], ["{n} SMS", "{n} SMS", "{n} SMS"];
    LETTERS_COUNTED: ["{n} letter", "{n} letters"], ["{n} письмо", "{n} письма", "{n} писем"];
    SEND_AGAIN_ACT: ["Send {n} again", "Send {n} again"], ["Отправить {n} письмо", "Отправить {n} письма", "Отправить {n} писем"];
    GO_AGAIN: ["{n} letter goes out again", "{n} letters go out again"],
        ["Ещё раз уходит {n} письмо", "Ещё раз уходят {n} письма", "Ещё раз уходят {n} писем"];
    LEFT_OUT: ["{n} letter is skipped", "{n} letters are skipped"],
        ["Пропущено {n} письмо", "Пропущены {n} письма", "Пропущено {n} писем"];
    COPIES_COUNTED: ["Up to {n} extra copy", "Up to {n} extra copies"],
        ["До {n} лишней копии", "До {n} лишних копий", "До {n} лишних копий"];
    TIMES: ["{n} time", "{n} times"], ["{n} раз", "{n} раза", "{n} раз"];
}
