//! The envelope of the next letter, ahead of its turn, and what becomes of both letters.

use std::sync::Arc;

use golub::mail::{Letter, MailConfig, Reply, Session, Stage, Verdict};

use super::{letter_to, open, open_with, settings, settings_for};
use crate::support::smtp_server::{Act, Offers, SmtpServer, Step};

/// The answers that a well-behaved server gives, for scripts that misbehave only at the second letter.
const YES: [(Step, Act); 4] = [
    (Step::Mail, Act::Say("250 2.1.0 Ok")),
    (Step::Rcpt, Act::Say("250 2.1.5 Ok")),
    (Step::Data, Act::Say("354 go on")),
    (Step::Letter, Act::Say("250 2.0.0 queued")),
];

fn second_time(server: &SmtpServer, step: Step, act: Act) {
    let yes = YES.into_iter().find(|(known, _)| *known == step);
    server.once(step, yes.unwrap().1);
    server.once(step, act);
}

fn letters(count: usize) -> Vec<Arc<Letter>> {
    (0..count)
        .map(|number| Arc::new(letter_to(&format!("a{number}@example.org"))))
        .collect()
}

/// Sends them all over this session, each with the next one behind it.
async fn send_in_a_row(session: &mut Session, letters: &[Arc<Letter>]) -> Vec<Reply> {
    let mut replies = Vec::new();
    for (index, letter) in letters.iter().enumerate() {
        let next = letters.get(index + 1).cloned();
        replies.push(session.send_then(letter, || next).await);
    }
    replies
}

#[tokio::test]
async fn the_next_envelope_leaves_with_the_body_and_a_letter_takes_one_write() {
    let server = SmtpServer::start().await;
    let mut session = open(&server).await;
    let letters = letters(100);
    let replies = send_in_a_row(&mut session, &letters).await;
    assert!(
        replies
            .iter()
            .all(|reply| reply.verdict == Verdict::Accepted)
    );
    session.close().await;

    let reads = server.reads();
    let together = reads.iter().filter(|read| {
        read.starts_with("Message-ID:")
            && read.contains("\r\n.\r\nMAIL FROM:<golub@example.com>\r\nRCPT TO:<")
            && read.ends_with("DATA\r\n")
    });
    assert_eq!(together.count(), 99);
    assert_eq!(
        reads.len(),
        100 + 3,
        "and EHLO, the first envelope and QUIT"
    );
    let arrived = server.letters();
    for (letter, arrived) in letters.iter().zip(&arrived) {
        assert_eq!(arrived.recipients, [letter.envelope_to.to_string()]);
        assert_eq!(arrived.bytes, letter.bytes);
    }
    assert_eq!((arrived.len(), server.connections()), (100, 1));
}

#[tokio::test]
async fn no_envelope_travels_ahead_without_pipelining_or_with_the_last_letter_of_a_connection() {
    let server = SmtpServer::offering(Offers {
        pipelining: false,
        ..Offers::default()
    })
    .await;
    let mut session = open(&server).await;
    let letters = letters(2);
    let reply = session
        .send_then(&letters[0], || panic!("nothing may travel ahead"))
        .await;
    assert_eq!(reply.verdict, Verdict::Accepted);

    let server = SmtpServer::start().await;
    let config = MailConfig {
        letters_per_connection: 2,
        ..settings(&server.url())
    };
    let mut session = open_with(&config).await.unwrap();
    session
        .send_then(&letters[0], || Some(letters[1].clone()))
        .await;
    let reply = session
        .send_then(&letters[1], || panic!("the connection is spent"))
        .await;
    assert_eq!(reply.verdict, Verdict::Accepted);
    assert!(!session.usable());
}

#[tokio::test]
async fn a_letter_too_large_never_travels_ahead_and_gets_its_reply_in_its_turn() {
    let server = SmtpServer::offering(Offers {
        size: Some(1000),
        ..Offers::default()
    })
    .await;
    let mut session = open(&server).await;
    let large = Arc::new(super::letter("b@example.org", "big", &"x\n".repeat(1000)));
    let row = [letters(1).remove(0), large, letters(1).remove(0)];
    let replies = send_in_a_row(&mut session, &row).await;
    let verdicts = replies.iter().map(|reply| reply.verdict);
    assert_eq!(
        verdicts.collect::<Vec<_>>(),
        [Verdict::Accepted, Verdict::Permanent, Verdict::Accepted]
    );
    assert!(
        !server
            .reads()
            .iter()
            .any(|read| read.contains("b@example.org"))
    );
}

#[tokio::test]
async fn a_letter_ahead_may_be_refused_at_each_step_and_the_row_goes_on() {
    let cases = [
        (
            Step::Rcpt,
            "550 5.1.1 No such user",
            Verdict::Permanent,
            Stage::Recipient,
        ),
        (
            Step::Rcpt,
            "452 4.2.2 full",
            Verdict::Transient,
            Stage::Recipient,
        ),
        (
            Step::Data,
            "451 4.3.0 no disk",
            Verdict::Transient,
            Stage::Data,
        ),
        (
            Step::Letter,
            "554 5.7.1 spam",
            Verdict::Permanent,
            Stage::Letter,
        ),
    ];
    for (step, answer, verdict, stage) in cases {
        let server = SmtpServer::start().await;
        second_time(&server, step, Act::Say(answer));
        let mut session = open(&server).await;
        let replies = send_in_a_row(&mut session, &letters(4)).await;
        assert_eq!((replies[1].verdict, replies[1].stage), (verdict, stage));
        assert_eq!(replies[1].text, answer[4..]);
        for index in [0, 2, 3] {
            assert_eq!(
                replies[index].verdict,
                Verdict::Accepted,
                "{answer} {index}"
            );
        }
        assert_eq!((server.letters().len(), server.connections()), (3, 1));
    }
}

#[tokio::test]
async fn a_sender_refused_after_an_accepted_letter_asks_for_a_new_connection_also_ahead() {
    let server = SmtpServer::start().await;
    second_time(&server, Step::Mail, Act::Say("452 4.5.3 too many messages"));
    let mut session = open(&server).await;
    let replies = send_in_a_row(&mut session, &letters(3)).await;
    assert_eq!(replies[0].verdict, Verdict::Accepted);
    assert_eq!(
        (replies[1].verdict, replies[1].try_anew),
        (Verdict::Transient, true)
    );
    assert!(!session.usable());
    assert_eq!(replies[2].verdict, Verdict::NotTried);
}

#[tokio::test]
async fn a_refused_letter_lets_the_one_ahead_go_its_way() {
    let server = SmtpServer::start().await;
    server.once(Step::Letter, Act::Say("554 5.7.1 spam"));
    let mut session = open(&server).await;
    let replies = send_in_a_row(&mut session, &letters(2)).await;
    assert_eq!(replies[0].verdict, Verdict::Permanent);
    assert_eq!(replies[1].verdict, Verdict::Accepted);
    let resets = server.commands().into_iter().filter(|said| said == "RSET");
    assert_eq!(resets.count(), 0, "a refused body leaves nothing to reset");
}

#[tokio::test]
async fn data_opened_ahead_without_a_recipient_is_ended_by_a_lone_dot() {
    let server = SmtpServer::start().await;
    server.refuses("a1@example.org", "550 5.1.1 No such user");
    second_time(&server, Step::Data, Act::Say("354 go on"));
    let mut session = open(&server).await;
    let replies = send_in_a_row(&mut session, &letters(3)).await;
    assert_eq!(
        (replies[1].verdict, replies[1].code),
        (Verdict::Permanent, Some(550))
    );
    assert_eq!(replies[2].verdict, Verdict::Accepted);
    assert_eq!((server.letters().len(), server.connections()), (2, 1));
    assert!(server.reads().contains(&".\r\n".to_owned()));
}

#[tokio::test]
async fn a_421_or_a_close_before_the_dot_of_a_letter_ahead_is_no_try_of_it() {
    let acts = [Act::SayAndClose("421 4.7.0 enough"), Act::Close, Act::Hang];
    for act in acts {
        for step in [Step::Mail, Step::Rcpt, Step::Data] {
            let server = SmtpServer::start().await;
            second_time(&server, step, act.clone());
            let config = settings_for(&server.url(), step, &act);
            let mut session = open_with(&config).await.unwrap();
            let replies = send_in_a_row(&mut session, &letters(2)).await;
            assert_eq!(replies[0].verdict, Verdict::Accepted, "{step:?} {act:?}");
            assert_eq!(replies[1].verdict, Verdict::NotTried, "{step:?} {act:?}");
            assert!(!session.usable());
            assert_eq!(server.letters().len(), 1);
        }
    }
}

#[tokio::test]
async fn the_dot_of_a_letter_that_was_ahead_may_be_lost_like_any_other() {
    for act in [Act::Close, Act::Hang] {
        let server = SmtpServer::start().await;
        second_time(&server, Step::Letter, act.clone());
        let config = settings_for(&server.url(), Step::Letter, &act);
        let mut session = open_with(&config).await.unwrap();
        let replies = send_in_a_row(&mut session, &letters(2)).await;
        assert_eq!(replies[1].verdict, Verdict::Unknown, "{act:?}");
    }
}

#[tokio::test]
async fn a_server_that_leaves_after_the_body_leaves_the_letter_ahead_untouched() {
    let acts = [
        (Act::Close, Verdict::Unknown),
        (Act::SayAndClose("250 2.0.0 queued"), Verdict::Accepted),
        (Act::SayAndClose("421 4.3.2 going down"), Verdict::Transient),
    ];
    for (act, verdict) in acts {
        let server = SmtpServer::start().await;
        server.once(Step::Letter, act.clone());
        let mut session = open(&server).await;
        let replies = send_in_a_row(&mut session, &letters(2)).await;
        assert_eq!(replies[0].verdict, verdict, "{act:?}");
        assert_eq!(replies[1].verdict, Verdict::NotTried, "{act:?}");
        assert!(!session.usable());
        assert_eq!(server.letters_to("a1@example.org").len(), 0);
    }
}

#[tokio::test]
async fn an_answer_too_many_shifts_the_letter_ahead_which_is_not_believed() {
    for extra in [
        "250 2.0.0 queued\r\n250 2.0.0 again",
        "250 2.0.0 queued\r\n554 5.7.1 no",
    ] {
        let server = SmtpServer::start().await;
        server.once(Step::Letter, Act::Say(extra));
        let mut session = open(&server).await;
        let replies = send_in_a_row(&mut session, &letters(2)).await;
        assert_eq!(replies[0].verdict, Verdict::Accepted);
        assert_eq!(
            (replies[1].verdict, replies[1].garbled),
            (Verdict::NotTried, true)
        );
        assert!(!session.usable());
        assert_eq!(server.letters().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_too_few_is_not_made_up_by_the_one_to_the_letter_ahead() {
    let server = SmtpServer::start().await;
    server.once(Step::Letter, Act::Swallow);
    let mut session = open(&server).await;
    let replies = send_in_a_row(&mut session, &letters(2)).await;
    let of_first = (replies[0].verdict, replies[0].stage, replies[0].garbled);
    assert_eq!(of_first, (Verdict::Unknown, Stage::Letter, true));
    assert_eq!(replies[1].verdict, Verdict::NotTried);
    assert!(!session.usable());
}

#[tokio::test]
async fn an_answer_too_many_is_not_taken_for_a_refusal_of_the_letter_ahead() {
    let server = SmtpServer::start().await;
    server.refuses("a1@example.org", "550 5.1.1 No such user");
    server.once(Step::Letter, Act::Say("250 queued\r\n250 again"));
    let mut session = open(&server).await;
    let replies = send_in_a_row(&mut session, &letters(2)).await;
    assert_eq!(
        (replies[1].verdict, replies[1].garbled),
        (Verdict::NotTried, true)
    );
}

#[tokio::test]
async fn a_letter_ahead_that_is_not_wanted_any_more_is_never_delivered() {
    let server = SmtpServer::start().await;
    let letters = letters(3);
    let mut session = open(&server).await;
    session
        .send_then(&letters[0], || Some(letters[1].clone()))
        .await;
    assert!(session.usable(), "its answers may come when they come");
    let reply = session.send(&letters[2]).await;
    assert_eq!(
        (reply.verdict, reply.stage),
        (Verdict::NotTried, Stage::Idle)
    );
    assert!(!session.usable());
    drop(session);

    let mut session = open(&server).await;
    session
        .send_then(&letters[0], || Some(letters[1].clone()))
        .await;
    session.close().await;
    server.all_gone().await;
    assert_eq!(server.letters_to("a0@example.org").len(), 2);
    assert_eq!(server.letters().len(), 2, "no empty letter either");
    assert!(!server.commands().contains(&"QUIT".to_owned()));
}

#[tokio::test]
async fn letters_ahead_travel_through_tls_too() {
    let server = SmtpServer::offering(Offers {
        implicit_tls: true,
        ..Offers::default()
    })
    .await;
    let config = MailConfig {
        smtp_ca_file: server.ca_file(),
        ..settings(&server.url())
    };
    let mut session = open_with(&config).await.unwrap();
    let replies = send_in_a_row(&mut session, &letters(5)).await;
    assert!(
        replies
            .iter()
            .all(|reply| reply.verdict == Verdict::Accepted)
    );
    assert_eq!((server.letters().len(), server.connections()), (5, 1));
}
