//! The folder transport, and reading what it kept.

use std::{fs, path::Path};

use golub::clock::Clock;
use golub::mail::{LetterDraft, MailConfig, Mailer, OutboxFolder, Stage, Verdict, captured};

use super::{instant, letter_to, mailbox};

fn mailer(data: &Path) -> (Mailer, OutboxFolder) {
    let mailer = Mailer::new(&MailConfig::default(), data, Clock::system()).unwrap();
    let Mailer::Folder(folder) = &mailer else {
        panic!("without a mail server, mail is captured");
    };
    let folder = folder.clone();
    (mailer, folder)
}

#[tokio::test]
async fn a_captured_letter_can_be_found_and_read() {
    let data = tempfile::tempdir().unwrap();
    let (mailer, folder) = mailer(data.path());
    let from = mailbox("Голубь <golub@example.com>");
    let reply_to = mailbox("anna@example.com");
    let draft = LetterDraft {
        from: &from,
        reply_to: Some(&reply_to),
        to_email: "maria@example.org",
        to_name: "Мария",
        subject: "Привет, Мария",
        text: "Здравствуйте!",
        html: Some("<p>Здравствуйте!</p>"),
        message_id: "018f/../7@golub.example",
        date: instant(),
    };
    let letter = draft.build().unwrap();
    let mut session = mailer.open().await.unwrap();
    let reply = session.send(&letter).await;
    assert_eq!(
        (reply.verdict, reply.stage),
        (Verdict::Accepted, Stage::Folder)
    );
    assert!(session.usable());

    let page = captured::list(&folder, None, 10).await.unwrap();
    assert_eq!((page.total, page.letters.len(), &page.next), (1, 1, &None));
    let listed = &page.letters[0];
    assert_eq!(listed.captured_at, instant());
    assert_eq!(listed.to, "Мария <maria@example.org>");
    assert_eq!(listed.subject, "Привет, Мария");
    assert_eq!(listed.bytes, letter.bytes.len() as u64);
    assert!(
        reply.text.ends_with(&listed.id),
        "{} {}",
        reply.text,
        listed.id
    );

    let opened = captured::read(&folder, listed.id.clone())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&opened.letter, listed);
    assert_eq!(opened.from, "Голубь <golub@example.com>");
    assert_eq!(opened.reply_to.as_deref(), Some("anna@example.com"));
    assert_eq!(opened.message_id, "018f/../7@golub.example");
    assert_eq!(opened.text.as_deref(), Some("Здравствуйте!"));
    assert_eq!(opened.html.as_deref(), Some("<p>Здравствуйте!</p>"));
    assert_eq!(opened.source.as_bytes(), letter.bytes);
    let to = opened
        .headers
        .iter()
        .filter(|(name, _)| name == "To")
        .count();
    assert_eq!(to, 1);
}

#[tokio::test]
async fn a_plain_letter_has_no_html() {
    let data = tempfile::tempdir().unwrap();
    let (mailer, folder) = mailer(data.path());
    mailer
        .open()
        .await
        .unwrap()
        .send(&letter_to("a@example.org"))
        .await;
    let id = captured::list(&folder, None, 1).await.unwrap().letters[0]
        .id
        .clone();
    let opened = captured::read(&folder, id).await.unwrap().unwrap();
    assert_eq!(opened.text.as_deref().map(str::trim_end), Some("Hello."));
    assert_eq!(opened.html, None);
}

#[tokio::test]
async fn pages_go_from_the_newest_to_the_oldest_and_copies_are_kept() {
    let data = tempfile::tempdir().unwrap();
    let (mailer, folder) = mailer(data.path());
    let mut session = mailer.open().await.unwrap();
    for _ in 0..5 {
        session.send(&letter_to("a@example.org")).await;
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = captured::list(&folder, after, 2).await.unwrap();
        assert_eq!(page.total, 5);
        seen.extend(page.letters.into_iter().map(|letter| letter.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted_by(|newer, older| newer > older), "{seen:?}");
}

#[tokio::test]
async fn nothing_outside_the_folder_can_be_read() {
    let data = tempfile::tempdir().unwrap();
    let (mailer, folder) = mailer(data.path());
    mailer.open().await.unwrap();
    fs::write(
        data.path().join("secret.eml"),
        "Subject: secret\r\n\r\nsecret",
    )
    .unwrap();
    fs::write(folder.path().join(".hidden.eml"), "Subject: x\r\n\r\nx").unwrap();
    fs::write(folder.path().join("notes.txt"), "Subject: x\r\n\r\nx").unwrap();
    let absolute = data.path().join("secret.eml");
    for id in [
        "../secret.eml",
        "..%2Fsecret.eml",
        "x/../../secret.eml",
        "..\\secret.eml",
        absolute.to_str().unwrap(),
        ".hidden.eml",
        "notes.txt",
        "missing.eml",
        "a\0.eml",
        ".eml",
        "",
    ] {
        assert!(
            captured::read(&folder, id.to_owned())
                .await
                .unwrap()
                .is_none(),
            "{id}"
        );
    }
    assert_eq!(captured::list(&folder, None, 10).await.unwrap().total, 0);
}

#[tokio::test]
async fn an_empty_outbox_is_an_empty_list() {
    let data = tempfile::tempdir().unwrap();
    let (_, folder) = mailer(data.path());
    let page = captured::list(&folder, None, 10).await.unwrap();
    assert_eq!((page.total, page.letters.len()), (0, 0));
}

#[tokio::test]
async fn an_outbox_that_cannot_be_written_costs_no_attempt() {
    let data = tempfile::tempdir().unwrap();
    let (mailer, folder) = mailer(data.path());
    let mut session = mailer.open().await.unwrap();
    fs::remove_dir(folder.path()).unwrap();
    fs::write(folder.path(), "in the way").unwrap();
    let reply = session.send(&letter_to("a@example.org")).await;
    assert_eq!(
        (reply.verdict, reply.stage),
        (Verdict::NotTried, Stage::Folder)
    );
    assert!(!session.usable());
    assert_eq!(mailer.open().await.unwrap_err().stage, Stage::Folder);
}
