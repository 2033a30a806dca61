//! An entry as a sentence: made of pieces, so that names in it can lead to what they name.

use contract::audit::{Act, AuditEntryView, AuditKind, AuditPerson};

use super::texts::{self, to_me, told};
use crate::i18n::{Language, Text, Words};
use crate::routes::Route;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Words(String),
    /// A person or a thing, and where it is to be seen, if anywhere.
    Name {
        text: String,
        to: Option<Route>,
    },
}

/// The entry told to somebody; `reader` is whom it concerns when one reads of oneself.
pub fn sentence(words: Words, entry: &AuditEntryView, reader: Option<i64>) -> Vec<Piece> {
    let me = |person: &Option<AuditPerson>| reader.is_some() && person_id(person) == reader;
    // Nobody is signed in yet who follows a link of a letter; but they have an address, which the command line has not.
    let by_owner = match &entry.actor {
        Some(actor) => Some(actor.id) == person_id(&entry.owner),
        None => !entry.client.is_empty(),
    };
    let mut template = template(entry.act, by_owner, me(&entry.owner));
    let my_own = [("{owner}", &entry.owner), ("{actor}", &entry.actor)];
    let mut begins_anew = false;
    for (name, person) in my_own {
        // Russian puts who it was before a colon; about oneself that need not be said.
        let dropped = template
            .ru
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(": "));
        if let (true, Some(rest)) = (me(person), dropped) {
            template.ru = rest;
            begins_anew = true;
        }
    }
    let mut pieces = filled(words, template, entry, reader);
    if begins_anew
        && words.language == Language::Ru
        && let Some(Piece::Words(first)) = pieces.first_mut()
    {
        *first = capitalised(first);
    }
    pieces
}

fn filled(words: Words, template: Text, entry: &AuditEntryView, reader: Option<i64>) -> Vec<Piece> {
    let gone = matches!(entry.act, Act::UserDeleted | Act::AccountDeleted);
    let person = |person: &Option<AuditPerson>, instead, gone: bool| match person {
        Some(person) if reader == Some(person.id) => {
            Piece::Words(words.say(texts::YOU).to_string())
        }
        // The log forgets the names of those whose accounts are gone.
        Some(AuditPerson { id, name }) if *name == format!("deleted user {id}") => Piece::Name {
            text: words.fill(texts::DELETED_NUMBER, &[("id", id)]).to_string(),
            to: None,
        },
        Some(AuditPerson { id, name }) => Piece::Name {
            text: name.clone(),
            // One who reads of oneself is not led to the accounts of staff.
            to: (reader.is_none() && !gone).then_some(Route::User { id: *id }),
        },
        None => Piece::Words(words.say(instead).to_string()),
    };
    let mut pieces = Vec::new();
    let said = words.say(template);
    let mut rest = said.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(match name {
            "actor" => person(&entry.actor, texts::COMMAND_LINE, false),
            "owner" => person(&entry.owner, texts::DELETED_PERSON, gone),
            _ => item(words, entry),
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}

fn item(words: Words, entry: &AuditEntryView) -> Piece {
    let text = match entry.item.kind {
        // Addresses need no quotes.
        AuditKind::User | AuditKind::Invitation => entry.item.title.clone(),
        _ => words
            .fill(texts::QUOTED, &[("text", &entry.item.title)])
            .to_string(),
    };
    let gone = matches!(
        entry.act,
        Act::RecipientDeleted | Act::MessageDeleted | Act::MailingDeleted | Act::ArticleDeleted
    );
    let to = entry
        .item
        .id
        .filter(|_| !gone)
        .and_then(|id| match entry.item.kind {
            AuditKind::Recipient => Some(Route::Recipient { id }),
            AuditKind::Message => Some(Route::Message { id }),
            AuditKind::Mailing => Some(Route::Mailing { id }),
            AuditKind::User => Some(Route::User { id }),
            AuditKind::Article => Some(Route::EditArticle { id }),
            AuditKind::Invitation | AuditKind::ApiToken | AuditKind::Session => None,
        });
    Piece::Name { text, to }
}

fn person_id(person: &Option<AuditPerson>) -> Option<i64> {
    person.as_ref().map(|person| person.id)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The words for an act: done by its owner or by another, told to another or to the owner.
fn template(act: Act, by_owner: bool, to_owner: bool) -> Text {
    let by_another = |told: Text, to_me: Text| if to_owner { to_me } else { told };
    let by_either = |own: Text, told: Text, to_me: Text| {
        if by_owner {
            own
        } else {
            by_another(told, to_me)
        }
    };
    match act {
        Act::SignedUp => told::SIGNED_UP,
        Act::SignedIn => told::SIGNED_IN,
        Act::SecondFactorFailed => told::SECOND_FACTOR_FAILED,
        Act::RecoveryCodeUsed => told::RECOVERY_CODE_USED,
        Act::PasswordChanged => by_either(
            told::PASSWORD_CHANGED,
            told::PASSWORD_CHANGED_BY,
            to_me::PASSWORD_CHANGED,
        ),
        Act::PasswordReset => by_either(
            told::PASSWORD_RESET,
            told::PASSWORD_RESET_BY,
            to_me::PASSWORD_RESET,
        ),
        Act::EmailChanged => by_either(
            told::EMAIL_CHANGED,
            told::EMAIL_CHANGED_BY,
            to_me::EMAIL_CHANGED,
        ),
        Act::PhoneVerified => told::PHONE_VERIFIED,
        Act::SecondFactorOn => told::SECOND_FACTOR_ON,
        Act::SecondFactorOff => by_either(
            told::SECOND_FACTOR_OFF,
            told::SECOND_FACTOR_OFF_BY,
            to_me::SECOND_FACTOR_OFF,
        ),
        Act::RecoveryCodesRenewed => told::RECOVERY_CODES_RENEWED,
        Act::ApiTokenMade => told::API_TOKEN_MADE,
        Act::ApiTokenDeleted => by_either(
            told::API_TOKEN_DELETED,
            told::API_TOKEN_DELETED_BY,
            to_me::API_TOKEN_DELETED,
        ),
        Act::SessionsEnded => by_either(
            told::SESSIONS_ENDED,
            told::SESSIONS_ENDED_BY,
            to_me::SESSIONS_ENDED,
        ),
        Act::SessionStolen => by_another(told::SESSION_STOLEN, to_me::SESSION_STOLEN),
        Act::AccountDeleted => told::ACCOUNT_DELETED,
        Act::UserInvited => told::USER_INVITED,
        Act::InvitationWithdrawn => told::INVITATION_WITHDRAWN,
        Act::UserCreated => by_another(told::USER_CREATED, to_me::USER_CREATED),
        Act::UserChanged => by_another(told::USER_CHANGED, to_me::USER_CHANGED),
        Act::RoleChanged => by_another(told::ROLE_CHANGED, to_me::ROLE_CHANGED),
        Act::UserBlocked => by_another(told::USER_BLOCKED, to_me::USER_BLOCKED),
        Act::UserUnblocked => by_another(told::USER_UNBLOCKED, to_me::USER_UNBLOCKED),
        Act::UserDeleted => by_another(told::USER_DELETED, to_me::USER_DELETED),
        Act::PasswordLinkSent => by_another(told::PASSWORD_LINK_SENT, to_me::PASSWORD_LINK_SENT),
        Act::RecipientCreated => by_another(told::RECIPIENT_CREATED, to_me::RECIPIENT_CREATED),
        Act::RecipientChanged => by_another(told::RECIPIENT_CHANGED, to_me::RECIPIENT_CHANGED),
        Act::RecipientDeleted => by_another(told::RECIPIENT_DELETED, to_me::RECIPIENT_DELETED),
        Act::SuppressionLifted => by_another(told::SUPPRESSION_LIFTED, to_me::SUPPRESSION_LIFTED),
        Act::MessageCreated => by_another(told::MESSAGE_CREATED, to_me::MESSAGE_CREATED),
        Act::MessageChanged => by_another(told::MESSAGE_CHANGED, to_me::MESSAGE_CHANGED),
        Act::MessageDeleted => by_another(told::MESSAGE_DELETED, to_me::MESSAGE_DELETED),
        Act::MailingCreated => by_another(told::MAILING_CREATED, to_me::MAILING_CREATED),
        Act::MailingChanged => by_another(told::MAILING_CHANGED, to_me::MAILING_CHANGED),
        Act::MailingDeleted => by_another(told::MAILING_DELETED, to_me::MAILING_DELETED),
        Act::MailingSent => by_another(told::MAILING_SENT, to_me::MAILING_SENT),
        Act::MailingRetried => by_another(told::MAILING_RETRIED, to_me::MAILING_RETRIED),
        Act::MailingPaused => by_another(told::MAILING_PAUSED, to_me::MAILING_PAUSED),
        Act::MailingResumed => by_another(told::MAILING_RESUMED, to_me::MAILING_RESUMED),
        Act::MailingStopped => by_another(told::MAILING_STOPPED, to_me::MAILING_STOPPED),
        Act::ArticleChanged => by_another(told::ARTICLE_CHANGED, to_me::ARTICLE_CHANGED),
        Act::ArticleDeleted => by_another(told::ARTICLE_DELETED, to_me::ARTICLE_DELETED),
    }
}

#[cfg(test)]
#[path = "sentence_tests.rs"]
mod tests;
