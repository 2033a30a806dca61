//! From a mail server's address to a session: greeting, EHLO, TLS, sign-in, and what can go wrong at each.

use std::{path::Path, time::Duration};

use golub::clock::Clock;
use golub::mail::{ConfigError, MailConfig, Mailer, Stage, Verdict};

use super::{impatient, letter_to, open, open_with, settings, settings_for};
use crate::support::smtp_server::{Act, Offers, SmtpServer, Step, nobody};

fn trusting(server: &SmtpServer, url: &str) -> MailConfig {
    MailConfig {
        smtp_ca_file: server.ca_file(),
        ..settings(url)
    }
}

#[tokio::test]
async fn a_letter_goes_through_starttls_and_through_tls_from_the_first_byte() {
    for offers in [
        Offers {
            starttls: true,
            ..Offers::default()
        },
        Offers {
            implicit_tls: true,
            ..Offers::default()
        },
    ] {
        let server = SmtpServer::offering(offers).await;
        let mut session = open_with(&trusting(&server, &server.url())).await.unwrap();
        for address in ["a@example.org", "b@example.org"] {
            assert!(session.usable());
            assert_eq!(
                session.send(&letter_to(address)).await.verdict,
                Verdict::Accepted
            );
        }
        session.close().await;
        assert_eq!(server.letters().len(), 2);
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn a_certificate_from_a_stranger_is_refused() {
    let server = SmtpServer::offering(Offers {
        starttls: true,
        ..Offers::default()
    })
    .await;
    let stranger = SmtpServer::offering(Offers {
        starttls: true,
        ..Offers::default()
    })
    .await;
    let trouble = open_with(&trusting(&stranger, &server.url()))
        .await
        .unwrap_err();
    assert_eq!(trouble.stage, Stage::Tls);

    let other_name = server.url().replace("localhost", "127.0.0.1");
    let trouble = open_with(&trusting(&server, &other_name))
        .await
        .unwrap_err();
    assert_eq!(trouble.stage, Stage::Tls);
}

#[tokio::test]
async fn without_starttls_nothing_goes_in_the_clear() {
    let server = SmtpServer::offering(Offers {
        user: Some(("anna", "hunter2")),
        ..Offers::default()
    })
    .await;
    let tls = SmtpServer::offering(Offers {
        starttls: true,
        ..Offers::default()
    })
    .await;
    let url = server
        .url_for("anna", "hunter2")
        .replace("none", "required");
    let trouble = open_with(&trusting(&tls, &url)).await.unwrap_err();
    assert_eq!(trouble.stage, Stage::Tls);
    assert!(trouble.text.contains("offers no STARTTLS"), "{trouble}");
    assert!(
        server
            .commands()
            .iter()
            .all(|command| command.starts_with("EHLO"))
    );
}

#[tokio::test]
async fn what_is_said_between_starttls_and_tls_ends_it() {
    let server = SmtpServer::offering(Offers {
        starttls: true,
        ..Offers::default()
    })
    .await;
    server.always(
        Step::StartTls,
        Act::Say("220 go ahead\r\n250-mail.evil\r\n250 AUTH PLAIN"),
    );
    let trouble = open_with(&trusting(&server, &server.url()))
        .await
        .unwrap_err();
    assert_eq!(trouble.stage, Stage::Tls);
    assert!(trouble.text.contains("attacker"), "{trouble}");
}

#[tokio::test]
async fn signing_in_by_plain_and_by_login() {
    for (auth, command) in [
        ("PLAIN LOGIN", "AUTH PLAIN "),
        ("LOGIN", "AUTH LOGIN"),
        ("=LOGIN", "AUTH LOGIN"),
    ] {
        let server = SmtpServer::offering(Offers {
            user: Some(("anna@example.org", "пароль 1")),
            auth,
            ..Offers::default()
        })
        .await;
        let url = server.url_for(
            "anna%40example.org",
            "%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C%201",
        );
        let mut session = open_with(&settings(&url)).await.unwrap();
        assert_eq!(
            session.send(&letter_to("a@example.org")).await.verdict,
            Verdict::Accepted
        );
        assert!(
            server
                .commands()
                .iter()
                .any(|line| line.starts_with(command)),
            "{auth}"
        );
    }
}

#[tokio::test]
async fn a_wrong_password_says_so_and_is_not_shown() {
    let server = SmtpServer::offering(Offers {
        user: Some(("anna", "right")),
        ..Offers::default()
    })
    .await;
    let config = settings(&server.url_for("anna", "hunter2"));
    let trouble = open_with(&config).await.unwrap_err();
    assert_eq!((trouble.stage, trouble.code), (Stage::SignIn, Some(535)));
    assert!(trouble.text.contains("Wrong user name or password"));
    assert!(!format!("{config:?} {trouble:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_server_that_offers_no_known_way_to_sign_in() {
    let server = SmtpServer::offering(Offers {
        user: Some(("anna", "right")),
        auth: "CRAM-MD5",
        ..Offers::default()
    })
    .await;
    let trouble = open_with(&settings(&server.url_for("anna", "right")))
        .await
        .unwrap_err();
    assert_eq!(trouble.stage, Stage::SignIn);
}

#[tokio::test]
async fn an_old_server_is_greeted_with_helo() {
    let server = SmtpServer::offering(Offers {
        ehlo: false,
        ..Offers::default()
    })
    .await;
    let mut session = open(&server).await;
    assert_eq!(
        session.send(&letter_to("a@example.org")).await.verdict,
        Verdict::Accepted
    );
    assert!(
        server.commands()[1].starts_with("HELO [127.0.0.1]"),
        "{:?}",
        server.commands()
    );
}

#[tokio::test]
async fn each_step_that_fails_is_named() {
    let cases = [
        (
            Step::Greeting,
            Act::Say("554 5.7.1 You are blocked"),
            Stage::Greeting,
            Some(554),
        ),
        (
            Step::Greeting,
            Act::Say("421-too many\r\n421 connections"),
            Stage::Greeting,
            Some(421),
        ),
        (
            Step::Greeting,
            Act::Say("HTTP/1.1 400 Bad Request"),
            Stage::Greeting,
            None,
        ),
        (Step::Greeting, Act::Close, Stage::Greeting, None),
        (Step::Greeting, Act::Hang, Stage::Greeting, None),
        (
            Step::Hello,
            Act::Say("421 4.3.2 shutting down"),
            Stage::Hello,
            Some(421),
        ),
        (Step::Hello, Act::Close, Stage::Hello, None),
        (Step::Hello, Act::Hang, Stage::Hello, None),
    ];
    for (step, act, stage, code) in cases {
        let server = SmtpServer::start().await;
        server.always(step, act.clone());
        let trouble = open_with(&settings_for(&server.url(), step, &act))
            .await
            .unwrap_err();
        assert_eq!((trouble.stage, trouble.code), (stage, code), "{act:?}");
        assert!(!trouble.text.is_empty());
    }
}

#[tokio::test]
async fn tls_that_never_comes_is_not_waited_for() {
    let server = SmtpServer::start().await;
    server.always(Step::Greeting, Act::Hang);
    let tls = SmtpServer::offering(Offers {
        implicit_tls: true,
        ..Offers::default()
    })
    .await;
    let url = server
        .url()
        .replace("smtp:", "smtps:")
        .replace("?tls=none", "");
    let config = MailConfig {
        smtp_ca_file: tls.ca_file(),
        ..impatient(&url, Step::StartTls)
    };
    let trouble = open_with(&config).await.unwrap_err();
    assert_eq!(trouble.stage, Stage::Tls);
}

#[tokio::test]
async fn nobody_at_home() {
    let nobody = nobody();
    let trouble = open_with(&settings(&nobody.url)).await.unwrap_err();
    assert_eq!(trouble.stage, Stage::Connect);
    assert!(trouble.text.contains("127.0.0.1"), "{trouble}");
}

#[test]
fn settings_that_cannot_work_are_found_at_start() {
    let refused =
        |config: MailConfig| Mailer::new(&config, Path::new("data"), Clock::system()).unwrap_err();
    let usual = settings("smtp://localhost?tls=none");
    let no_server = MailConfig {
        smtp_url: None,
        transport: Some(golub::mail::Transport::Smtp),
        ..usual.clone()
    };
    assert!(matches!(refused(no_server), ConfigError::NoServer));
    let none = MailConfig {
        connections: 0,
        ..usual.clone()
    };
    assert!(matches!(refused(none), ConfigError::Zero("connections")));
    let injected = MailConfig {
        hello_name: Some("x\r\nMAIL FROM:<>".to_owned()),
        ..usual
    };
    assert!(matches!(refused(injected), ConfigError::HelloName));
    let file = tempfile::NamedTempFile::new().unwrap();
    let empty = MailConfig {
        smtp_ca_file: Some(file.path().to_owned()),
        ..settings("smtp://localhost")
    };
    assert!(matches!(refused(empty), ConfigError::CaFile(_)));
    assert_eq!(
        MailConfig::default().timeouts.accepted,
        Duration::from_secs(600)
    );
}
