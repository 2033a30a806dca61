//! One session that carries many letters.

use std::time::Duration;

use golub::mail::{MailConfig, Verdict};

use super::{impatient, letter, letter_to, open, open_with, settings};
use crate::support::smtp_server::{Act, Offers, SmtpServer, Step};

#[tokio::test]
async fn a_letter_arrives_byte_for_byte_with_the_servers_words_for_it() {
    let server = SmtpServer::start().await;
    server.once(
        Step::Letter,
        Act::Say("250-2.6.0 accepted\r\n250 2.6.0 as 4cX9"),
    );
    let mut session = open(&server).await;
    let letter = letter("maria@почта.рф", "Привет", "..\n.\nдва\n");
    let reply = session.send(&letter).await;

    assert_eq!((reply.verdict, reply.code), (Verdict::Accepted, Some(250)));
    assert_eq!(reply.enhanced_code.as_deref(), Some("2.6.0"));
    assert_eq!(reply.text, "2.6.0 accepted 2.6.0 as 4cX9");
    let received = &server.letters()[0];
    assert_eq!(received.from, "golub@example.com");
    assert_eq!(received.recipients, ["maria@xn--80a1acny.xn--p1ai"]);
    assert_eq!(received.bytes, letter.bytes);
}

/// The stall of 40 ms a letter comes from a small write that waits for the acknowledgement of the one before;
/// that TCP_NODELAY is set is tested beside the code. Here: how many writes a letter takes.
#[tokio::test]
async fn two_hundred_letters_take_one_connection_and_two_writes_each() {
    let server = SmtpServer::start().await;
    let mut session = open(&server).await;
    for number in 0..200 {
        assert!(session.usable());
        let reply = session
            .send(&letter_to(&format!("a{number}@example.org")))
            .await;
        assert_eq!(reply.verdict, Verdict::Accepted);
    }
    session.close().await;

    assert_eq!(server.letters().len(), 200);
    assert_eq!(server.connections(), 1);
    let reads = server.reads();
    let envelopes = reads.iter().filter(|read| {
        read.starts_with("MAIL FROM:") && read.contains("RCPT TO:") && read.ends_with("DATA\r\n")
    });
    let bodies = reads
        .iter()
        .filter(|read| read.starts_with("Message-ID:") && read.ends_with("\r\n.\r\n"));
    assert_eq!(envelopes.count(), 200);
    assert_eq!(bodies.count(), 200);
    assert_eq!(reads.len(), 2 * 200 + 2, "and EHLO and QUIT");
}

#[tokio::test]
async fn without_pipelining_each_command_waits_for_the_answer_before() {
    let server = SmtpServer::offering(Offers {
        pipelining: false,
        ..Offers::default()
    })
    .await;
    let mut session = open(&server).await;
    session.send(&letter_to("a@example.org")).await;
    session.send(&letter_to("b@example.org")).await;
    assert_eq!(server.letters().len(), 2);
    let reads = server.reads();
    assert_eq!(reads.len(), 1 + 2 * 4);
    assert_eq!(reads[1], "MAIL FROM:<golub@example.com>\r\n");
    assert_eq!(reads[2], "RCPT TO:<a@example.org>\r\n");
    assert_eq!(reads[3], "DATA\r\n");
}

#[tokio::test]
async fn a_size_is_named_and_a_letter_above_it_is_not_even_begun() {
    let server = SmtpServer::offering(Offers {
        size: Some(1000),
        ..Offers::default()
    })
    .await;
    let mut session = open(&server).await;
    let reply = session
        .send(&letter("a@example.org", "big", &"x\n".repeat(1000)))
        .await;
    assert_eq!((reply.verdict, reply.code), (Verdict::Permanent, None));
    assert!(reply.text.contains("at most 1000"), "{}", reply.text);

    assert!(session.usable());
    let small = letter_to("a@example.org");
    assert_eq!(session.send(&small).await.verdict, Verdict::Accepted);
    let size = format!("SIZE={}", small.bytes.len());
    assert!(
        server.commands()[1].ends_with(&size),
        "{:?}",
        server.commands()
    );
}

#[tokio::test]
async fn a_session_is_spent_after_its_letters_or_its_idle_time() {
    let server = SmtpServer::start().await;
    let config = MailConfig {
        letters_per_connection: 2,
        ..settings(&server.url())
    };
    let mut session = open_with(&config).await.unwrap();
    session.send(&letter_to("a@example.org")).await;
    assert!(session.usable());
    session.send(&letter_to("b@example.org")).await;
    assert!(!session.usable());

    let config = MailConfig {
        idle_limit: Duration::ZERO,
        ..settings(&server.url())
    };
    assert!(!open_with(&config).await.unwrap().usable());
}

#[tokio::test]
async fn closing_says_quit() {
    let server = SmtpServer::start().await;
    open(&server).await.close().await;
    assert_eq!(server.commands().last().unwrap(), "QUIT");
}

#[tokio::test]
async fn closing_does_not_wait_for_a_server_that_says_nothing() {
    let server = SmtpServer::start().await;
    server.always(Step::Quit, Act::Hang);
    let session = open_with(&impatient(&server.url(), Step::Quit))
        .await
        .unwrap();
    session.close().await;
    assert_eq!(server.commands().last().unwrap(), "QUIT");
}

#[tokio::test]
async fn a_large_letter_arrives_whole() {
    let server = SmtpServer::start().await;
    let mut session = open(&server).await;
    let large = letter("a@example.org", "large", &".я\n".repeat(30_000));
    assert_eq!(session.send(&large).await.verdict, Verdict::Accepted);
    assert!(server.letters()[0].bytes == large.bytes);
}
