//! Words about mail servers.

use crate::texts;

texts! {
    TITLE: "Mail servers", "Почтовые серверы";
    WORKS: "Works", "Работает";
    AWAY: "Does not work", "Не работает";
    TRIED: "Being checked", "Проверяется";
    USED_UP: "Budget used up", "Лимит исчерпан";
    NEVER_USED: "not used yet", "ещё не использовался";
    AWAY_CONNECTION: "Cannot connect to it. Its letters wait or go through another server.",
        "С ним не удаётся установить связь. Его письма ждут или уходят через другой сервер.";
    AWAY_REFUSALS: "It refused one letter after another for good. They wait or go through another server.",
        "Он окончательно отклонял письмо за письмом. Они ждут или уходят через другой сервер.";
    TRIED_AGAIN: "It will be checked with one letter {relative}, at {time}.", "Он будет проверен одним письмом {relative}, в {time}.";
    TRIED_SOON: "It will be checked with one letter as soon as one is due.", "Он будет проверен одним письмом, как только оно понадобится.";
    SMS_SERVICE: "SMS service", "SMS-сервис";
    SMS_AWAY: "It accepts nothing from us now. Messages of mailings wait, and nothing is lost.",
        "Сейчас он ничего от нас не принимает. Сообщения рассылок ждут, ничего не потеряется.";
    SMS_REFUSALS: "It refused one message after another for good. They wait.", "Он окончательно отклонял сообщение за сообщением. Они ждут.";
    SMS_TRIED_AGAIN: "It will be checked with one message {relative}, at {time}.", "Он будет проверен одним сообщением {relative}, в {time}.";
    SMS_TRIED_SOON: "It will be checked with one message as soon as one is due.", "Он будет проверен одним сообщением, как только оно понадобится.";
    GOES_ON: "There is room again at {time}.", "Место появится в {time}.";
    PER_SECOND: "this second", "за секунду";
    PER_HOUR: "this hour", "за час";
    PER_DAY: "today", "за сутки";
    USED: "{used} of {limit}", "{used} из {limit}";
}
