//! Words around signing in.

use crate::texts;

texts! {
    SIGN_IN: "Sign in", "Войти";
    SIGNING_IN: "Signing in…", "Входим…";
    SIGN_OUT: "Sign out", "Выйти";
    SIGN_IN_TITLE: "Sign in to Golub", "Вход в Golub";
    SIGN_IN_SENTENCE: "Your mailings are waiting for you.", "Ваши рассылки ждут вас.";
    EMAIL: "E-mail", "Электронная почта";
    PASSWORD: "Password", "Пароль";
    SHOW_PASSWORD: "Show", "Показать";
    HIDE_PASSWORD: "Hide", "Скрыть";
    SHOW_PASSWORD_LABEL: "Show the password", "Показать пароль";
    SIGN_IN_AGAIN: "Sign in again", "Войдите ещё раз";
    SESSION_ENDED: "The session of {email} has ended. What you typed here is kept.",
        "Сеанс {email} завершён. Всё, что вы ввели, сохранится на экране.";
    NOT_SIGNED_IN: "This page is for the signed-in. Sign in and you will get to it.",
        "Эта страница — для вошедших. Войдите, и она откроется.";
    NO_ACCOUNT: "No account yet? An administrator of this service can make you one.",
        "Ещё нет учётной записи? Её создаст администратор сервиса.";
    BACK_HOME: "Back to the start page", "На главную";
    NOT_YOURS: "This screen is not for your role", "Этот экран не для вашей роли";
    TO_OVERVIEW: "To the overview", "К обзору";
    STARTING: "Opening Golub…", "Открываем Golub…";
}
