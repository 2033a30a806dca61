//! Words of the recipients' screens.

use crate::{plurals, texts};

texts! {
    TITLE: "Recipients", "Получатели";
    SENTENCE: "The people your mailings go to.", "Люди, которым уходят ваши рассылки.";
    SENTENCE_ALL: "Everyone’s recipients.", "Получатели всех пользователей.";
    ADD: "Add recipient", "Добавить получателя";
    NEW_TITLE: "New recipient", "Новый получатель";
    NEW_SENTENCE: "Who should your letters reach?", "Кому должны приходить ваши письма?";
    EDIT_TITLE: "Edit recipient", "Изменить получателя";
    SEARCH: "Address, name or phone", "Адрес, имя или телефон";
    EMAIL: "E-mail", "Электронная почта";
    EMAIL_HINT: "Each address can be in your list only once. The part after the @ may be in any script.",
        "У каждого получателя свой адрес. Часть после @ может быть и на кириллице.";
    FULL_NAME: "Full name", "Полное имя";
    FULL_NAME_HINT: "Letters can use it in the greeting: {{ full_name }}.", "Письмо может обратиться по имени: {{ full_name }}.";
    PHONE: "Phone", "Телефон";
    PHONE_HINT: "With the country’s code. Mailings by SMS go there.", "С кодом страны. Сюда приходят рассылки по SMS.";
    NO_PHONE: "No phone", "Нет телефона";
    NO_PHONE_FILTER: "Without a phone", "Без телефона";
    COMMENT: "Comment", "Комментарий";
    COMMENT_HINT: "Only for you; it never appears in a letter.", "Только для вас: в письма не попадает.";
    RECIPIENT: "Recipient", "Получатель";
    NAMELESS: "No name", "Без имени";
    NO_COMMENT: "No comment", "Нет комментария";
    EMPTY_TITLE: "Nobody to write to yet", "Пока писать некому";
    EMPTY_TEXT: "Recipients are the people your mailings go to. Add the first one, then write a message.",
        "Получатели — люди, которым уходят рассылки. Добавьте первого, а затем напишите сообщение.";
    EMPTY_ALL_TEXT: "Nobody has added a recipient.", "Никто ещё не добавил ни одного получателя.";
    CREATED: "{name} was added", "Получатель добавлен: {name}";
    SAVED: "{name} was saved", "Изменения сохранены: {name}";
    DELETED: "{name} was deleted", "Получатель удалён: {name}";
    DELETE_TITLE: "Delete {name}?", "Удалить получателя {name}?";
    DELETE_GOES: "This recipient is removed from the audiences of all mailings and gets no more letters.",
        "Получатель исчезнет из аудитории всех рассылок и больше не получит писем.";
    DELETE_STAYS: "Letters already sent, and the attempts to send them, stay in the reports.",
        "Отправленные письма и попытки отправки останутся в отчётах.";
    DELETE_ACT: "Delete recipient", "Удалить получателя";
    SUPPRESSED: "Nothing more is sent to this address.", "На этот адрес письма больше не уходят.";
    SUPPRESSED_SINCE: "On {date} a mail server refused it for good.", "{date} почтовый сервер отклонил его окончательно.";
    REFUSED_LETTER: "The letter that was refused", "Письмо, которое отклонили";
    LIFT: "Write to this address again", "Снова писать на этот адрес";
    LIFT_TITLE: "Write to {email} again?", "Снова писать на {email}?";
    LIFT_GOES: "Letters go there again from now on. Those skipped in the meantime are not sent.",
        "С этого момента письма снова будут уходить на этот адрес. Пропущенные за это время не отправятся.";
    LIFT_WARNING: "If the mailbox still does not exist, the server refuses again, and sending to it stops once more. Many refusals harm the sender’s reputation.",
        "Если ящика по-прежнему нет, сервер откажет снова, и адрес опять будет отложен. Множество отказов портит репутацию отправителя.";
    LIFTED: "Letters go to {email} again", "Письма снова уходят на {email}";
    UNSUBSCRIBED: "Unsubscribed", "Отписан";
    UNSUBSCRIBED_SINCE: "Unsubscribed on {date}.", "Отписка: {date}.";
    UNSUBSCRIBED_HINT: "Nothing more is sent to them. Only they can take it back, by the link in a letter.",
        "Письма больше не уходят. Вернуть подписку может только сам получатель — по ссылке из письма.";
    REFUSED: "Refused", "Адрес отклонён";
    REFUSED_FILTER: "Refused addresses", "Отклонённые адреса";
    TIMELINE: "What happened", "Что произошло";
    TIMELINE_EMPTY: "No letter was planned for this recipient yet.", "Этому получателю писем ещё не было.";
    TIMELINE_MORE: "Show earlier letters", "Показать более ранние";
    REFUSED_THEN: "A mail server refused the address for good", "Почтовый сервер окончательно отклонил адрес";
    UNSUBSCRIBED_THEN: "Asked not to get any more letters", "Попросил больше не писать";
    BULK_DELETE: "Delete selected", "Удалить выбранных";
    BULK_GOES: "They are removed from the audiences of all mailings and get no more letters.",
        "Они исчезнут из аудитории всех рассылок и больше не получат писем.";
}

plurals! {
    TIMELINE_TRIES: ["{n} attempt", "{n} attempts"], ["{n} попытка", "{n} попытки", "{n} попыток"];
    BULK_TITLE: ["Delete {n} recipient?", "Delete {n} recipients?"],
        ["Удалить {n} получателя?", "Удалить {n} получателей?", "Удалить {n} получателей?"];
    BULK_ACT: ["Delete {n} recipient", "Delete {n} recipients"],
        ["Удалить {n} получателя", "Удалить {n} получателей", "Удалить {n} получателей"];
    BULK_DELETED: ["{n} recipient was deleted", "{n} recipients were deleted"],
        ["Удалён {n} получатель", "Удалено {n} получателя", "Удалено {n} получателей"];
}
