//! Words of invitations.

use crate::texts;

texts! {
    SENTENCE: "People you have invited who have not signed up yet.", "Приглашённые, которые ещё не зарегистрировались.";
    INVITE: "Invite", "Пригласить";
    INVITE_TITLE: "Invite somebody", "Пригласить человека";
    INVITE_BODY: "They get a letter with a link to sign up, and choose their own password.",
        "Придёт письмо со ссылкой на регистрацию. Пароль человек выберет сам.";
    EMAIL: "E-mail", "Электронная почта";
    LANGUAGE: "Language of the letter", "Язык письма";
    ADDRESS: "Address", "Адрес";
    INVITED_BY: "Invited by", "Кто пригласил";
    SENT: "Sent", "Отправлено";
    EXPIRES: "Link valid until", "Ссылка действует до";
    AGAIN: "Send again", "Отправить ещё раз";
    SEARCH: "Address", "Адрес";
    WITHDRAW: "Withdraw", "Отозвать";
    WITHDRAW_TITLE: "Withdraw the invitation of {email}?", "Отозвать приглашение на адрес {email}?";
    WITHDRAW_BODY: "The link in the letter stops working.", "Ссылка из письма перестанет действовать.";
    WITHDRAW_ACT: "Withdraw invitation", "Отозвать приглашение";
    INVITED_NOW: "The invitation to {email} is on its way", "Приглашение на {email} отправляется";
    WITHDRAWN_NOW: "The invitation of {email} is withdrawn", "Приглашение на {email} отозвано";
    EMPTY_TITLE: "No invitation is open", "Открытых приглашений нет";
    EMPTY_SENTENCE: "Invite people by their address: they sign up by a link and choose their own password.",
        "Пригласите людей по адресу почты: они зарегистрируются по ссылке и сами выберут пароль.";
}
