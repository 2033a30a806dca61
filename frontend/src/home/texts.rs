//! Words of the start page.

use crate::{plurals, texts};

texts! {
    HEADLINE: "Letters that arrive, and the proof that they did.", "Письма доходят — и это видно.";
    SENTENCE: "Schedule mailings to your clients once, or every day, week or month. See who got what, when, and what the mail server answered.",
        "Планируйте рассылки клиентам: один раз, каждый день, неделю или месяц. Вы увидите, кто что получил, когда и что ответил почтовый сервер.";
    GET_STARTED: "Get started", "Начать";
    GOODBYE: "Your account and all that was yours are deleted. Thank you for the time you spent with us.",
        "Учётная запись и всё ваше удалены. Спасибо, что были с нами.";
    OPEN: "Open {name}", "Открыть {name}";
    FIGURES: "In figures", "В цифрах";
    FROM_BLOG: "From the blog", "Из блога";
    ALL_ARTICLES: "All articles", "Все статьи";
    REASONS: "Why it can be trusted", "Почему этому можно доверять";
    ON_TIME: "On time, every time", "Вовремя, каждый раз";
    ON_TIME_TEXT: "Nine o’clock stays nine o’clock: across time zones, clock changes and short months.",
        "Девять утра — всегда девять утра: в любом поясе, при переводе часов и в коротком месяце.";
    ONE_EACH: "One letter to each", "Каждому — одно письмо";
    ONE_EACH_TEXT: "Every recipient gets exactly one letter of a run, and never sees another’s address.",
        "Каждый получатель получает ровно одно письмо за запуск и никогда не видит чужих адресов.";
    PROOF: "The server’s own words", "Ответ сервера слово в слово";
    PROOF_TEXT: "Each attempt is kept: accepted, refused or lost, with what the mail server said.",
        "Каждая попытка сохраняется: принято, отклонено или потеряно — и что именно сказал сервер.";
    SHOWN_MONDAY: "Weekdays at 09:00, Europe/Moscow", "По будням в 09:00, Europe/Moscow";
    SHOWN_TITLE: "Autumn loyalty programme", "Осенняя программа лояльности";
    SHOWN_RUNNING: "Running", "Запущена";
    SHOWN_SENT: "sent", "отправлено";
    SHOWN_FAILED: "not delivered", "не доставлено";
    SHOWN_QUEUED: "in the queue", "в очереди";
    SHOWN_LABEL: "An example of a mailing under way", "Пример рассылки в работе";
}

plurals! {
    MAILINGS: ["{n} mailing in all", "{n} mailings in all"], ["{n} рассылка всего", "{n} рассылки всего", "{n} рассылок всего"];
    RUNNING: ["{n} running now", "{n} running now"], ["{n} запущена сейчас", "{n} запущены сейчас", "{n} запущено сейчас"];
    UNIQUE_RECIPIENTS: ["{n} unique recipient", "{n} unique recipients"],
        ["{n} уникальный получатель", "{n} уникальных получателя", "{n} уникальных получателей"];
}
