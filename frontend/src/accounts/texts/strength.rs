//! Words about passwords: how hard they are to guess, and what would help.

use crate::{plurals, texts};

texts! {
    SCORE_0: "Guessed at once", "Угадывается сразу";
    SCORE_1: "Very weak", "Очень слабый";
    SCORE_2: "Not strong enough yet", "Пока слабоват";
    SCORE_3: "Good", "Хороший";
    SCORE_4: "Excellent", "Отличный";

    KEYS_IN_A_ROW: "Keys in a row are easy to guess.", "Клавиши подряд легко угадать.";
    SHORT_KEY_PATTERN: "Short patterns on the keyboard are easy to guess.", "Короткий узор на клавиатуре легко угадать.";
    REPEATED_CHARACTERS: "The same character again and again is easy to guess.", "Один и тот же знак много раз легко угадать.";
    REPEATED_GROUP: "The same group again and again is hardly better than once.", "Повтор одной группы знаков почти не помогает.";
    SEQUENCE: "Sequences such as abc or 6543 are easy to guess.", "Последовательности вроде abc или 6543 легко угадать.";
    RECENT_YEAR: "Recent years are easy to guess.", "Недавние годы легко угадать.";
    DATE: "Dates are easy to guess.", "Даты легко угадать.";
    TOP_PASSWORD: "One of the passwords used most in the world.", "Один из самых частых паролей в мире.";
    COMMON_PASSWORD: "Many people use this password.", "Этот пароль используют многие.";
    SIMILAR_TO_COMMON_PASSWORD: "Too close to a password that many people use.", "Слишком похож на распространённый пароль.";
    SINGLE_WORD: "A single word is easy to guess.", "Одно слово легко угадать.";
    NAME: "Names are easy to guess.", "Имена и фамилии легко угадать.";

    USE_SEVERAL_WORDS: "Use a few words that do not belong together.", "Возьмите несколько слов, не связанных между собой.";
    ADD_UNCOMMON_WORDS: "Add another word or two, uncommon ones.", "Добавьте ещё одно-два редких слова.";
    LONGER_KEY_PATTERN: "Make the pattern on the keyboard longer, with turns.", "Сделайте узор на клавиатуре длиннее, с поворотами.";
    AVOID_REPEATS: "Avoid repeated words and characters.", "Не повторяйте слова и знаки.";
    AVOID_SEQUENCES: "Avoid sequences.", "Избегайте последовательностей.";
    AVOID_YEARS: "Avoid years, above all those of your life.", "Избегайте годов, особенно связанных с вами.";
    AVOID_PERSONAL_DATES: "Avoid dates and years that have to do with you.", "Избегайте дат, которые связаны с вами.";
    CAPITALS_DO_NOT_HELP: "A capital letter at the start hardly helps.", "Заглавная буква в начале почти не помогает.";
    ALL_CAPITALS_DO_NOT_HELP: "All capitals are guessed as easily as none.", "Сплошные заглавные угадать так же легко, как строчные.";
    REVERSING_DOES_NOT_HELP: "Reversed words are guessed as easily.", "Слова задом наперёд угадать так же легко.";
    SUBSTITUTIONS_DO_NOT_HELP: "“@” instead of “a” is guessed as easily.", "«@» вместо «а» угадать так же легко.";
}

plurals! {
    MORE_CHARACTERS: ["{n} more character is needed.", "{n} more characters are needed."],
        ["Нужен ещё {n} знак.", "Нужно ещё {n} знака.", "Нужно ещё {n} знаков."];
}
