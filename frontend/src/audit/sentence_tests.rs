//! Every act makes a sentence in both languages, for administrators and for oneself.

use chrono::DateTime;
use contract::audit::AuditItem;

use super::*;
use crate::audit::groups::tests::every_act;

const EN: Words = Words {
    language: Language::En,
};
const RU: Words = Words {
    language: Language::Ru,
};

fn person(id: i64, name: &str) -> Option<AuditPerson> {
    let name = name.to_owned();
    Some(AuditPerson { id, name })
}

fn entry(act: Act, kind: AuditKind, title: &str) -> AuditEntryView {
    AuditEntryView {
        id: 1,
        at: DateTime::UNIX_EPOCH,
        act,
        actor: person(1, "Dmitry Orlov"),
        owner: person(2, "Anna Sokolova"),
        item: AuditItem {
            kind,
            id: Some(7),
            title: title.to_owned(),
        },
        details: Vec::new(),
        client: "203.0.113.7".to_owned(),
    }
}

fn plain(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Words(text) | Piece::Name { text, .. } => text.clone(),
    };
    pieces.iter().map(text).collect()
}

fn told(words: Words, entry: &AuditEntryView) -> String {
    plain(&sentence(words, entry, None))
}

fn told_to_anna(words: Words, entry: &AuditEntryView) -> String {
    plain(&sentence(words, entry, Some(2)))
}

#[test]
fn every_act_is_told_in_both_languages() {
    for act in every_act() {
        let by_another = entry(act, AuditKind::Mailing, "Autumn");
        let own = AuditEntryView {
            actor: by_another.owner.clone(),
            ..by_another.clone()
        };
        for entry in [by_another, own] {
            for words in [EN, RU] {
                for said in [told(words, &entry), told_to_anna(words, &entry)] {
                    let first = said.chars().next().unwrap();
                    assert!(first.is_uppercase(), "{said}");
                    assert!(!said.contains(['{', '}']), "{said}");
                }
            }
            assert!(told(EN, &entry).contains("Anna") || told(EN, &entry).contains("Autumn"));
            // Nobody is called by name to their own face.
            assert!(!told_to_anna(EN, &entry).contains("Anna"), "{act:?}");
            assert!(!told_to_anna(RU, &entry).contains("Anna"), "{act:?}");
        }
    }
}

#[test]
fn a_block_reads_like_a_sentence() {
    let blocked = entry(Act::UserBlocked, AuditKind::User, "anna@example.org");
    assert_eq!(told(EN, &blocked), "Dmitry Orlov blocked Anna Sokolova");
    assert_eq!(told_to_anna(EN, &blocked), "Dmitry Orlov blocked you");
    assert_eq!(
        told(RU, &blocked),
        "Dmitry Orlov: заблокирован пользователь Anna Sokolova"
    );
}

#[test]
fn what_one_did_oneself_needs_no_name() {
    let signed_in = AuditEntryView {
        actor: person(2, "Anna Sokolova"),
        ..entry(Act::SignedIn, AuditKind::Session, "")
    };
    assert_eq!(told(EN, &signed_in), "Anna Sokolova signed in");
    assert_eq!(told(RU, &signed_in), "Anna Sokolova: вход в систему");
    assert_eq!(told_to_anna(EN, &signed_in), "You signed in");
    assert_eq!(told_to_anna(RU, &signed_in), "Вход в систему");
}

#[test]
fn a_command_is_told_from_a_link_in_a_letter() {
    let by_link = AuditEntryView {
        actor: None,
        ..entry(Act::PasswordReset, AuditKind::User, "")
    };
    assert_eq!(
        told(EN, &by_link),
        "Anna Sokolova chose a new password by a link"
    );
    let by_command = AuditEntryView {
        client: String::new(),
        ..by_link
    };
    assert_eq!(
        told(EN, &by_command),
        "Somebody at the command line reset the password of Anna Sokolova"
    );
}

#[test]
fn whose_account_is_gone_has_a_number_and_no_page() {
    let blocked = AuditEntryView {
        owner: person(2, "deleted user 2"),
        ..entry(Act::UserBlocked, AuditKind::User, "")
    };
    assert_eq!(
        told(RU, &blocked),
        "Dmitry Orlov: заблокирован пользователь № 2 (удалён)"
    );
    let gone = Piece::Name {
        text: "deleted user 2".to_owned(),
        to: None,
    };
    assert_eq!(sentence(EN, &blocked, None).last(), Some(&gone));
}

#[test]
fn names_lead_to_what_they_name_while_it_is_there() {
    let links_of = |kind, act, reader| {
        let entry = entry(act, kind, "Autumn");
        let to = |piece| match piece {
            Piece::Name { to, .. } => to,
            Piece::Words(_) => None,
        };
        let pieces = sentence(EN, &entry, reader);
        pieces.into_iter().filter_map(to).collect::<Vec<_>>()
    };
    let links = |act, reader| links_of(AuditKind::Mailing, act, reader);
    let (dmitry, anna) = (Route::User { id: 1 }, Route::User { id: 2 });
    let mailing = Route::Mailing { id: 7 };
    assert_eq!(
        links(Act::MailingStopped, None),
        [dmitry.clone(), mailing.clone(), anna.clone()]
    );
    assert_eq!(links(Act::MailingDeleted, None), [dmitry.clone(), anna]);
    assert_eq!(links(Act::UserDeleted, None), [dmitry]);
    assert_eq!(links(Act::MailingStopped, Some(2)), [mailing]);
    let article = Route::EditArticle { id: 7 };
    let written = |act| links_of(AuditKind::Article, act, Some(2));
    assert_eq!(written(Act::ArticleChanged), [article]);
    assert!(written(Act::ArticleDeleted).is_empty());
}
