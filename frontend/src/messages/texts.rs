//! Words of the messages' screens.

use crate::{plurals, texts};

texts! {
    TITLE: "Messages", "Сообщения";
    SENTENCE: "What you write once and send to many.", "Пишете один раз — отправляете многим.";
    SENTENCE_ALL: "Everyone’s messages.", "Сообщения всех пользователей.";
    ADD: "Write message", "Написать сообщение";
    NEW_TITLE: "New message", "Новое сообщение";
    NEW_SENTENCE: "Write it once; each recipient gets a letter of their own.",
        "Напишите один раз — каждый получит своё личное письмо.";
    SEARCH: "Words of the subject", "Слова из темы";
    MINE: "Mine", "Мои";
    SHARED: "Shared", "Общие";
    SHARED_ONE: "Shared", "Общее";
    ACCESS: "Access", "Доступ";
    SUBJECT: "Subject", "Тема";
    BODY: "Text", "Текст";
    FORMAT: "Written in", "Формат";
    MARKDOWN: "Markdown", "Markdown";
    HTML: "HTML", "HTML";
    TEXT: "Plain text", "Простой текст";
    FORMAT_HINT: "Letters always include a plain-text part.", "Текстовая версия добавляется к письму в любом случае.";
    SHARED_LABEL: "Shared with everyone", "Доступно всем";
    SHARED_HINT: "Others may use this message in their mailings, but not change it.",
        "Другие смогут брать это сообщение в свои рассылки, но не менять его.";
    SMS_TEXT: "SMS text", "Текст SMS";
    SMS_TEXT_HINT: "What mailings by SMS send. Without it the message is for letters only.",
        "Это отправят рассылки по SMS. Без него сообщение годится только для писем.";
    SMS_LENGTH: "{characters}: {parts} SMS, room for {left} more.", "{characters}: {parts} SMS, поместится ещё {left}.";
    SMS_UCS2: "Cyrillic, emoji and some signs: 70 to an SMS instead of 160.",
        "Кириллица, эмодзи и некоторые знаки: 70 в одном SMS вместо 160.";
    SMS_AS_FOR: "With the variables of {name}.", "С подстановкой для примера: {name}.";
    EXAMPLE_NAME: "Anna Example", "Анна Иванова";
    SMS: "SMS", "SMS";
    USED: "Used by", "Где используется";
    NOT_USED: "not used", "не используется";
    NOT_USED_NOW: "No mailing uses it now.", "Сейчас не используется ни в одной рассылке.";
    EMPTY_TITLE: "Nothing written yet", "Пока ничего не написано";
    EMPTY_TEXT: "A message is a subject and a text. Write one, look at it as it will arrive, then plan a mailing with it.",
        "Сообщение — это тема и текст. Напишите его, посмотрите, каким оно придёт, и запланируйте рассылку.";
    EMPTY_ALL_TEXT: "Nobody has written a message.", "Никто ещё не написал ни одного сообщения.";
    SAVED: "The message was saved", "Сообщение сохранено";
    CREATED: "The message was saved; now a mailing can send it", "Сообщение сохранено — теперь его можно разослать";
    DUPLICATED: "This is a copy of your own", "Это ваша собственная копия";
    DELETED: "“{subject}” was deleted", "Сообщение удалено: «{subject}»";
    DELETE_TITLE: "Delete this message?", "Удалить сообщение?";
    DELETE_GOES: "“{subject}” can no longer be used in mailings.", "«{subject}» больше нельзя будет разослать.";
    DELETE_STAYS: "Letters already sent with it stay in the reports.", "Отправленные письма останутся в отчётах.";
    DELETE_ACT: "Delete message", "Удалить сообщение";
    IN_USE_BY: "It is used by: {titles}.", "Оно используется в рассылках: {titles}.";
    INSERT_VARIABLE: "Insert a variable", "Вставить переменную";
    VARIABLE: "+ Variable", "+ Переменная";
    VARIABLE_FULL_NAME: "Full name", "Полное имя";
    VARIABLE_EMAIL: "E-mail", "Адрес почты";
    PREVIEW: "Preview", "Предпросмотр";
    PREVIEW_AS: "As it arrives for", "Каким придёт к";
    EXAMPLE_PERSON: "An example recipient", "Получатель для примера";
    WIDTH: "Shown as", "Вид";
    DESKTOP: "Computer", "Компьютер";
    PHONE: "Phone", "Телефон";
    PLAIN: "Text part", "Текст";
    PREVIEW_WAITS: "Fill in the subject and the text, and the letter appears here.",
        "Заполните тему и текст — письмо появится здесь.";
    PREVIEW_FRAME: "The letter", "Письмо";
    LARGE: "This letter is larger than 100 KB: some providers will cut it off.",
        "Письмо больше 100 КБ: некоторые почтовые службы его обрежут.";
    SIZE: "{size} KB", "{size} КБ";
    TEST: "Send to myself", "Отправить себе";
    TEST_SAVED_ALONE: "Save first: only the saved version is sent to you.", "Сначала сохраните: себе вы отправите то, что сохранено.";
    TESTING: "Sending…", "Отправляем…";
    TEST_ACCEPTED: "The server accepted the test letter to {email}:", "Сервер принял пробное письмо для {email}:";
    TEST_REFUSED: "The server did not accept the test letter to {email}:", "Сервер не принял пробное письмо для {email}:";
    TEST_SMS: "SMS to myself", "SMS себе";
    TEST_SMS_ACCEPTED: "The SMS service accepted the test SMS to {phone}:", "Сервис SMS принял пробное сообщение для {phone}:";
    TEST_SMS_REFUSED: "The SMS service did not accept the test SMS to {phone}:",
        "Сервис SMS не принял пробное сообщение для {phone}:";
    READ_ONLY: "This message belongs to {owner}. You may use it, or make a copy of your own.",
        "Это сообщение принадлежит: {owner}. Его можно использовать или сделать собственную копию.";
    READ_ONLY_SEE: "This message belongs to {owner}.", "Это сообщение принадлежит: {owner}.";
}

plurals! {
    SMS_CHARACTERS: ["{n} character", "{n} characters"], ["{n} знак", "{n} знака", "{n} знаков"];
    USED_BY: ["{n} mailing", "{n} mailings"], ["{n} рассылка", "{n} рассылки", "{n} рассылок"];
    USED_NOW: ["{n} mailing uses it: a change reaches its later runs.", "{n} mailings use it: a change reaches their later runs."],
        ["Используется в {n} рассылке: правки попадут в следующие запуски.",
            "Используется в {n} рассылках: правки попадут в следующие запуски.",
            "Используется в {n} рассылках: правки попадут в следующие запуски."];
    OTHERS_USE: ["{n} mailing of somebody else uses it.", "{n} mailings of other people use it."],
        ["Его использует {n} чужая рассылка.", "Его используют {n} чужие рассылки.", "Его используют {n} чужих рассылок."];
}
