//! What a letter looks like to whoever gets it.

use golub::mail::{LetterDraft, LetterError};
use mail_parser::{Message, MessageParser, MimeHeaders};

use super::{instant, letter, mailbox};

const LONG_SUBJECT: &str = "Приглашение на ежегодную встречу клиентов и партнёров нашей компании, которая состоится в \
    первую субботу мая в большом зале гостиницы «Голубь», с докладами, обедом и прогулкой по реке";

fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

/// ASCII, CRLF alone, no line that a server might cut.
fn assert_travels(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.is_ascii());
    assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0']));
    assert!(text.ends_with("\r\n"));
    let longest = text.split("\r\n").map(str::len).max().unwrap();
    assert!(longest <= 998, "{longest}");
}

#[test]
fn a_russian_letter_arrives_as_it_was_written() {
    let from = mailbox("Голубь, рассылка <golub@example.com>");
    let reply_to = mailbox("Анна <anna@example.com>");
    let text = "Здравствуйте, Мария!\n\n.Точка в начале строки\nFrom вас ни слова\n";
    let html = format!("<p>Здравствуйте, <b>Мария</b>!</p>{}", "<br>я".repeat(500));
    let draft = LetterDraft {
        from: &from,
        reply_to: Some(&reply_to),
        to_email: "maria@почта.рф",
        to_name: "Мария Константиновна Рождественская-Преображенская из отдела снабжения",
        subject: LONG_SUBJECT,
        text,
        html: Some(&html),
        message_id: "018f-7@golub.example",
        date: instant(),
    };
    let letter = draft.build().unwrap();
    assert_travels(&letter.bytes);
    assert_eq!(
        letter.envelope_to.to_string(),
        "maria@xn--80a1acny.xn--p1ai"
    );
    assert_eq!(letter.envelope_from.to_string(), "golub@example.com");

    let message = parsed(&letter.bytes);
    assert_eq!(message.subject(), Some(LONG_SUBJECT));
    let to: Vec<_> = message.to().unwrap().iter().collect();
    assert_eq!(to.len(), 1);
    assert_eq!(to[0].name(), Some(draft.to_name));
    assert_eq!(to[0].address(), Some("maria@xn--80a1acny.xn--p1ai"));
    assert_eq!(
        message.from().unwrap().first().unwrap().name(),
        Some("Голубь, рассылка")
    );
    assert_eq!(
        message.reply_to().unwrap().first().unwrap().address(),
        Some("anna@example.com")
    );
    assert_eq!(message.message_id(), Some("018f-7@golub.example"));
    assert_eq!(
        message.date().unwrap().to_timestamp(),
        instant().timestamp()
    );
    assert!(message.cc().is_none() && message.bcc().is_none());
    let lines = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    assert_eq!(lines(&message.body_text(0).unwrap()), text.trim_end());
    assert_eq!(lines(&message.body_html(0).unwrap()), html);
    let kind = message.content_type().unwrap();
    assert_eq!(kind.subtype(), Some("alternative"));
}

#[test]
fn the_same_draft_always_makes_the_same_letter() {
    let one = letter("a@example.org", "Привет", "один");
    assert_eq!(one.bytes, letter("a@example.org", "Привет", "один").bytes);
}

#[test]
fn no_subject_is_too_long_or_too_odd() {
    let subjects = [
        String::new(),
        "x".repeat(3000),
        "ё".repeat(1000),
        "word ".repeat(400).trim().to_owned(),
        "emoji 👩‍👩‍👧‍👦 and =?utf-8?b?0YI=?= and \"quotes\" <x> (y)".to_owned(),
        " two  spaces ".to_owned(),
    ];
    for subject in subjects {
        let letter = letter("a@example.org", &subject, "x");
        assert_travels(&letter.bytes);
        let message = parsed(&letter.bytes);
        let read = message.subject().unwrap_or_default();
        assert_eq!(read.trim(), subject.trim());
    }
}

#[test]
fn no_name_is_too_long_or_too_odd() {
    let from = mailbox("golub@example.com");
    for name in [
        "x".repeat(300),
        "ё".repeat(300),
        "Анна Мария ".repeat(30).trim().to_owned(),
        "O'Hara, \"Bob\" \\ (sales) <x@y.z>".to_owned(),
        "=?utf-8?b?0YI=?=".to_owned(),
    ] {
        let draft = LetterDraft {
            from: &from,
            reply_to: None,
            to_email: "a@example.org",
            to_name: &name,
            subject: "x",
            text: "x",
            html: None,
            message_id: "1@golub.example",
            date: instant(),
        };
        let letter = draft.build().unwrap();
        assert_travels(&letter.bytes);
        let message = parsed(&letter.bytes);
        let to: Vec<_> = message.to().unwrap().iter().collect();
        assert_eq!(to.len(), 1, "{name}");
        assert_eq!(to[0].address(), Some("a@example.org"));
        assert_eq!(to[0].name(), Some(name.as_str()));
    }
}

#[test]
fn bodies_of_every_kind_stay_seven_bit() {
    let texts = [
        String::new(),
        "x".repeat(5000),
        "ж".repeat(5000),
        "odd\rline\nends\r\nand a NUL \0.".to_owned(),
        ".\r\n.\r\n..\r\n".to_owned(),
    ];
    for text in texts {
        let letter = letter("a@example.org", "x", &text);
        assert_travels(&letter.bytes);
        let read = parsed(&letter.bytes)
            .body_text(0)
            .unwrap()
            .replace("\r\n", "\n");
        let sent = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\0', "");
        assert_eq!(read.trim_end(), sent.trim_end());
    }
}

#[test]
fn nothing_can_be_written_into_the_headers() {
    let from = mailbox("golub@example.com");
    let draft = LetterDraft {
        from: &from,
        reply_to: None,
        to_email: "a@example.org",
        to_name: "Anna",
        subject: "Hello",
        text: "Hello",
        html: None,
        message_id: "1@golub.example",
        date: instant(),
    };
    let bad = [
        LetterDraft {
            subject: "Hello\r\nBcc: all@example.org",
            ..draft
        },
        LetterDraft {
            subject: "Hello\nBcc: all@example.org",
            ..draft
        },
        LetterDraft {
            subject: "Hello\rBcc: all@example.org",
            ..draft
        },
        LetterDraft {
            to_name: "Anna\r\nBcc: all@example.org",
            ..draft
        },
        LetterDraft {
            to_email: "a@example.org\r\nBcc: all@example.org",
            ..draft
        },
        LetterDraft {
            to_email: "a@example.org, b@example.org",
            ..draft
        },
        LetterDraft {
            to_email: "анна@example.org",
            ..draft
        },
        LetterDraft {
            message_id: "1@golub>\r\nBcc: <all@example.org",
            ..draft
        },
        LetterDraft {
            message_id: "none",
            ..draft
        },
    ];
    for draft in bad {
        assert!(draft.build().is_err(), "{draft:?}");
    }
    let quoted = LetterDraft {
        to_name: "\", all@example.org, \"",
        ..draft
    }
    .build()
    .unwrap();
    let message = parsed(&quoted.bytes);
    assert_eq!(message.to().unwrap().iter().count(), 1);
    assert_eq!(
        message.to().unwrap().first().unwrap().address(),
        Some("a@example.org")
    );
    let error = LetterDraft {
        subject: "a\nb",
        ..draft
    }
    .build()
    .unwrap_err();
    assert_eq!(error, LetterError::Subject);
}

#[test]
fn a_message_id_is_taken_with_or_without_brackets() {
    let from = mailbox("golub@example.com");
    for message_id in ["1@golub.example", "<1@golub.example>"] {
        let draft = LetterDraft {
            from: &from,
            reply_to: None,
            to_email: "a@example.org",
            to_name: "",
            subject: "",
            text: "",
            html: None,
            message_id,
            date: instant(),
        };
        let letter = draft.build().unwrap();
        assert_eq!(letter.message_id, "1@golub.example");
        assert_eq!(parsed(&letter.bytes).message_id(), Some("1@golub.example"));
    }
}
