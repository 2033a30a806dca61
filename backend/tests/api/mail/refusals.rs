//! What a refusal means, at each step, and that the session goes on with the next letter.

use golub::mail::{Stage, Verdict};

use super::{letter_to, open};
use crate::support::smtp_server::{Act, Offers, SmtpServer, Step};

fn offers() -> [Offers; 2] {
    [true, false].map(|pipelining| Offers {
        pipelining,
        ..Offers::default()
    })
}

#[tokio::test]
async fn a_refused_recipient_costs_neither_the_connection_nor_the_next_letter() {
    for offers in offers() {
        let server = SmtpServer::offering(offers).await;
        server.refuses("gone@example.org", "550 5.1.1 No such user");
        server.refuses("later@example.org", "451-4.3.0 Try\r\n451 4.3.0 later");
        let mut session = open(&server).await;

        let gone = session.send(&letter_to("gone@example.org")).await;
        assert_eq!(
            (gone.verdict, gone.stage),
            (Verdict::Permanent, Stage::Recipient)
        );
        assert_eq!(
            (gone.code, gone.enhanced_code.as_deref()),
            (Some(550), Some("5.1.1"))
        );
        assert_eq!(gone.text, "5.1.1 No such user");
        assert!(!gone.try_anew);

        let later = session.send(&letter_to("later@example.org")).await;
        assert_eq!((later.verdict, later.code), (Verdict::Transient, Some(451)));
        assert!(session.usable());
        assert_eq!(
            session.send(&letter_to("a@example.org")).await.verdict,
            Verdict::Accepted
        );

        assert_eq!(server.connections(), 1);
        assert_eq!(server.letters().len(), 1);
        let resets = server
            .commands()
            .iter()
            .filter(|command| *command == "RSET")
            .count();
        assert_eq!(resets, 2);
    }
}

#[tokio::test]
async fn each_step_may_refuse_and_the_first_refusal_counts() {
    let cases = [
        (
            Step::Mail,
            "550 5.7.1 not you",
            Verdict::Permanent,
            Stage::Sender,
        ),
        (
            Step::Mail,
            "451 4.7.1 greylisted",
            Verdict::Transient,
            Stage::Sender,
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
        (Step::Data, "554 5.6.0 no", Verdict::Permanent, Stage::Data),
        (
            Step::Letter,
            "554 5.7.1 spam",
            Verdict::Permanent,
            Stage::Letter,
        ),
        (
            Step::Letter,
            "452 4.3.1 no disk",
            Verdict::Transient,
            Stage::Letter,
        ),
    ];
    for offers in offers() {
        for (step, answer, verdict, stage) in cases {
            let server = SmtpServer::offering(offers.clone()).await;
            server.once(step, Act::Say(answer));
            let mut session = open(&server).await;
            let reply = session.send(&letter_to("a@example.org")).await;
            assert_eq!((reply.verdict, reply.stage), (verdict, stage), "{answer}");
            assert_eq!(reply.text, answer[4..]);
            assert!(session.usable(), "{answer}");
            let next = session.send(&letter_to("b@example.org")).await;
            assert_eq!(next.verdict, Verdict::Accepted, "{answer}: {next:?}");
            assert_eq!(server.letters().len(), 1);
            assert_eq!(server.connections(), 1);
        }
    }
}

#[tokio::test]
async fn data_opened_without_a_recipient_is_ended_by_a_lone_dot() {
    let server = SmtpServer::start().await;
    server.refuses("gone@example.org", "550 5.1.1 No such user");
    server.once(Step::Data, Act::Say("354 go on"));
    let mut session = open(&server).await;
    let gone = session.send(&letter_to("gone@example.org")).await;
    assert_eq!((gone.verdict, gone.code), (Verdict::Permanent, Some(550)));
    assert!(session.usable());
    assert_eq!(
        session.send(&letter_to("a@example.org")).await.verdict,
        Verdict::Accepted
    );
    assert_eq!(server.letters().len(), 1, "and nothing empty");
    assert_eq!(server.connections(), 1);
    assert!(server.reads().contains(&".\r\n".to_owned()));
}

#[tokio::test]
async fn a_letter_no_longer_wanted_never_ends_with_a_lone_dot_if_somebody_would_get_it() {
    let server = SmtpServer::start().await;
    // It refuses MAIL and yet takes what follows.
    server.once(Step::Mail, Act::Say("550 5.7.1 no"));
    server.once(Step::Rcpt, Act::Say("250 2.1.5 Ok"));
    server.once(Step::Data, Act::Say("354 go on"));
    let mut session = open(&server).await;
    let reply = session.send(&letter_to("a@example.org")).await;
    assert_eq!(
        (reply.verdict, reply.stage),
        (Verdict::Permanent, Stage::Sender)
    );
    assert_eq!(server.letters().len(), 0);
}

#[tokio::test]
async fn a_421_ends_the_session_wherever_it_comes() {
    for offers in offers() {
        for step in [Step::Mail, Step::Rcpt, Step::Data, Step::Letter] {
            let server = SmtpServer::offering(offers.clone()).await;
            server.once(step, Act::SayAndClose("421 4.7.0 enough"));
            let mut session = open(&server).await;
            let reply = session.send(&letter_to("a@example.org")).await;
            assert_eq!(
                (reply.verdict, reply.code),
                (Verdict::Transient, Some(421)),
                "{step:?}"
            );
            assert!(!reply.try_anew, "nothing was accepted before");
            assert!(!session.usable());
            let next = session.send(&letter_to("b@example.org")).await;
            assert_eq!(next.verdict, Verdict::NotTried);
            assert_eq!(server.letters().len(), 0);
        }
    }
}

#[tokio::test]
async fn after_an_accepted_letter_a_refused_sender_or_a_421_asks_for_a_new_connection() {
    let acts = [
        (
            Step::Mail,
            Act::Say("452 4.5.3 too many messages"),
            Verdict::Transient,
        ),
        (
            Step::Mail,
            Act::Say("550 5.7.0 too many messages"),
            Verdict::Permanent,
        ),
        (Step::Mail, Act::Close, Verdict::Transient),
        (
            Step::Rcpt,
            Act::SayAndClose("421 4.7.0 enough"),
            Verdict::Transient,
        ),
    ];
    for (step, act, verdict) in acts {
        let server = SmtpServer::start().await;
        let mut session = open(&server).await;
        assert_eq!(
            session.send(&letter_to("a@example.org")).await.verdict,
            Verdict::Accepted
        );
        server.once(step, act.clone());
        let reply = session.send(&letter_to("b@example.org")).await;
        assert_eq!((reply.verdict, reply.try_anew), (verdict, true), "{act:?}");
        assert!(!session.usable());
    }
}

#[tokio::test]
async fn a_refusal_of_the_reset_is_not_the_letters_fault() {
    let server = SmtpServer::start().await;
    server.refuses("gone@example.org", "550 5.1.1 No such user");
    server.always(Step::Reset, Act::Say("500 what?"));
    let mut session = open(&server).await;
    session.send(&letter_to("gone@example.org")).await;
    let reply = session.send(&letter_to("a@example.org")).await;
    assert_eq!(
        (reply.verdict, reply.stage),
        (Verdict::NotTried, Stage::Idle)
    );
    assert!(!session.usable());
}
