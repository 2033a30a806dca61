//! Words about API tokens.

pub mod scopes;

use crate::{plurals, texts};

texts! {
    TOKENS_TITLE: "API tokens", "Токены API";
    TOKENS_SENTENCE: "Keys for programs that work in your name: your shop, a script, a form on your site.",
        "Ключи для программ, которые работают от вашего имени: магазина, скрипта, формы на сайте.";
    NEW_TOKEN: "New token", "Новый токен";
    TOKENS_EMPTY: "No token yet", "Токенов пока нет";
    TOKENS_EMPTY_SENTENCE: "With a token a program can add recipients or start mailings through the API, and nothing more than you allow it.",
        "С токеном программа сможет через API добавлять получателей или запускать рассылки — и только то, что вы ей разрешите.";
    API_DOCS: "What the API can do", "Что умеет API";
    NEVER_USED: "Not used yet", "Ещё не использовали";
    USED: "Used", "Использован";
    EXPIRES: "Valid until", "Действует до";
    HAS_EXPIRED: "Has expired", "Срок истёк";
    HOLDS_FOREVER: "Valid until you delete it", "Действует, пока вы его не удалите";
    DELETE_TITLE: "Delete the token “{name}”?", "Удалить токен «{name}»?";
    DELETE_BODY: "Programs that use it will be refused from then on.", "Программам, которые им пользуются, будет сразу отказано.";
    DELETE_ACT: "Delete token", "Удалить токен";
    DELETED: "The token “{name}” was deleted", "Токен «{name}» удалён";
    SEE_TOKENS: "See the API tokens", "Открыть токены API";

    MAKE_TITLE: "New API token", "Новый токен API";
    NAME: "Name", "Название";
    NAME_HINT: "To recognise it later: what will use it?", "Чтобы потом узнать: кто будет им пользоваться?";
    NAME_EXAMPLE: "Shop", "Магазин";
    SCOPES: "What it may do", "Что ему можно";
    SCOPES_HINT: "As little as it needs. It can never do more than you.", "Чем меньше, тем лучше. Больше, чем вам, ему нельзя.";
    EXPIRY: "How long it is valid", "Сколько действует";
    DAYS_30: "30 days", "30 дней";
    DAYS_90: "90 days", "90 дней";
    ONE_YEAR: "1 year", "1 год";
    FOREVER: "No end", "Бессрочно";
    OWN_DATE: "Until a date", "До даты";
    LAST_DAY: "Last day", "Последний день";
    HOLDS_UNTIL: "Valid until {time}.", "Действует до {time}.";
    FOREVER_WARNS: "If it leaks, anyone who finds it can use it until you notice. It is better to set an end.",
        "Если токен утечёт, им смогут пользоваться, пока вы не заметите. Лучше указать срок.";
    MAKE: "Make token", "Создать токен";
    MADE_TITLE: "Your new token", "Ваш новый токен";
    MADE_ONCE: "Copy it now: it is shown only this once. We keep only a fingerprint of it.",
        "Скопируйте его сейчас: больше мы его не покажем, у нас хранится только отпечаток.";
    TRY_IT: "Try it", "Проверьте";
    I_HAVE_IT: "I have copied it", "Токен сохранён";
}

plurals! {
    TOKENS_STAY: ["This does not end {n} API token: it keeps working until you delete it.", "This does not end {n} API tokens: they keep working until you delete them."],
        ["Это не отключит {n} токен API: он действует, пока вы его не удалите.", "Это не отключит {n} токена API: они действуют, пока вы их не удалите.", "Это не отключит {n} токенов API: они действуют, пока вы их не удалите."];
}
