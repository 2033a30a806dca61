//! Words of the form that plans a mailing.

use crate::{plurals, texts};

texts! {
    NEW_TITLE: "New mailing", "Новая рассылка";
    NEW_SENTENCE: "What to send, to whom, and when. Nothing is sent until you press the button below.",
        "Что отправить, кому и когда. Пока вы не нажмёте кнопку внизу, ничего не уйдёт.";
    EDIT_TITLE: "Edit mailing", "Изменение рассылки";
    EDIT_SENTENCE: "Runs that have started keep what they started with; only later ones get these changes.",
        "Уже начатые запуски не изменятся: правки увидят только следующие.";
    PLAN_IT: "Plan mailing", "Запланировать";
    SEND_IT: "Send now", "Отправить сейчас";
    PLANNED: "Mailing planned", "Рассылка запланирована";
    SAVED: "Mailing saved", "Рассылка сохранена";
    FINAL: "A completed mailing cannot be changed. Make a copy of it instead.",
        "Завершённую рассылку изменить нельзя. Сделайте копию.";

    CHANNEL: "Sent as", "Как отправить";
    CHANNEL_EMAIL: "Letters", "Письмами";
    CHANNEL_SMS: "SMS", "По SMS";
    CHANNEL_EMAIL_HINT: "Each recipient gets a letter to their address.", "Каждый получит письмо на свой адрес.";
    CHANNEL_SMS_HINT: "Each recipient gets an SMS to their phone. Every SMS is paid for.",
        "Каждый получит SMS на свой телефон. Каждое SMS оплачивается.";
    CHANNEL_FIXED: "This cannot be changed after the first run.", "После первого запуска это уже не меняется.";
    NO_SMS_TEXT: "No SMS text yet.", "Текста для SMS пока нет.";
    WRITE_SMS_TEXT: "Write one", "Написать";
    NOBODY_HAS_PHONE: "None of them has a phone: nobody would get this.", "Ни у кого из них нет телефона: никто ничего не получит.";
    SMS: "The SMS", "SMS";
    SMS_HINT: "Choose a message to see its SMS as it arrives.", "Выберите сообщение, чтобы увидеть, каким придёт SMS.";
    SUMMARY_SENTENCE_SMS: "The SMS of “{subject}” goes to {whom}: {when}.", "SMS из сообщения «{subject}» уйдёт {whom}: {when}.";
    SUMMARY_NO_SMS: "“{subject}” has no SMS text yet: nothing can be sent by SMS.",
        "У сообщения «{subject}» пока нет текста для SMS: по SMS отправлять нечего.";
    WHAT: "Message", "Сообщение";
    WHAT_HINT: "Your own messages and those that others share with you.", "Ваши сообщения и те, которыми с вами поделились.";
    SEARCH_MESSAGES: "Words of the subject", "Слова из темы";
    NO_MESSAGES: "There is no message to send yet.", "Отправлять пока нечего.";
    WRITE_MESSAGE: "Write a message", "Написать сообщение";
    SHARED: "Shared by {name}", "Общее, автор: {name}";
    CHOOSE_MESSAGE: "Choose a message", "Выберите сообщение";

    WHOM: "Recipients", "Получатели";
    WHO_GETS_IT: "Who gets it", "Кто получит";
    EVERYONE: "All of mine", "Все мои";
    EVERYONE_OF: "All of the owner's", "Все получатели владельца";
    CHOSEN: "Chosen ones", "Выбранные";
    EVERYONE_HINT: "Everyone who is on your list when a run starts, also those you add later.",
        "Все, кто есть в вашем списке к моменту запуска, включая добавленных позже.";
    SEARCH_RECIPIENTS: "Address, name or phone", "Адрес, имя или телефон";
    NO_RECIPIENTS: "You have no recipients yet.", "У вас пока нет получателей.";
    ADD_RECIPIENT: "Add a recipient", "Добавить получателя";
    CHOOSE_SHOWN: "Choose all shown", "Выбрать всех показанных";
    DROP_SHOWN: "Remove all shown", "Убрать всех показанных";
    DROP_ALL: "Remove all", "Убрать всех";
    SHOW_MORE: "Show more", "Показать ещё";
    REMOVE: "Remove {name}", "Убрать: {name}";
    AND_MORE: "and {n} more", "и ещё {n}";

    WHEN: "When", "Когда";
    START: "First sending", "Первая отправка";
    NOW: "Now", "Сейчас";
    LATER: "Later", "Позже";
    START_DAY: "Date", "Дата";
    START_TIME: "Time", "Время";
    REPEATS: "Repeats", "Повторение";
    ONCE: "Once", "Один раз";
    DAILY: "Daily", "Ежедневно";
    WEEKLY: "Weekly", "Еженедельно";
    MONTHLY: "Monthly", "Ежемесячно";
    ON_WEEKDAYS: "On these days", "По дням";
    WEEKDAYS_PRESET: "Weekdays", "Будни";
    EVERY_DAY_PRESET: "Every day", "Все дни";
    MONTHLY_BY: "Which day", "Какой день";
    BY_DAY: "Day of the month", "Число";
    BY_WEEKDAY: "Weekday", "День недели";
    DAY: "Day", "Число";
    DAY_HINT: "In a shorter month, its last day.", "В коротком месяце — последний день.";
    WEEK: "Which one", "Который";
    WEEKDAY: "Weekday", "День недели";
    WEEK_1: "First", "Первый";
    WEEK_2: "Second", "Второй";
    WEEK_3: "Third", "Третий";
    WEEK_4: "Fourth", "Четвёртый";
    WEEK_LAST: "Last", "Последний";
    HAS_END: "Ends", "Завершить";
    HAS_END_HINT: "Nothing is sent after this; whatever is still waiting is skipped.",
        "После этого ничего не уйдёт; что не успело — будет пропущено.";
    HAS_END_ONCE_HINT: "Until then it can be sent again, and refused letters are tried again.",
        "До этого срока её можно отправить повторно, а отклонённые письма — повторить.";
    END_DAY: "End date", "Дата окончания";
    END_TIME: "End time", "Время окончания";
    ZONE: "Time zone", "Часовой пояс";
    ZONE_HINT: "It keeps this local time through summer and winter time.",
        "Местное время сохранится при переходе на летнее и зимнее.";

    MORE: "More", "Дополнительно";
    TITLE: "Title", "Название";
    TITLE_HINT: "What it is called in lists. If empty, the subject is used.", "Как она называется в списках. Если не указать — тема сообщения.";
    ON_UNKNOWN: "If an answer is lost in a crash", "Если ответ потерян при сбое";
    RESEND: "Send once more", "Отправить ещё раз";
    HOLD: "Leave it unknown", "Оставить неизвестным";
    RESEND_HINT: "A second copy is better than none.", "Лучше вторая копия, чем ни одной.";
    HOLD_HINT: "Nobody gets a second copy; some may get none.", "Никто не получит вторую копию; кто-то может не получить ничего.";

    SUMMARY: "In short", "Коротко";
    SUMMARY_SENTENCE: "“{subject}” goes to {whom}: {when}.", "Письмо «{subject}» уйдёт {whom}: {when}.";
    WHOM_ALL: "all recipients ({n} now)", "всем получателям (сейчас {n})";
    AT_ONCE: "at once", "сразу";
    AT_ONCE_AND: "at once, then {plan}", "сразу, затем {plan}";
    FROM: "{plan}, from {date}", "{plan}, начиная с {date}";
    UNTIL: "{when}, until {end}", "{when}, до {end}";
    STILL_MISSING: "Choose a message and recipients; the plan appears here before anything is sent.",
        "Выберите сообщение и получателей — здесь появится план, прежде чем что-либо уйдёт.";
    NEXT_RUNS: "Next runs", "Ближайшие запуски";
    RUNS_AT_ONCE: "At once", "Сразу";
    NO_RUNS: "This schedule has no more runs.", "По такому расписанию запусков больше не будет.";
    NO_RUNS_YET: "Complete the schedule to see when it runs.", "Заполните расписание — здесь появятся запуски.";
    LETTER: "The letter", "Письмо";
    LETTER_HINT: "Choose a message to see it as it arrives.", "Выберите сообщение, чтобы увидеть письмо.";
}

plurals! {
    WITHOUT_PHONE: ["{n} of them has no phone and will be skipped.", "{n} of them have no phone and will be skipped."],
        ["У {n} из них нет телефона: он будет пропущен.", "У {n} из них нет телефона: они будут пропущены.", "У {n} из них нет телефона: они будут пропущены."];
    WHOM_CHOSEN: ["{n} chosen recipient", "{n} chosen recipients"],
        ["{n} выбранному получателю", "{n} выбранным получателям", "{n} выбранным получателям"];
    CHOSEN_COUNT: ["{n} recipient chosen", "{n} recipients chosen"],
        ["Выбран {n} получатель", "Выбрано {n} получателя", "Выбрано {n} получателей"];
    EVERYONE_COUNT: ["{n} recipient now", "{n} recipients now"],
        ["Сейчас {n} получатель", "Сейчас {n} получателя", "Сейчас {n} получателей"];
}
