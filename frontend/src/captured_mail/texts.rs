//! Words about captured mail.

use crate::texts;

texts! {
    TITLE: "Captured mail", "Перехваченная почта";
    SMS: "SMS", "SMS";
    SMS_TO: "SMS to {number}", "SMS на {number}";
    SMS_SENTENCE: "Nobody has received this message: it was kept instead of being sent.",
        "Это сообщение никто не получил: оно сохранено вместо отправки.";
    SENTENCE: "This service keeps letters instead of sending them. Nobody outside has received any of these.",
        "Этот сервис сохраняет письма, вместо того чтобы отправлять. Наружу не ушло ни одно.";
    TO: "To", "Кому";
    SUBJECT: "Subject", "Тема";
    SIZE: "Size", "Размер";
    KILOBYTES: "{n} KB", "{n} КБ";
    CAPTURED: "Captured", "Получено";
    SEARCH: "Address or subject", "Адрес или тема";
    EMPTY_TITLE: "No letters captured yet", "Писем пока нет";
    EMPTY_SENTENCE: "Send a mailing or a test letter: it comes here instead of to its recipients.",
        "Отправьте рассылку или пробное письмо — оно появится здесь, а не у получателя.";
    NO_SUBJECT: "No subject", "Без темы";
    RENDERED: "Letter", "Письмо";
    TEXT: "Text", "Текст";
    SOURCE: "Source", "Исходник";
    PARTS: "Forms of the letter", "Виды письма";
    NO_HTML: "This letter has no HTML part.", "В письме нет HTML-части.";
    NO_TEXT: "This letter has no text part.", "В письме нет текстовой части.";
    FROM: "From", "От";
    REPLY_TO: "Reply to", "Ответ";
    MESSAGE_ID: "Message-ID", "Message-ID";
}
