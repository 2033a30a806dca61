//! Servers that hang, lie, and cut the line: what is known of a letter depends on where the cut fell.

use std::time::Duration;

use futures_util::future::join_all;
use golub::mail::{Session, Stage, Verdict};
use tokio::time::timeout;

use super::{letter_to, open, open_with, settings, settings_for};
use crate::support::smtp_server::{Act, Offers, SmtpServer, Step};

async fn send_to_hostile(
    offers: &Offers,
    step: Step,
    act: &Act,
) -> (SmtpServer, Session, golub::mail::Reply) {
    let server = SmtpServer::offering(offers.clone()).await;
    server.once(step, act.clone());
    let mut session = open_with(&settings_for(&server.url(), step, act))
        .await
        .unwrap();
    let reply = session.send(&letter_to("a@example.org")).await;
    (server, session, reply)
}

#[tokio::test]
async fn a_cut_before_the_dot_is_transient_and_after_it_unknown() {
    let acts = [
        Act::Close,
        Act::Hang,
        Act::Say("hello, who is there?"),
        Act::Say("250-one\r\n550 another"),
    ];
    let steps = [
        (Step::Mail, Verdict::Transient, Stage::Sender),
        (Step::Rcpt, Verdict::Transient, Stage::Recipient),
        (Step::Data, Verdict::Transient, Stage::Data),
        (Step::Letter, Verdict::Unknown, Stage::Letter),
    ];
    for pipelining in [true, false] {
        let offers = &Offers {
            pipelining,
            ..Offers::default()
        };
        for act in &acts {
            let tries = steps.map(|(step, ..)| send_to_hostile(offers, step, act));
            let outcomes = join_all(tries).await;
            for ((step, verdict, stage), (_, session, reply)) in steps.into_iter().zip(outcomes) {
                assert_eq!(
                    (reply.verdict, reply.stage),
                    (verdict, stage),
                    "{step:?} {act:?}"
                );
                assert_eq!(reply.code, None);
                assert!(!reply.text.is_empty());
                assert!(!session.usable(), "{step:?} {act:?}");
            }
        }
    }
}

#[tokio::test]
async fn our_words_say_what_happened_when_the_server_said_nothing() {
    let offers = Offers::default();
    let (_, _, reply) = send_to_hostile(&offers, Step::Letter, &Act::Close).await;
    assert_eq!(reply.text, "the connection was closed before an answer");
    let (_, _, reply) = send_to_hostile(&offers, Step::Letter, &Act::Hang).await;
    assert_eq!(reply.text, "the mail server did not answer within 400 ms");
}

#[tokio::test]
async fn answers_that_fit_another_command_are_not_believed() {
    let cases = [
        (Step::Mail, "354 go on", Verdict::Transient),
        (Step::Rcpt, "354 go on", Verdict::Transient),
        (Step::Data, "250 Ok", Verdict::Transient),
        (Step::Letter, "354 go on", Verdict::Unknown),
        // One answer too many shifts all that follow.
        (Step::Mail, "250 Ok\r\n250 Ok", Verdict::Transient),
        (Step::Data, "354 go on\r\n250 queued", Verdict::Transient),
        (
            Step::Letter,
            "250 queued\r\n550 not queued",
            Verdict::Unknown,
        ),
    ];
    for (step, answer, verdict) in cases {
        let (_, session, reply) =
            send_to_hostile(&Offers::default(), step, &Act::Say(answer)).await;
        assert_eq!(reply.verdict, verdict, "{step:?} {answer}");
        assert!(!session.usable(), "{answer}");
    }
}

#[tokio::test]
async fn a_goodbye_right_after_the_answer_leaves_the_letter_accepted() {
    for act in [
        Act::SayAndClose("250 2.0.0 queued\r\n421 4.7.0 enough"),
        Act::SayAndClose("250 2.0.0 queued"),
    ] {
        let (server, session, reply) =
            send_to_hostile(&Offers::default(), Step::Letter, &act).await;
        assert_eq!((reply.verdict, reply.code), (Verdict::Accepted, Some(250)));
        assert_eq!(server.letters().len(), 1);
        drop(session);
    }
}

#[tokio::test]
async fn a_refusal_known_before_the_cut_counts() {
    let server = SmtpServer::start().await;
    server.refuses("gone@example.org", "550 5.1.1 No such user");
    server.once(Step::Data, Act::Close);
    let mut session = open(&server).await;
    let reply = session.send(&letter_to("gone@example.org")).await;
    assert_eq!((reply.verdict, reply.code), (Verdict::Permanent, Some(550)));
    assert!(!session.usable());
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let long: &'static str = Box::leak(format!("250 {}", "x".repeat(100_000)).into_boxed_str());
    let many: &'static str =
        Box::leak(format!("{}250 x", "250-x\r\n".repeat(500)).into_boxed_str());
    for answer in [long, many] {
        let (_, session, reply) =
            send_to_hostile(&Offers::default(), Step::Mail, &Act::Say(answer)).await;
        assert_eq!(reply.verdict, Verdict::Transient);
        assert!(reply.text.len() < 200);
        assert!(!session.usable());
    }
}

#[tokio::test]
async fn a_session_closed_by_the_server_is_noticed_before_the_next_letter() {
    let server = SmtpServer::start().await;
    let mut session = open(&server).await;
    assert_eq!(
        session.send(&letter_to("a@example.org")).await.verdict,
        Verdict::Accepted
    );
    server.hangs_up("421 4.4.2 idle too long").await;
    assert!(!session.usable());
    let reply = session.send(&letter_to("b@example.org")).await;
    assert_eq!(
        (reply.verdict, reply.stage),
        (Verdict::NotTried, Stage::Idle)
    );
    assert_eq!(
        (reply.code, reply.text.as_str()),
        (Some(421), "4.4.2 idle too long")
    );
    assert_eq!(server.letters().len(), 1);
}

#[tokio::test]
async fn a_send_that_was_given_up_halfway_leaves_a_session_that_is_not_used_again() {
    let server = SmtpServer::start().await;
    server.once(Step::Letter, Act::Hang);
    let mut session = open(&server).await;
    let first = letter_to("a@example.org");
    let given_up = timeout(Duration::from_millis(100), session.send(&first)).await;
    assert!(given_up.is_err());
    assert!(!session.usable());
    let reply = session.send(&letter_to("b@example.org")).await;
    assert_eq!(reply.verdict, Verdict::NotTried);
    assert_eq!(server.letters_to("b@example.org").len(), 0);
}

#[tokio::test]
async fn what_was_not_tried_goes_out_over_a_new_session_once_the_server_is_back() {
    let server = SmtpServer::start().await;
    server.always(Step::Greeting, Act::Say("421 4.3.2 shutting down"));
    let config = settings(&server.url());
    assert_eq!(open_with(&config).await.unwrap_err().code, Some(421));
    server.recovers();
    let mut session = open_with(&config).await.unwrap();
    assert_eq!(
        session.send(&letter_to("a@example.org")).await.verdict,
        Verdict::Accepted
    );
}
