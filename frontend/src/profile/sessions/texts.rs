//! Words about sessions.

use crate::{plurals, texts};

texts! {
    SESSIONS_TITLE: "Where you are signed in", "Где вы вошли";
    SESSIONS_SENTENCE: "If you do not recognise one of these, end it and change your password.",
        "Если какой-то сеанс вам незнаком, завершите его и смените пароль.";
    THIS_ONE: "This one", "Текущий";
    FROM_ADDRESS: "from {client}", "с адреса {client}";
    SINCE: "since", "вход";
    LAST_USED: "used", "активность";
    END: "End", "Завершить";
    END_TITLE: "End the session: {device}?", "Завершить сеанс: {device}?";
    END_BODY: "Anyone using it will have to sign in again.", "Там понадобится войти заново.";
    END_ACT: "End session", "Завершить сеанс";
    ENDED: "The session has ended", "Сеанс завершён";
    END_OTHERS: "End all others", "Завершить все остальные";
    END_OTHERS_ACT: "End all others", "Завершить остальные";
    OTHERS_ENDED: "You are now signed in only here", "Остальные сеансы завершены";
}

plurals! {
    END_OTHERS_TITLE: ["End {n} other session?", "End {n} other sessions?"],
        ["Завершить ещё {n} сеанс?", "Завершить ещё {n} сеанса?", "Завершить ещё {n} сеансов?"];
}
