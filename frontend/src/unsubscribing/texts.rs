//! Words for who has had enough of letters.

use crate::texts;

texts! {
    TITLE: "Unsubscribe", "Отписаться";
    SENTENCE: "{sender} will send no more letters to {email}.", "{sender} больше не будет присылать письма на {email}.";
    ACT: "Send me no more letters", "Больше не присылать";
    DONE: "You are unsubscribed", "Вы отписаны";
    DONE_SENTENCE: "No more letters from {sender} go to {email}.", "Отправитель {sender} больше не пишет на {email}.";
    STAYS: "A letter that is on its way already may still arrive.", "Письмо, которое уже в пути, ещё может прийти.";
    UNDO: "I want the letters after all", "Вернуть подписку";
    UNDONE: "You are subscribed again.", "Вы снова подписаны.";
    DEAD: "This link is not valid", "Ссылка не действует";
    DEAD_SENTENCE: "Perhaps it was cut in the mail program. Open the link of a newer letter, or answer the letter and ask not to be written to.",
        "Возможно, почтовая программа её обрезала. Откройте ссылку из более нового письма или ответьте на письмо с просьбой больше не писать.";
    CHECKING: "One moment", "Минутку";
}
