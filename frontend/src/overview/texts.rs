//! Words of the overview.

use crate::{plurals, texts};

texts! {
    TITLE: "Overview", "Обзор";
    HELLO: "Good to see you, {name}.", "Рады видеть вас, {name}.";
    FIRST_STEPS: "First steps", "С чего начать";
    STEP_RECIPIENTS: "Add recipients", "Добавьте получателей";
    STEP_RECIPIENTS_TEXT: "The people your letters go to.", "Люди, которым пойдут ваши письма.";
    STEP_MESSAGE: "Write a message", "Напишите сообщение";
    STEP_MESSAGE_TEXT: "Subject and text, with a preview as it will arrive.", "Тема и текст — с предпросмотром, каким письмо придёт.";
    STEP_MAILING: "Plan a mailing", "Запланируйте рассылку";
    STEP_MAILING_TEXT: "To whom, when and how often. It then goes out by itself.", "Кому, когда и как часто. Дальше всё уйдёт само.";
    DONE: "done", "готово";
    RUNNING: "Running", "Запущены";
    NOTHING_RUNS: "No mailing is running.", "Сейчас ни одна рассылка не запущена.";
    NEXT_RUNS: "Next runs", "Ближайшие запуски";
    NOTHING_PLANNED: "Nothing is planned.", "Ничего не запланировано.";
    NOT_RUN_YET: "no run yet", "запусков ещё не было";
}

plurals! {
    RUNNING_NOW: ["{n} mailing running", "{n} mailings running"], ["{n} рассылка запущена", "{n} рассылки запущены", "{n} рассылок запущено"];
    MAILINGS: ["{n} mailing in all", "{n} mailings in all"], ["{n} рассылка всего", "{n} рассылки всего", "{n} рассылок всего"];
    RECIPIENTS: ["{n} recipient", "{n} recipients"], ["{n} получатель", "{n} получателя", "{n} получателей"];
    MESSAGES: ["{n} message", "{n} messages"], ["{n} сообщение", "{n} сообщения", "{n} сообщений"];
}
