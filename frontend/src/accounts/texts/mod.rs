//! Words of the screens before one is signed in.

pub mod strength;

use crate::{plurals, texts};

texts! {
    SIGN_UP_TITLE: "Create your account", "Регистрация";
    SIGN_UP_SENTENCE: "An address and a password are all it takes.", "Хватит адреса и пароля.";
    SIGN_UP: "Create account", "Зарегистрироваться";
    SIGNING_UP: "Creating…", "Создаём…";
    FULL_NAME: "Full name", "Имя и фамилия";
    FULL_NAME_HINT: "Colleagues see it next to your mailings.", "Коллеги увидят его рядом с вашими рассылками.";
    HAVE_ACCOUNT: "Have an account already?", "Уже есть учётная запись?";
    TO_SIGN_IN: "Sign in", "Войти";
    INVITED_ONLY: "Sign-up is by invitation here. Use the address that your invitation came to.",
        "Регистрация здесь по приглашениям. Укажите адрес, на который пришло приглашение.";
    CLOSED_TITLE: "Sign-up is closed here", "Регистрация закрыта";
    CLOSED_SENTENCE: "Accounts are made by the administrators of this service. Ask one of them for yours.",
        "Учётные записи здесь заводят администраторы. Попросите одного из них создать вашу.";
    GET_ONE: "Every letter, and what became of it", "Каждое письмо — и что с ним стало";
    GET_SENTENCE: "Your first mailing can go out in five minutes.", "Первую рассылку можно отправить уже через пять минут.";

    CHECK_MAIL: "Check your mail", "Проверьте почту";
    CHECK_MAIL_SENTENCE: "We sent a letter to {email}. Open the link in it, enter your password once more, and your account is ready.",
        "Мы отправили письмо на {email}. Откройте ссылку из него, введите свой пароль ещё раз — и учётная запись готова.";
    CHECK_MAIL_HINT: "Nothing there after a few minutes? Look into the spam folder, and make sure that the address is right.",
        "Письма нет несколько минут? Загляните в «Спам» и проверьте, верно ли указан адрес.";
    OTHER_ADDRESS: "Use another address", "Указать другой адрес";
    MAIL_IS_CAPTURED: "This installation does not really send letters: it keeps them as captured mail, where an administrator can read them.",
        "Эта установка не отправляет письма по-настоящему: они остаются в перехваченной почте, где их может прочитать администратор.";
    SEND_AGAIN: "Send the letter again", "Отправить письмо ещё раз";
    SEND_AGAIN_IN: "Send again in {time}", "Ещё раз — через {time}";
    SENT_AGAIN: "Sent. The earlier letter’s link no longer works.", "Отправлено. Ссылка из прежнего письма больше не действует.";

    CONFIRM_TITLE: "Confirm your address", "Подтвердите адрес";
    CONFIRM_SENTENCE: "Enter the password that you chose when you signed up. This tells us that it was you.",
        "Введите пароль, который вы придумали при регистрации. Так мы убедимся, что это были вы.";
    CONFIRM: "Confirm and sign in", "Подтвердить и войти";
    CONFIRMING: "Confirming…", "Подтверждаем…";
    CONFIRMED: "Your address is confirmed", "Адрес подтверждён";
    NOT_SIGNED_UP: "Did somebody else sign up, or have you forgotten the password? Sign up with this address yourself: the earlier password stops working, and you choose your own through the link in the letter. If you do not want an account, do nothing.",
        "Регистрировались не вы или забыли пароль? Зарегистрируйтесь с этим адресом сами: прежний пароль перестанет действовать, а свой вы зададите по ссылке из письма. Если учётная запись не нужна, ничего не делайте.";
    SIGN_UP_MYSELF: "Sign up", "Зарегистрироваться";
    NOT_CONFIRMED: "This link does not work", "Ссылка не работает";
    NOT_CONFIRMED_SENTENCE: "It was used already, has expired, or was cut off in the letter. If you have confirmed the address before, just sign in.",
        "Она уже использована, устарела или обрезана в письме. Если вы уже подтверждали адрес, просто войдите.";
    NEW_LINK: "Get a new link", "Получить новую ссылку";
    NEW_LINK_SENT: "If an account waits for this address to be confirmed, a letter is on its way.",
        "Если учётная запись с этим адресом ждёт подтверждения, письмо уже в пути.";
    COULD_NOT_ASK: "This did not work", "Не получилось";

    FORGOT_TITLE: "Forgot your password?", "Забыли пароль?";
    FORGOT_SENTENCE: "We’ll send you a link to choose a new one.", "Пришлём ссылку, по которой можно задать новый.";
    SEND_LINK: "Send the link", "Прислать ссылку";
    SENDING: "Sending…", "Отправляем…";
    LINK_SENT: "Check your mail", "Проверьте почту";
    LINK_SENT_SENTENCE: "If there is an account for {email}, a letter with a link is on its way. The link works once, and not for long.",
        "Если для {email} есть учётная запись, письмо со ссылкой уже в пути. Ссылка действует один раз и недолго.";

    RESET_TITLE: "Choose a new password", "Новый пароль";
    RESET_SENTENCE: "Once it is changed, every session of your account ends.", "Когда он сменится, все сеансы вашей учётной записи завершатся.";
    NEW_PASSWORD: "New password", "Новый пароль";
    RESET: "Change password", "Сменить пароль";
    RESETTING: "Changing…", "Меняем…";
    RESET_DONE: "Your password is changed", "Пароль изменён";
    RESET_DONE_SENTENCE: "All sessions have ended. Sign in with the new password.", "Все сеансы завершены. Войдите с новым паролем.";
    RESET_EXPIRED: "This link was used already, or has expired. Ask for a new one: it takes a minute.",
        "Ссылка уже использована или устарела. Запросите новую: это займёт минуту.";

    MAIL_CONFIRM_TITLE: "Change of your address", "Смена адреса";
    MAIL_CONFIRM_SENTENCE: "Your account gets its new address once both the current and the new one have agreed. Do you agree?",
        "Адрес учётной записи сменится, когда это подтвердят и с прежнего адреса, и с нового. Подтверждаете?";
    MAIL_CONFIRM: "Agree to the change", "Подтвердить смену";
    MAIL_CHANGED: "Your address is changed", "Адрес изменён";
    MAIL_CHANGED_SENTENCE: "From now on sign in with {email}.", "Теперь входите с адресом {email}.";
    MAIL_HALF: "One of two is confirmed", "Подтверждён один из двух";
    MAIL_HALF_SENTENCE: "Both addresses must agree to the change. It still has to be agreed to through the link in the other letter.",
        "Смену должны подтвердить оба адреса. Осталось подтвердить её по ссылке из второго письма.";
    MAIL_PRESENT: "The current address", "Прежний адрес";
    MAIL_NEW: "The new address, {email}", "Новый адрес, {email}";
    MAIL_CONFIRMED: "Confirmed", "Подтверждён";
    MAIL_WAITS: "Waiting", "Ждём";
    MAIL_LINK_DEAD: "It was used already, has expired, or the change was given up. Your profile shows the current state.",
        "Она уже использована, устарела, или от смены отказались. В профиле видно, как обстоят дела.";
    TO_PROFILE: "To the profile", "К профилю";
}

plurals! {
    PASSWORD_HINT: ["At least {n} character. A few words work well.", "At least {n} characters. A few words that do not belong together work well."],
        ["Не короче {n} знака. Хорошо подходят несколько слов.", "Не короче {n} знаков. Хорошо подходят несколько слов, не связанных между собой.", "Не короче {n} знаков. Хорошо подходят несколько слов, не связанных между собой."];
}
