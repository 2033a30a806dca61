//! What scopes are called, and what each lets a program do.

use crate::texts;

texts! {
    KEEP_OWN_PROFILE: "Your profile", "Ваш профиль";
    KEEP_OWN_PROFILE_MEANS: "See and change your name, city, picture, language and zone. Never the password or the address.",
        "Видеть и менять имя, город, фотографию, язык и часовой пояс. Пароль и адрес — нет.";
    KEEP_OWN_MAILINGS: "Manage your mailings", "Вести ваши рассылки";
    KEEP_OWN_MAILINGS_MEANS: "Create, change, delete, send, pause and stop your recipients, messages and mailings.",
        "Создавать, менять и удалять получателей, сообщения и рассылки; отправлять рассылки, ставить на паузу и останавливать.";
    SEE_MAILINGS: "Read your mailings", "Читать ваши рассылки";
    SEE_MAILINGS_MEANS: "See recipients, messages, mailings and what became of each letter.",
        "Видеть получателей, сообщения, рассылки и судьбу каждого письма.";
    SEE_EVERYTHING: "Read everyone’s mailings", "Читать рассылки всех";
    SEE_EVERYTHING_MEANS: "The same for all users.", "То же — у всех пользователей.";
    SEND_ANY_MAILING: "Send anyone’s mailing", "Отправлять любые рассылки";
    SEND_ANY_MAILING_MEANS: "Send somebody else’s mailing at once.", "Отправить чужую рассылку немедленно.";
    STOP_ANY_MAILING: "Stop anyone’s mailing", "Останавливать любые рассылки";
    STOP_ANY_MAILING_MEANS: "Stop somebody else’s mailing for good.", "Остановить чужую рассылку насовсем.";
    EDIT_EVERYTHING: "Change anyone’s data", "Менять данные всех";
    EDIT_EVERYTHING_MEANS: "Change and delete what belongs to others. All of it is recorded in the audit log.",
        "Менять и удалять чужое. Всё записывается в журнал.";
    BLOCK_USERS: "Block users", "Блокировать пользователей";
    BLOCK_USERS_MEANS: "List users, block and unblock those who are not staff.",
        "Видеть пользователей, блокировать и разблокировать тех, кто не из команды.";
    MANAGE_USERS: "Manage users", "Управлять пользователями";
    MANAGE_USERS_MEANS: "Create, change and delete users’ accounts. Never those of the staff, and it makes nobody staff.",
        "Создавать, менять и удалять учётные записи пользователей. Команду сервиса — нет, и добавлять в неё тоже нельзя.";
    WRITE_BLOG: "Write the blog", "Вести блог";
    WRITE_BLOG_MEANS: "Write, change and publish articles.", "Писать, менять и публиковать статьи.";
    READ_CAPTURED_MAIL: "Read captured mail", "Читать перехваченную почту";
    READ_CAPTURED_MAIL_MEANS: "Read letters that were kept instead of sent.", "Читать письма, которые сохранены вместо отправки.";
    READ_AUDIT_LOG: "Read the audit log", "Читать журнал действий";
    READ_AUDIT_LOG_MEANS: "See who did what to whom, and what became of service letters.",
        "Видеть, кто что сделал, и судьбу служебных писем.";
}
