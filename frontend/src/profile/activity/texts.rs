//! Words about what happened to one's account.

use crate::texts;

texts! {
    SENTENCE: "Your sign-ins, and everything the team did to your data.",
        "Ваши входы и всё, что команда сервиса делала с вашими данными.";
    BY_OTHERS: "By the team", "Действия команды";
    BY_ME: "By you", "Ваши действия";
    EMPTY: "Nothing yet", "Пока ничего";
    EMPTY_SENTENCE: "Your sign-ins appear here, and what the team of this service does to your data.",
        "Здесь появятся ваши входы и действия команды сервиса с вашими данными.";
}
