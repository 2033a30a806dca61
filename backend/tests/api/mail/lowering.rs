//! A server that loses its place is asked less at once, for a day.

use std::{path::Path, sync::Arc, time::Duration};

use golub::{
    clock::{Clock, HandClock},
    mail::{Letter, Mailer, Reply, Verdict},
};

use super::{instant, letter_to, settings};
use crate::support::smtp_server::{Act, SmtpServer, Step};

const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Two letters over a connection of their own, the second one ahead if it may be.
async fn send_two(mailer: &Mailer) -> [Reply; 2] {
    let [first, second] = ["a@example.org", "b@example.org"].map(|to| Arc::new(letter_to(to)));
    let mut session = mailer.open().await.unwrap();
    let next = Arc::<Letter>::clone(&second);
    let replies = [
        session.send_then(&first, || Some(next)).await,
        session.send(&second).await,
    ];
    session.close().await;
    replies
}

async fn stumble(mailer: &Mailer, server: &SmtpServer) {
    server.once(Step::Data, Act::Say("250 what?"));
    let [first, _] = send_two(mailer).await;
    assert_eq!((first.verdict, first.garbled), (Verdict::Transient, true));
}

/// How many reads two healthy letters take, without EHLO and QUIT.
async fn writes_for_two(mailer: &Mailer, server: &SmtpServer) -> usize {
    server.all_gone().await;
    let before = server.reads().len();
    for reply in send_two(mailer).await {
        assert_eq!(reply.verdict, Verdict::Accepted);
    }
    server.reads().len() - before - 2
}

#[tokio::test]
async fn two_failures_lower_a_server_step_by_step_and_a_day_raises_it() {
    let server = SmtpServer::start().await;
    let hand = HandClock::at(instant());
    let clock = Clock::Hand(hand.clone());
    let config = settings(&server.url());
    let mailer = Mailer::new(&config, Path::new("not used"), clock).unwrap();

    let (ahead, by_letter, lockstep) = (3, 4, 8);
    stumble(&mailer, &server).await;
    assert_eq!(writes_for_two(&mailer, &server).await, ahead);
    stumble(&mailer, &server).await;
    assert_eq!(writes_for_two(&mailer, &server).await, by_letter);
    stumble(&mailer, &server).await;
    stumble(&mailer, &server).await;
    assert_eq!(writes_for_two(&mailer, &server).await, lockstep);

    hand.advance(A_DAY - Duration::from_secs(1));
    assert_eq!(writes_for_two(&mailer, &server).await, lockstep);
    hand.advance(Duration::from_secs(1));
    assert_eq!(writes_for_two(&mailer, &server).await, ahead);
}

#[tokio::test]
async fn refusals_and_lost_connections_lower_nobody() {
    let server = SmtpServer::start().await;
    let config = settings(&server.url());
    let mailer = Mailer::new(&config, Path::new("not used"), Clock::system()).unwrap();
    let acts = [
        Act::Say("550 5.1.1 no"),
        Act::Close,
        Act::SayAndClose("421 4.7.0 enough"),
    ];
    for act in acts {
        for _ in 0..2 {
            server.once(Step::Rcpt, act.clone());
            let [first, _] = send_two(&mailer).await;
            assert!(!first.garbled);
        }
    }
    assert_eq!(writes_for_two(&mailer, &server).await, 3);
}
