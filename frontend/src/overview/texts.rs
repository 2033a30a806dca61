//! Words of the overview.

use crate::{plurals, texts};

texts! {
    TITLE: "Overview", "Обзор";
    HELLO: "Good to see you, {name}.", "Рады видеть вас, {name}.";
    STEP_RECIPIENTS: "Add recipients", "Добавьте получателей";
    STEP_RECIPIENTS_TEXT: "The people your letters go to.", "Люди, которым пойдут ваши письма.";
    STEP_MESSAGE: "Write a message", "Напишите сообщение";
    STEP_MESSAGE_TEXT: "Subject and body, with a preview as it will arrive.", "Тема и текст — с предпросмотром, каким письмо придёт.";
    FIRST_STEPS: "First steps", "С чего начать";
    DONE: "done", "готово";
}

plurals! {
    RECIPIENTS: ["{n} recipient", "{n} recipients"], ["{n} получатель", "{n} получателя", "{n} получателей"];
    MESSAGES: ["{n} message", "{n} messages"], ["{n} сообщение", "{n} сообщения", "{n} сообщений"];
}
