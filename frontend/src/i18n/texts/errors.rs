//! What the API refuses, in a person's words: whole requests and single fields.

use contract::problem::{FieldCode, FieldError};

use crate::i18n::{Saying, Text};
use crate::{plurals, texts};

texts! {
    UNREACHABLE: "The service does not answer. Check the connection and try again.",
        "Сервис не отвечает. Проверьте соединение и повторите.";
    UNREADABLE: "The service gave an answer that this page does not understand (status {status}).",
        "Сервис ответил так, что страница его не понимает (статус {status}).";
    UNREADABLE_REQUEST: "The service could not read this request. Reload the page and try again.",
        "Сервис не смог прочитать запрос. Обновите страницу и повторите.";
    OTHER_VERSION: "This page and the service have different versions. Reload the page.",
        "Версия страницы не совпадает с версией сервиса. Обновите страницу.";
    SIGNED_OUT: "You are signed out. Sign in to go on.", "Вы вышли из системы. Войдите, чтобы продолжить.";
    WRONG_CREDENTIALS: "The address or the password is wrong.", "Неверный адрес или пароль.";
    SECOND_FACTOR_REQUIRED: "Enter the code from your app too.", "Введите ещё и код из приложения.";
    WRONG_CODE: "This code is wrong, or was used already.", "Код неверный или уже использован.";
    PROOF_REQUIRED: "Confirm that it is you, then repeat this.", "Подтвердите, что это вы, и повторите.";
    SECOND_FACTOR_SETUP_REQUIRED: "Turn on your second factor first.", "Сначала включите второй фактор.";
    SESSION_REQUIRED: "An API token is not enough for this. Sign in.", "Токена API для этого мало. Войдите.";
    SCOPE_MISSING: "This API token may not be used for that.", "У этого токена API нет такого права.";
    SIGN_UP_CLOSED: "Sign-up is by invitation here. Ask an administrator.",
        "Регистрация здесь по приглашению. Обратитесь к администратору.";
    OWN_ACCOUNT: "You cannot do this to yourself.", "С собственной учётной записью так поступить нельзя.";
    LAST_ADMIN: "This is the last administrator. Make another one first.",
        "Это последний администратор. Сначала назначьте другого.";
    SECOND_FACTOR_STATE: "The second factor has been changed meanwhile. Reload the page.",
        "Второй фактор тем временем изменился. Обновите страницу.";
    NO_PHONE_CHECK: "No code is expected. Ask for a new one.", "Код не ожидается. Запросите новый.";
    NO_PHONE: "Your phone has not been confirmed yet. You can do that in your profile.",
        "Ваш телефон ещё не подтверждён. Это делается в профиле.";
    LINK_EXPIRED: "This link was used already, or has expired. Ask for a new one.",
        "Ссылка уже использована или устарела. Запросите новую.";
    UNCONFIRMED: "This address is not confirmed yet. Open the link in the letter we sent to it.",
        "Адрес ещё не подтверждён. Откройте ссылку из письма, которое мы отправили.";
    BLOCKED: "This account is blocked. A manager can unblock it.",
        "Учётная запись заблокирована. Снять блокировку может менеджер.";
    FORBIDDEN: "Your role does not allow this.", "Ваша роль этого не позволяет.";
    NOT_FOUND: "It was deleted, or you may not see it.", "Это удалили, или у вас нет доступа.";
    TAKEN: "This value is already in use.", "Такое значение уже занято.";
    RUN_IN_PROGRESS: "The latest run still has letters waiting for their first attempt. Wait until there are none.",
        "В последнем запуске ещё есть письма, которые не пробовали отправить. Дождитесь, пока они уйдут.";
    RUN_SUPERSEDED: "A later run has begun. The letters of this one are not sent any more.",
        "Уже начался следующий запуск. Письма этого больше не отправляются.";
    MAILING_COMPLETED: "This mailing is completed. Make a copy of it to send again.",
        "Рассылка завершена. Чтобы отправить снова, сделайте копию.";
    MAILING_PAUSED: "This mailing is paused. Resume it first.", "Рассылка на паузе. Сначала возобновите её.";
    MAILING_NOT_PAUSED: "This mailing is not paused.", "Рассылка не на паузе.";
    MESSAGE_IN_USE: "A mailing that is not completed uses this message.",
        "Сообщение используется в незавершённой рассылке.";
    OWNER_BLOCKED: "The owner of this is blocked.", "Владелец заблокирован.";
    CHANGED: "Somebody changed this while you had it open. Nothing of yours was saved over it.",
        "Пока страница была открыта, это изменил кто-то другой. Ваши правки не сохранены поверх чужих.";
    TOO_LARGE: "This is larger than the service accepts.", "Это больше, чем принимает сервис.";
    INVALID: "Some fields need another look.", "Проверьте отмеченные поля.";
    TOO_MANY_REQUESTS: "Too many attempts. Wait a minute, then try again.",
        "Слишком много попыток. Подождите минуту и повторите.";
    INTERNAL: "Something went wrong in the service. It has been logged.",
        "В сервисе что-то сломалось. Ошибка записана в журнал.";
    UNAVAILABLE: "The service cannot reach its database. Try again in a moment.",
        "Сервис не может связаться с базой данных. Повторите чуть позже.";

    REQUIRED: "Fill this in.", "Заполните это поле.";
    TOO_LONG: "At most {limit} characters or items.", "Здесь можно не больше {limit}.";
    TOO_SHORT: "At least {limit} characters or items.", "Здесь нужно не меньше {limit}.";
    CONTROL_CHARACTER: "Line breaks and control characters are not allowed here.",
        "Здесь не может быть переносов строки и управляющих символов.";
    NOT_AN_ADDRESS: "This is not an e-mail address.", "Это не похоже на адрес почты.";
    NON_ASCII_LOCAL_PART: "Only Latin letters, digits and signs are allowed before the @: most mail servers accept nothing else.",
        "До знака @ возможны только латинские буквы, цифры и знаки: другие большинство серверов не принимает.";
    FIELD_TAKEN: "This is already in use.", "Такой уже есть.";
    UNKNOWN_VARIABLE: "Line {line}: there is no variable “{name}”. Choose one from the list.",
        "Строка {line}: переменной «{name}» нет. Выберите из списка.";
    UNCLOSED_VARIABLE: "Line {line}: the braces of a variable are not closed.",
        "Строка {line}: скобки переменной не закрыты.";
    UNKNOWN_ZONE: "There is no such time zone.", "Такого часового пояса нет.";
    END_BEFORE_START: "The end must be after the start.", "Окончание должно быть позже начала.";
    WINDOW_OVER: "The end has passed.", "Окончание уже прошло.";
    OUT_OF_RANGE: "This is out of range.", "Значение вне допустимых пределов.";
    UNKNOWN_REFERENCE: "This does not exist any more.", "Этого больше нет.";
    WRONG_TYPE: "This has the wrong format.", "Неверный формат.";
    TOO_WEAK: "This is too easy to guess.", "Такой пароль слишком легко подобрать.";
    DOMAIN_NOT_ALLOWED: "Addresses of this domain cannot sign up here.", "С адресами этого домена здесь не регистрируют.";
    NOT_A_PHONE: "Write the number with its country's code, such as +7 921 123-45-67.",
        "Укажите номер с кодом страны, например +7 921 123-45-67.";
    WRONG_PASSWORD: "This is not your password.", "Это не ваш пароль.";
    FIELD_WRONG_CODE: "This is not the code. Attempts left: {limit}.", "Код неверный. Осталось попыток: {limit}.";
    NOT_A_PICTURE: "A JPEG, PNG or WebP picture is needed here.", "Нужна картинка в формате JPEG, PNG или WebP.";
    PICTURE_TOO_LARGE: "This picture is larger than {limit} MB. Choose a smaller one.", "Файл больше {limit} МБ. Выберите поменьше.";
    PICTURE_UNREADABLE: "This picture cannot be read. Choose another JPEG, PNG or WebP.", "Файл не читается. Выберите другую картинку: JPEG, PNG или WebP.";
    TOO_MANY_PARTS: "This is longer than {limit} SMS.", "Это длиннее, чем {limit} SMS.";
    NO_SMS_TEXT: "This message has no SMS text yet. Write one first.", "У этого сообщения нет текста для SMS. Сначала напишите его.";
    NOT_OFFERED: "No SMS service is set up here.", "Сервис SMS здесь не подключён.";
    FIXED: "This cannot be changed after the first run.", "После первого запуска это уже не меняется.";
    NOT_YOURS: "Your role does not have this right.", "У вашей роли нет этого права.";
    UNKNOWN_FIELD: "The service does not know this field. Reload the page.",
        "Сервис не знает этого поля. Обновите страницу.";
}

plurals! {
    WAIT_SECONDS: ["Too many attempts. Try again in {n} second.", "Too many attempts. Try again in {n} seconds."],
        ["Слишком много попыток. Повторите через {n} секунду.", "Слишком много попыток. Повторите через {n} секунды.", "Слишком много попыток. Повторите через {n} секунд."];
    WAIT_MINUTES: ["Too many attempts. Try again in {n} minute.", "Too many attempts. Try again in {n} minutes."],
        ["Слишком много попыток. Повторите через {n} минуту.", "Слишком много попыток. Повторите через {n} минуты.", "Слишком много попыток. Повторите через {n} минут."];
    WAIT_HOURS: ["Too many attempts. Try again in {n} hour.", "Too many attempts. Try again in {n} hours."],
        ["Слишком много попыток. Повторите через {n} час.", "Слишком много попыток. Повторите через {n} часа.", "Слишком много попыток. Повторите через {n} часов."];
}

/// How long to wait after too many tries, never shorter than it is.
pub const fn wait(seconds: u64) -> Saying {
    match seconds {
        0..=90 => Saying::Counted(WAIT_SECONDS, seconds),
        91..=5_400 => Saying::Counted(WAIT_MINUTES, seconds.div_ceil(60)),
        _ => Saying::Counted(WAIT_HOURS, seconds.div_ceil(3_600)),
    }
}

/// What is wrong with a field, in a person's words.
pub fn of_field(error: &FieldError) -> Saying {
    let limited = |text: Text| {
        Saying::Filled(
            text,
            vec![("limit", error.limit.unwrap_or_default().to_string())],
        )
    };
    let line = || error.line.unwrap_or(1).to_string();
    match error.code {
        FieldCode::Required => REQUIRED.into(),
        FieldCode::TooLong => limited(TOO_LONG),
        FieldCode::TooShort => limited(TOO_SHORT),
        FieldCode::ControlCharacter => CONTROL_CHARACTER.into(),
        FieldCode::NotAnAddress => NOT_AN_ADDRESS.into(),
        FieldCode::NonAsciiLocalPart => NON_ASCII_LOCAL_PART.into(),
        FieldCode::Taken => FIELD_TAKEN.into(),
        FieldCode::UnknownVariable => {
            let name = error.name.clone().unwrap_or_default();
            Saying::Filled(UNKNOWN_VARIABLE, vec![("line", line()), ("name", name)])
        }
        FieldCode::UnclosedVariable => Saying::Filled(UNCLOSED_VARIABLE, vec![("line", line())]),
        FieldCode::UnknownZone => UNKNOWN_ZONE.into(),
        FieldCode::EndBeforeStart => END_BEFORE_START.into(),
        FieldCode::WindowOver => WINDOW_OVER.into(),
        FieldCode::OutOfRange => OUT_OF_RANGE.into(),
        FieldCode::UnknownReference => UNKNOWN_REFERENCE.into(),
        FieldCode::WrongType => WRONG_TYPE.into(),
        FieldCode::UnknownField => UNKNOWN_FIELD.into(),
        FieldCode::TooWeak => TOO_WEAK.into(),
        FieldCode::DomainNotAllowed => DOMAIN_NOT_ALLOWED.into(),
        FieldCode::NotAPhone => NOT_A_PHONE.into(),
        FieldCode::WrongPassword => WRONG_PASSWORD.into(),
        FieldCode::WrongCode if error.limit.is_none() => WRONG_CODE.into(),
        FieldCode::WrongCode => limited(FIELD_WRONG_CODE),
        FieldCode::NotAPicture => NOT_A_PICTURE.into(),
        FieldCode::TooManyParts => limited(TOO_MANY_PARTS),
        FieldCode::NoSmsText => NO_SMS_TEXT.into(),
        FieldCode::NotOffered => NOT_OFFERED.into(),
        FieldCode::Fixed => FIXED.into(),
        FieldCode::NotYours => NOT_YOURS.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_never_waits_shorter_than_is_said() {
        assert_eq!(wait(45), Saying::Counted(WAIT_SECONDS, 45));
        assert_eq!(wait(91), Saying::Counted(WAIT_MINUTES, 2));
        assert_eq!(wait(3_601), Saying::Counted(WAIT_MINUTES, 61));
        assert_eq!(wait(5_401), Saying::Counted(WAIT_HOURS, 2));
    }
}
