//! Words around signing in.

use crate::texts;

texts! {
    SIGN_IN: "Sign in", "Войти";
    SIGNING_IN: "Signing in…", "Входим…";
    SIGN_OUT: "Sign out", "Выйти";
    SIGN_IN_TITLE: "Sign in to {name}", "Вход в {name}";
    SIGN_IN_SENTENCE: "Your mailings are waiting for you.", "Ваши рассылки ждут вас.";
    EMAIL: "E-mail", "Электронная почта";
    PASSWORD: "Password", "Пароль";
    SHOW_PASSWORD: "Show", "Показать";
    HIDE_PASSWORD: "Hide", "Скрыть";
    SHOW_PASSWORD_LABEL: "Show the password", "Показать пароль";
    SIGN_IN_AGAIN: "Sign in again", "Войдите ещё раз";
    SESSION_ENDED: "The session of {email} has ended. What you typed here is kept.",
        "Сеанс {email} завершён. Всё, что вы ввели, сохранится на экране.";
    NOT_SIGNED_IN: "Sign in to open this page.", "Чтобы открыть эту страницу, войдите.";
    FORGOT_PASSWORD: "Forgot your password?", "Забыли пароль?";
    NEW_HERE: "New here?", "Впервые здесь?";
    INVITED: "Were you invited?", "Вас пригласили?";
    SIGN_UP: "Create an account", "Зарегистрируйтесь";
    CODE_TITLE: "One more step", "Ещё один шаг";
    CODE_SENTENCE: "{email} is protected by a second factor.", "Учётная запись {email} защищена вторым фактором.";
    CODE: "Code from your app", "Код из приложения";
    CODE_HINT: "Six digits; the app shows new ones every 30 seconds.", "Шесть цифр; каждые 30 секунд приложение показывает новые.";
    RECOVERY_CODE: "Recovery code", "Резервный код";
    RECOVERY_CODE_HINT: "One of those that you kept. Each works once.", "Один из тех, что вы сохранили. Каждый действует один раз.";
    USE_RECOVERY_CODE: "Use a recovery code", "Ввести резервный код";
    USE_APP: "Use the code from the app", "Ввести код из приложения";
    OTHER_ACCOUNT: "Sign in with another account", "Войти с другой учётной записью";
    PROVE: "Confirm it’s you", "Подтвердите, что это вы";
    PROVE_SENTENCE: "This matters to your account’s safety, so we ask once more. We won’t ask again for the next few minutes.",
        "Это важно для безопасности учётной записи, поэтому спрашиваем ещё раз. В ближайшие минуты больше не спросим.";
    CONFIRM: "Confirm", "Подтвердить";
    CONFIRMING: "Checking…", "Проверяем…";
    BLOCKED: "This account is blocked", "Учётная запись заблокирована";
    BLOCKED_WHY: "Nothing can be done here until a manager unblocks it. A letter to {email} says why.",
        "Пока менеджер её не разблокирует, здесь ничего нельзя сделать. Причина — в письме на {email}.";
    BLOCKED_LOSES: "What you typed here is lost when you sign out.", "При выходе всё, что вы здесь ввели, пропадёт.";
    NO_ACCOUNT: "No account yet? An administrator of this service can make you one.",
        "Ещё нет учётной записи? Её создаст администратор сервиса.";
    BACK_HOME: "Back to the start page", "На главную";
    NOT_YOURS: "This screen is not for your role", "Этот экран не для вашей роли";
    TO_OVERVIEW: "To the overview", "К обзору";
    STARTING: "Opening {name}…", "Открываем {name}…";
}
