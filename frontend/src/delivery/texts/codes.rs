//! What mail servers' codes mean, in plain words and without blame.

use crate::texts;

texts! {
    ACCEPTED: "The mail server accepted the letter.", "Почтовый сервер принял письмо.";
    NO_MAILBOX: "There is no such mailbox. Check the address with the recipient.",
        "Такого ящика нет. Уточните адрес у получателя.";
    NO_DOMAIN: "The address’s domain accepts no mail. Perhaps it is misspelt.",
        "Домен этого адреса не принимает почту. Возможно, в нём опечатка.";
    BAD_ADDRESS: "The server cannot read this address.", "Сервер не понимает этот адрес.";
    MOVED: "The mailbox has moved, and its new address is not known.", "Ящик переехал, новый адрес неизвестен.";
    BAD_SENDER: "The server does not accept mail from our sender’s address.", "Сервер не принимает почту с адреса отправителя.";
    MAILBOX_OFF: "The mailbox is switched off.", "Ящик отключён.";
    MAILBOX_FULL: "The mailbox is full.", "Ящик переполнен.";
    TOO_LARGE: "The letter is larger than this mailbox accepts.", "Письмо больше, чем принимает этот ящик.";
    LIST_TROUBLE: "The mailing list behind this address has trouble.", "Неполадка со списком рассылки за этим адресом.";
    SERVER_TROUBLE: "The mail server has trouble of its own.", "У почтового сервера неполадки.";
    SERVER_FULL: "The mail server has no room.", "На почтовом сервере нет места.";
    SERVER_NOT_ACCEPTING: "The mail server accepts no mail now.", "Почтовый сервер сейчас не принимает почту.";
    NETWORK: "The mail server could not be reached, or the connection broke.",
        "До почтового сервера не удалось достучаться, или соединение прервалось.";
    TIMED_OUT: "The mail server did not answer in time.", "Почтовый сервер не ответил вовремя.";
    LOOP: "The letter went in circles between servers.", "Письмо ходило по кругу между серверами.";
    PROTOCOL: "The servers did not understand each other.", "Серверы не поняли друг друга.";
    TOO_MANY: "Too many recipients or letters at once for this server.", "Слишком много писем сразу для этого сервера.";
    CONTENT: "The server does not accept a letter of this form.", "Сервер не принимает письмо в таком виде.";
    NOT_ALLOWED: "The server refuses by its rules: it may take us for a stranger or for spam.",
        "Сервер отказал по своим правилам: возможно, принял нас за чужих или письмо за спам.";
    GREYLISTED: "The server asks to come back later, as it does with strangers. It will be tried again.",
        "Сервер просит зайти позже — так он встречает незнакомых. Попытка повторится.";
    NOT_SIGNED_IN: "The server wants us to sign in, or did not accept the password.",
        "Сервер требует входа или не принял пароль.";
    NOT_ENCRYPTED: "The server wants an encrypted connection.", "Сервер требует шифрования.";
    NOT_AUTHENTIC: "The server could not make sure that the letter is really ours (SPF, DKIM or DMARC).",
        "Сервер не смог убедиться, что письмо действительно наше (SPF, DKIM или DMARC).";
    BAD_REPUTATION: "The server does not trust the address that we send from.", "Сервер не доверяет адресу, с которого мы отправляем.";
    TRANSIENT: "The server could not accept it this time. It will be tried again.",
        "В этот раз сервер не смог принять письмо. Попытка повторится.";
    PERMANENT: "The server refused the letter for good.", "Сервер отказал окончательно.";
    ANSWER_LOST: "The letter was handed over, but the answer never came: it may have arrived.",
        "Письмо передано, но ответ не пришёл: возможно, оно доставлено.";
    SMS_ACCEPTED: "The SMS service accepted it.", "SMS-сервис принял сообщение.";
    SMS_REFUSED: "The SMS service refused it for good.", "SMS-сервис отказал окончательно.";
    SMS_TROUBLE: "The SMS service could not accept it this time. It will be tried again.",
        "В этот раз SMS-сервис не смог принять сообщение. Попытка повторится.";
    SMS_ANSWER_LOST: "The SMS was handed over, but the answer never came: it may have arrived.",
        "SMS передано, но ответ не пришёл: возможно, оно доставлено.";
    NO_ANSWER: "No server answered.", "Ни один сервер не ответил.";
}
