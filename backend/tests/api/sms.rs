//! SMS: what is asked of sms.ru, and what its answers mean.

use std::time::Duration;

use contract::delivery::{CapturedLetter, CapturedLetterDetail};
use contract::listing::Page;
use golub::app::App;
use golub::clock::Clock;
use golub::config::{self, Config, Secret, SmsTransport};
use golub::sms::{SmsFate, SmsSender, SmsVerdict};

use crate::support::TestApp;
use crate::support::sms_server::{API_ID, SmsAct, SmsServer};

const NUMBER: &str = "+79211234567";

async fn asking(server: &SmsServer) -> TestApp {
    TestApp::with(|config| server.settings(config)).await
}

#[actix_web::test]
async fn a_message_is_one_form_for_one_number() {
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    let answer = app.app.sms.send(NUMBER, "Код 42 & <b>=?").await;
    assert_eq!(
        (answer.verdict, answer.code),
        (SmsVerdict::Accepted, Some(100))
    );
    assert_eq!(answer.id.as_deref(), Some("203005-0000001"));
    let [form] = &server.asked()[..] else {
        panic!("not one request")
    };
    let mut fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            ("api_id", API_ID),
            ("json", "1"),
            ("msg", "Код 42 & <b>=?"),
            ("to", "79211234567")
        ]
    );
}

#[actix_web::test]
async fn every_code_is_taken_for_what_it_means_wherever_it_stands() {
    use SmsVerdict::{Accepted, Failed, Later, Limited, Misconfigured, Refused};
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    let table: [(&[i64], SmsVerdict); 5] = [
        (&[220, 500], Later),
        (&[206, 230, 231, 232, 233], Limited),
        (&[202, 203, 205, 207, 209, 214, 215, 216], Refused),
        (&[200, 201, 221, 300, 301, 302], Misconfigured),
        (&[104, 208, 212, 502, 777], Failed),
    ];
    for (codes, verdict) in table {
        for code in codes {
            for act in [SmsAct::Number(*code), SmsAct::Whole(*code)] {
                let shown = format!("{act:?}");
                server.once(act);
                let answer = app.app.sms.send(NUMBER, "Hi").await;
                assert_eq!(
                    (answer.verdict, answer.code),
                    (verdict, Some(*code)),
                    "{shown}"
                );
                assert_eq!(answer.words, format!("Код {code}"));
                assert_eq!(answer.id, None);
            }
        }
    }
    assert_eq!(app.app.sms.send(NUMBER, "Hi").await.verdict, Accepted);
}

#[actix_web::test]
async fn a_senders_name_unknown_to_one_operator_is_a_refusal_and_one_unknown_to_the_service_is_not()
{
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    for (act, verdict) in [
        (SmsAct::Number(204), SmsVerdict::Refused),
        (SmsAct::Whole(204), SmsVerdict::Misconfigured),
    ] {
        server.once(act);
        let answer = app.app.sms.send(NUMBER, "Hi").await;
        assert_eq!((answer.verdict, answer.code), (verdict, Some(204)));
        assert_eq!(answer.fate, SmsFate::Answered);
    }
}

#[actix_web::test]
async fn a_message_already_on_its_way_is_taken() {
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    for code in [101, 102, 103] {
        server.once(SmsAct::Number(code));
        let answer = app.app.sms.send(NUMBER, "Hi").await;
        assert_eq!(
            (answer.verdict, answer.code),
            (SmsVerdict::Accepted, Some(code))
        );
    }
}

#[actix_web::test]
async fn what_is_no_answer_is_asked_again_later() {
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    let elsewhere = SmsServer::start().await;
    let cases = [
        (SmsAct::Http(500, "{\"status_code\": 100}"), "HTTP 500"),
        (SmsAct::Http(503, ""), "HTTP 503"),
        (SmsAct::Http(502, "{\"status_code\": 502}"), "HTTP 502"),
        (SmsAct::Http(404, "<html>"), "HTTP 404"),
        (
            SmsAct::Http(200, "<html>hello</html>"),
            "could not be understood",
        ),
        (
            SmsAct::Http(200, "{\"status_code\": 100, \"sms\": {}}"),
            "could not be understood",
        ),
        (SmsAct::Http(200, ""), "could not be understood"),
        (
            SmsAct::Redirect(format!("{}/sms/send", elsewhere.url())),
            "HTTP 307",
        ),
        (SmsAct::Endless, "far too long"),
        (SmsAct::Close, "broke off"),
    ];
    for (act, words) in cases {
        let shown = format!("{act:?}");
        server.once(act);
        let answer = app.app.sms.send(NUMBER, "Hi").await;
        assert_eq!(
            (answer.verdict, answer.code),
            (SmsVerdict::Later, None),
            "{shown}"
        );
        assert!(answer.words.contains(words), "{shown}: {}", answer.words);
    }
    assert!(elsewhere.asked().is_empty(), "the key went somewhere else");
}

#[actix_web::test]
async fn a_status_that_does_not_tell_what_became_of_the_message_leaves_it_open() {
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    for status in [408, 499, 500, 502, 503, 504, 520] {
        server.once(SmsAct::Http(status, "<html>"));
        let answer = app.app.sms.send(NUMBER, "Hi").await;
        assert_eq!(answer.fate, SmsFate::Lost, "{status}");
    }
    for status in [403, 500, 503] {
        for body in ["{\"status_code\": 500}", "{\"status_code\": 503}"] {
            server.once(SmsAct::Http(status, body));
            let answer = app.app.sms.send(NUMBER, "Hi").await;
            assert_eq!(answer.fate, SmsFate::Lost, "{status} {body}");
            assert_eq!(answer.code, None, "{status} {body}");
        }
    }
    for status in [301, 400, 401, 403, 404, 405, 413, 429] {
        server.once(SmsAct::Http(status, "<html>"));
        let answer = app.app.sms.send(NUMBER, "Hi").await;
        assert_eq!(answer.fate, SmsFate::NotSent, "{status}");
    }
}

#[actix_web::test]
async fn the_services_own_word_goes_whatever_the_status_is() {
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    let cases = [
        ("{\"status_code\": 220}", SmsVerdict::Later),
        ("{\"status_code\": 301}", SmsVerdict::Misconfigured),
        (
            "{\"status_code\": 100, \"sms\": {\"79211234567\": {\"status_code\": 100}}}",
            SmsVerdict::Accepted,
        ),
    ];
    for (body, verdict) in cases {
        for status in [403, 500, 503] {
            server.once(SmsAct::Http(status, body));
            let answer = app.app.sms.send(NUMBER, "Hi").await;
            assert_eq!(answer.verdict, verdict, "{status} {body}");
            assert_eq!(answer.fate, SmsFate::Answered, "{status} {body}");
        }
    }
}

#[actix_web::test]
async fn a_service_that_says_nothing_or_is_not_there_costs_its_time_only() {
    let server = SmsServer::start().await;
    let app = TestApp::with(|config| {
        server.settings(config);
        config.sms.timeout = Duration::from_secs(1);
    })
    .await;
    server.once(SmsAct::Hang);
    let answer = app.app.sms.send(NUMBER, "Hi").await;
    assert_eq!(answer.verdict, SmsVerdict::Later);
    assert_eq!(answer.words, "no answer within 1s");
    drop(server);
    let answer = app.app.sms.send(NUMBER, "Hi").await;
    assert_eq!((answer.verdict, answer.code), (SmsVerdict::Later, None));
    assert!(
        answer.words.contains("cannot be reached"),
        "{}",
        answer.words
    );
}

#[actix_web::test]
async fn the_key_is_told_to_nobody() {
    let server = SmsServer::start().await;
    let app = asking(&server).await;
    server.once(SmsAct::TellKey);
    let answer = app.app.sms.send(NUMBER, "Hi").await;
    assert_eq!(answer.words, "no such key: ***");
    assert!(!format!("{:?} {:?}", app.app.sms, app.app.config).contains(API_ID));
    drop(server);
    let answer = app.app.sms.send(NUMBER, "Hi").await;
    assert!(!answer.words.contains(API_ID), "{}", answer.words);
}

#[actix_web::test]
async fn captured_messages_are_read_beside_captured_letters() {
    // Letters leave, messages are captured: the inbox is there for them.
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some("smtp://127.0.0.1:9?tls=none".parse().unwrap());
        config.sms.transport = Some(SmsTransport::Folder);
    })
    .await;
    let admin = app.admin("adam").await;
    let text = "Голубь: код 012345. Никому его не сообщайте, даже если очень просят";
    let answer = app.app.sms.send(NUMBER, text).await;
    assert_eq!(answer.verdict, SmsVerdict::Accepted);
    let listed: Page<CapturedLetter> = admin.get("captured-mail").await.json();
    let [message] = &listed.items[..] else {
        panic!("not one message")
    };
    assert_eq!(
        (message.to.as_str(), message.subject.as_str()),
        (NUMBER, "SMS")
    );
    assert_eq!(message.captured_at, app.now());
    let opened = admin.get(&format!("captured-mail/{}", message.id)).await;
    let opened: CapturedLetterDetail = opened.json();
    assert_eq!(opened.text.as_deref().map(str::trim_end), Some(text));
    assert_eq!(opened.html_url, None);
}

#[actix_web::test]
async fn a_message_that_cannot_be_captured_was_not_sent() {
    let app = TestApp::start().await;
    // A file stands where the folder should be.
    std::fs::write(app.app.config.data.join("outbox"), "").unwrap();
    let answer = app.app.sms.send(NUMBER, "Hi").await;
    assert_eq!(
        (answer.verdict, answer.fate),
        (SmsVerdict::Later, SmsFate::NotSent)
    );
}

#[actix_web::test]
async fn settings_that_cannot_work_are_told_at_the_start() {
    let start = async |change: fn(&mut Config)| {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config::defaults().unwrap();
        config.data = folder.path().to_owned();
        config.sms.transport = Some(SmsTransport::SmsRu);
        config.sms.api_id = Secret::new(API_ID);
        change(&mut config);
        let started = App::start(config, Clock::system()).await;
        started
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    let no_key = start(|config| config.sms.api_id = Secret::default()).await;
    assert!(no_key.contains("sms.api_id"), "{no_key}");
    for url in ["sms.ru", "ftp://sms.ru", ""] {
        let mut config = config::defaults().unwrap();
        config.sms.transport = Some(SmsTransport::SmsRu);
        config.sms.api_id = Secret::new(API_ID);
        config.sms.url = url.to_owned();
        let made = SmsSender::new(&config, Clock::system());
        let error = made.unwrap_err().to_string();
        assert!(error.contains("sms.url"), "{error}");
    }
}
