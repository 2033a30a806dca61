//! Words of the profile.

use crate::texts;

texts! {
    TITLE: "Profile", "Профиль";
    SENTENCE: "Who you are here, and how you get in.", "Кто вы здесь и как вы входите.";
    TABS: "Parts of the profile", "Разделы профиля";
    PERSON: "About you", "О вас";
    SECURITY: "Security", "Безопасность";
    FULL_NAME: "Full name", "Имя и фамилия";
    NO_NAME: "not given", "не указано";
    EMAIL: "E-mail", "Электронная почта";
    TIME_ZONE: "Time zone", "Часовой пояс";
    SECOND_FACTOR: "Second factor", "Второй фактор";
    SECOND_FACTOR_ON: "On", "Включён";
    SECOND_FACTOR_OFF: "Off", "Выключен";
}
