//! Words of the profile.

use crate::{plurals, texts};

texts! {
    TITLE: "Profile", "Профиль";
    SENTENCE: "Who you are here, and how you get in.", "Кто вы здесь и как вы входите.";
    TABS: "Parts of the profile", "Разделы профиля";
    PERSON: "About you", "О вас";
    SECURITY: "Security", "Безопасность";
    SESSIONS: "Sessions", "Сеансы";
    API_TOKENS: "API tokens", "Токены API";
    ACTIVITY: "Activity", "История";

    PICTURE: "Picture", "Фото";
    PICTURE_SENTENCE: "Only you and the people who run this service see it.", "Его видите только вы и те, кто ведёт этот сервис.";
    PICTURE_HINT: "JPEG, PNG or WebP, up to 5 MB. You can also drop it here.", "JPEG, PNG или WebP, до 5 МБ. Можно перетащить файл сюда.";
    CHOOSE_PICTURE: "Upload a picture", "Загрузить фото";
    OTHER_PICTURE: "Upload another", "Загрузить другое";
    REMOVE_PICTURE: "Remove", "Удалить";
    PICTURE_GOES: "The picture is being sent", "Фото отправляется";
    PICTURE_SAVED: "Your picture is saved", "Фото сохранено";
    PICTURE_REMOVED: "Your picture is removed", "Фото удалено";

    ABOUT: "About you", "О вас";
    ABOUT_SENTENCE: "Your name is shown next to your mailings; times are shown in your time zone.",
        "Имя видно рядом с вашими рассылками; время показывается в вашем поясе.";
    FULL_NAME: "Full name", "Имя и фамилия";
    CITY: "City", "Город";
    LANGUAGE: "Language", "Язык";
    LANGUAGE_HINT: "For this page, and for the letters that the service sends you.", "Страницы и писем, которые вам присылает сервис.";
    TIME_ZONE: "Time zone", "Часовой пояс";
    TIME_ZONE_HINT: "New mailings begin with this zone.", "С этим поясом начинаются новые рассылки.";
    SAVED: "Your profile is saved", "Профиль сохранён";

    EMAIL: "E-mail", "Электронная почта";
    EMAIL_SENTENCE: "You sign in with it, and the service writes to it. A change is confirmed at both addresses.",
        "С этим адресом вы входите, на него пишет сервис. Смену подтверждают оба адреса.";
    NEW_EMAIL: "New address", "Новый адрес";
    NEW_EMAIL_HINT: "A letter with a link goes to each of the two addresses.", "На каждый из двух адресов придёт письмо со ссылкой.";
    SEND_LETTERS: "Send both letters", "Отправить оба письма";
    SENDING: "Sending…", "Отправляем…";
    EMAIL_PENDING: "The address changes once it has been confirmed through the links in both letters.", "Адрес сменится, когда смену подтвердят по ссылкам из обоих писем.";
    GIVE_UP_EMAIL: "Give up the change", "Отказаться от смены";
    EMAIL_GIVEN_UP: "The address stays as it is", "Адрес остаётся прежним";

    PHONE: "Phone", "Телефон";
    PHONE_SENTENCE: "Saved once you enter the code sent to it, so we know that it is yours.", "Сохраняем, когда вернулся код из SMS: значит, номер точно ваш.";
    ADD_PHONE: "Add a number", "Добавить номер";
    PHONE_NUMBER: "Number", "Номер";
    PHONE_NUMBER_HINT: "With the country’s code. A six-digit code comes by SMS.", "С кодом страны. По SMS придёт код из шести цифр.";
    SEND_CODE: "Send the code", "Отправить код";
    PHONE_CODE: "Code from the SMS", "Код из SMS";
    CONFIRM_PHONE: "Confirm", "Подтвердить";
    CONFIRMING: "Checking…", "Проверяем…";
    CODE_AGAIN: "Send another code", "Отправить ещё раз";
    CODE_AGAIN_IN: "Another code in {time}", "Ещё раз — через {time}";
    OTHER_PHONE: "Another number", "Другой номер";
    CODE_SENDING: "Sending the code", "Отправляем код";
    CODE_SENT: "Code sent", "Код отправлен";
    CODE_REFUSED: "Number refused", "Номер не принят";
    CODE_REFUSED_WHY: "The SMS service cannot reach this number. Check it, or use another.", "SMS-сервис не может отправить на этот номер. Проверьте его или укажите другой.";
    CODE_FAILED: "Not sent", "Не отправлен";
    CODE_FAILED_WHY: "The code could not be sent; an administrator can see why. Try again later.", "Код не удалось отправить; причину видит администратор. Повторите позже.";
    NO_TRIES_LEFT: "That was the last attempt. Ask for a new code.", "Это была последняя попытка. Запросите новый код.";
    PHONE_VERIFIED: "Verified", "Подтверждён";
    PHONE_DONE: "Your phone is verified", "Телефон подтверждён";
    REMOVE_PHONE: "Remove", "Удалить";
    PHONE_REMOVED: "Your number is removed", "Номер удалён";
    NO_SMS: "Phones cannot be verified here yet: no SMS service is set up.", "Подтвердить телефон здесь пока нельзя: SMS-сервис не подключён.";
    SMS_IS_CAPTURED: "This installation does not really send messages: the code is in captured mail, where an administrator can read it.",
        "Эта установка не отправляет SMS по-настоящему: код лежит в перехваченной почте, где его может прочитать администратор.";

    PASSWORD: "Password", "Пароль";
    PASSWORD_SENTENCE: "Changing it ends all your other sessions, and you are told by e-mail.", "При смене завершаются все остальные сеансы, а вам приходит письмо.";
    PRESENT_PASSWORD: "Current password", "Нынешний пароль";
    NEW_PASSWORD: "New password", "Новый пароль";
    CHANGE_PASSWORD: "Change password", "Сменить пароль";
    PASSWORD_CHANGED: "Your password is changed, and all other sessions have ended", "Пароль изменён, остальные сеансы завершены";

    SECOND_FACTOR: "Second factor", "Второй фактор";
    SECOND_FACTOR_SENTENCE: "Besides the password, signing in asks for a code from an app on your phone. A stolen password alone is then useless.",
        "Кроме пароля при входе нужен код из приложения на телефоне. Украденный пароль без него бесполезен.";
    SECOND_FACTOR_ON: "On", "Включён";
    TURN_ON: "Turn on", "Включить";
    SECRET_EXPIRED: "This secret has expired. Start again, and remove the old entry from the app.",
        "Срок этого секрета истёк. Начните заново, а старую запись из приложения удалите.";
    BEGIN_ANEW: "Start again", "Начать заново";
    TURNED_ON: "The second factor is on", "Второй фактор включён";
    TURN_OFF: "Turn off", "Выключить";
    TURN_OFF_TITLE: "Turn off the second factor?", "Выключить второй фактор?";
    TURN_OFF_SENTENCE: "Then the password alone is enough to sign in. The app’s entry and the recovery codes stop working.",
        "Для входа будет достаточно пароля. Запись в приложении и резервные коды перестанут действовать.";
    TURNED_OFF: "The second factor is off", "Второй фактор выключен";
    QR_LABEL: "QR code for your app; the secret is next to it as text", "QR-код для приложения; секрет рядом текстом";
    STEP_SCAN: "Scan the picture with an authenticator app: Aegis, Google Authenticator, 1Password or any other.",
        "Отсканируйте картинку приложением: Aegis, Google Authenticator, Яндекс Ключ или любым другим.";
    STEP_TYPE: "No camera? Type this secret into the app:", "Нет камеры? Введите в приложение этот секрет:";
    STEP_CODE: "Enter the six digits that the app shows.", "Введите шесть цифр, которые покажет приложение.";
    CODES_TITLE: "Recovery codes of {name}", "Резервные коды {name}";
    CODES_SENTENCE: "Each lets you in once if you lose the app. They are shown only this once: keep them where you keep your passwords.",
        "Каждый впустит вас один раз, если приложение потеряно. Они показываются только сейчас: храните их там же, где пароли.";
    CODES_KEPT: "I have kept them", "Я их сохранил(а)";
    CODES_DOWNLOAD: "Download", "Скачать";
    FEW_CODES: "Make new ones before they run out.", "Создайте новые заранее.";
    RENEW_CODES: "New recovery codes", "Новые резервные коды";
    FIRST_TITLE: "First, protect your account", "Сначала защитите учётную запись";
    FIRST_SENTENCE: "Your role here needs a second factor: signing in will also ask for a code from an app. It takes two minutes, and then everything is open.",
        "Для вашей роли здесь нужен второй фактор: при входе понадобится ещё и код из приложения. Это две минуты, и всё откроется.";

    DELETE_ACCOUNT: "Delete account", "Удаление учётной записи";
    DELETE_SENTENCE: "Everything you have here is deleted with it, for good.", "Вместе с ней навсегда пропадёт всё ваше.";
    DELETE_OPEN: "Delete my account…", "Удалить учётную запись…";
    DELETE_TITLE: "Delete your account?", "Удалить вашу учётную запись?";
    DELETE_ACT: "Delete my account", "Удалить учётную запись";
    TYPE_EMAIL: "Type your address to confirm", "Введите свой адрес для подтверждения";
    GO_TITLE: "This is deleted for good:", "Безвозвратно пропадут:";
    GO_PROFILE: "your profile, sessions and API tokens", "ваш профиль, сеансы и токены API";
    GO_STAYS: "Statistics of sent letters stay, without your name.", "Статистика отправленных писем останется, но без вас.";
}

plurals! {
    TRIES_LEFT: ["{n} attempt left.", "{n} attempts left."], ["Осталась {n} попытка.", "Осталось {n} попытки.", "Осталось {n} попыток."];
    CODES_LEFT: ["{n} recovery code left.", "{n} recovery codes left."],
        ["Остался {n} резервный код.", "Осталось {n} резервных кода.", "Осталось {n} резервных кодов."];
    GO_RECIPIENTS: ["{n} recipient", "{n} recipients"], ["{n} получатель", "{n} получателя", "{n} получателей"];
    GO_MESSAGES: ["{n} message", "{n} messages"], ["{n} сообщение", "{n} сообщения", "{n} сообщений"];
    GO_MAILINGS: ["{n} mailing", "{n} mailings"], ["{n} рассылка", "{n} рассылки", "{n} рассылок"];
    GO_RUNNING: ["{n} mailing that is still sending will stop.", "{n} mailings that are still sending will stop."],
        ["{n} рассылка ещё отправляется и остановится.", "{n} рассылки ещё отправляются и остановятся.", "{n} рассылок ещё отправляются и остановятся."];
}
