//! The phone check: a number is the account's once its code has come back.

use std::time::Duration;

use contract::accounts::MeView;
use contract::accounts::phone::{PhoneCheckState, PhoneCheckView};
use contract::delivery::{CapturedLetter, CapturedLetterDetail};
use contract::listing::Page;
use contract::notices::NoticeState;
use contract::problem::{ErrorCode, FieldCode};
use golub::config::SmsTransport;
use serde_json::json;

use crate::notices::{account, listed, states};
use crate::support::client::Answer;
use crate::support::sms_server::{SmsAct, SmsServer};
use crate::support::{Client, TestApp};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

async fn ask(person: &Client, phone: &str) -> Answer {
    person.post("me/phone", json!({"phone": phone})).await
}

async fn confirm(person: &Client, code: &str) -> Answer {
    person.post("me/phone/confirm", json!({"code": code})).await
}

/// The text of the newest captured message.
async fn captured(admin: &Client) -> (String, String) {
    let listed: Page<CapturedLetter> = admin.get("captured-mail?limit=1").await.json();
    let path = format!("captured-mail/{}", listed.items[0].id);
    let opened: CapturedLetterDetail = admin.get(&path).await.json();
    (opened.letter.to, opened.text.unwrap())
}

fn code_in(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits.len(), 6, "{text}");
    digits
}

/// A code that is not this one.
fn other_than(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..5])
}

#[actix_web::test]
async fn a_number_is_theirs_once_its_code_has_come_back() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    let answer = ask(&anna, "8 (921) 123-45-67").await;
    assert_eq!(answer.status, 202);
    let begun: PhoneCheckView = answer.json();
    let expected = PhoneCheckView {
        phone: "+79211234567".to_owned(),
        state: PhoneCheckState::Sending,
        expires_at: app.now() + MINUTE * 10,
        tries_left: 5,
        again_at: app.now() + MINUTE,
    };
    assert_eq!(begun, expected);
    app.run_worker().await;
    let sent: PhoneCheckView = anna.get("me/phone").await.json();
    assert_eq!(sent.state, PhoneCheckState::Sent);
    let before: MeView = anna.get("me").await.json();
    assert_eq!((before.phone, before.phone_verified_at), (None, None));

    let (to, text) = captured(&admin).await;
    let code = code_in(&text);
    assert_eq!(to, "+79211234567");
    assert_eq!(
        text.trim_end(),
        format!("Golub: {code} is your code. Tell it to nobody.")
    );
    let version = account(&app, anna.id).await.version;
    let confirmed = confirm(&anna, &format!(" {} {} ", &code[..3], &code[3..])).await;
    let me: MeView = confirmed.json();
    assert_eq!(me.phone.as_deref(), Some("+79211234567"));
    assert_eq!(me.phone_verified_at, Some(app.now()));
    assert_eq!(account(&app, anna.id).await.version, version + 1);
    assert_eq!(
        confirmed.header("etag"),
        anna.get("me").await.header("etag")
    );

    confirm(&anna, &code)
        .await
        .refused(409, ErrorCode::NoPhoneCheck);
    anna.get("me/phone").await.refused(404, ErrorCode::NotFound);
    let log = anna.get("me/audit-log").await.value();
    assert_eq!(log["items"][0]["act"], "phone_verified", "{log}");
}

#[actix_web::test]
async fn a_russian_is_written_to_in_russian() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    anna.patch("me", json!({"language": "ru"})).await.value();
    ask(&anna, "+79211234567").await.value();
    app.run_worker().await;
    let (_, text) = captured(&admin).await;
    let code = code_in(&text);
    assert_eq!(
        text.trim_end(),
        format!("Golub: код {code}. Никому его не сообщайте")
    );
}

#[actix_web::test]
async fn five_wrong_codes_end_the_check() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    ask(&anna, "+79211234567").await.value();
    app.run_worker().await;
    let code = code_in(&captured(&admin).await.1);
    let hostile = ["", "1", "12345678901234567890", "абвгде"];
    let wrong = hostile
        .map(str::to_owned)
        .into_iter()
        .chain([other_than(&code)]);
    for (wrong, left) in wrong.zip([4, 3, 2, 1, 0]) {
        let answer = confirm(&anna, &wrong).await;
        answer.wrong_field("code", FieldCode::WrongCode);
        assert_eq!(answer.problem().errors.of("code")[0].limit, Some(left));
    }
    confirm(&anna, &code)
        .await
        .refused(409, ErrorCode::NoPhoneCheck);
    anna.get("me/phone").await.refused(404, ErrorCode::NotFound);
    assert_eq!(account(&app, anna.id).await.phone, None);
}

#[actix_web::test]
async fn a_code_is_taken_for_ten_minutes_and_sent_no_later() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    ask(&anna, "+79211234567").await.value();
    app.run_worker().await;
    let code = code_in(&captured(&admin).await.1);
    let boris = app.member("boris").await;
    ask(&boris, "+79211234568").await.value();
    app.pass(MINUTE * 10);
    confirm(&anna, &code)
        .await
        .refused(409, ErrorCode::NoPhoneCheck);
    app.run_worker().await;
    assert_eq!(
        states(&admin).await,
        [NoticeState::Dropped, NoticeState::Sent]
    );
}

#[actix_web::test]
async fn a_code_is_good_for_its_own_check_alone() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    let boris = app.member("boris").await;
    ask(&anna, "+79211234567").await.value();
    app.run_worker().await;
    let first = code_in(&captured(&admin).await.1);
    confirm(&boris, &first)
        .await
        .refused(409, ErrorCode::NoPhoneCheck);
    app.pass(MINUTE);
    ask(&anna, "+79211234568").await.value();
    app.run_worker().await;
    let second = code_in(&captured(&admin).await.1);
    // One chance in a million that they are the same.
    if first != second {
        confirm(&anna, &first)
            .await
            .wrong_field("code", FieldCode::WrongCode);
    }
    let me: MeView = confirm(&anna, &second).await.json();
    assert_eq!(me.phone.as_deref(), Some("+79211234568"));
}

#[actix_web::test]
async fn codes_are_limited_for_a_person_and_for_a_number() {
    let app = TestApp::with(|config| config.auth.proof_for = MINUTE * 6000).await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let begun = app.now();
    for number in 0..5 {
        ask(&anna, "+79211234567").await.value();
        let again = ask(&anna, "+79211234568").await;
        again.refused(429, ErrorCode::TooManyRequests);
        if number < 4 {
            assert_eq!(again.header("retry-after"), "60");
            let check: PhoneCheckView = anna.get("me/phone").await.json();
            assert_eq!(check.again_at, app.now() + MINUTE);
        }
        app.pass(MINUTE);
    }
    // A person has five a day, whatever the number.
    let day = begun + MINUTE * 1440;
    let check: PhoneCheckView = anna.get("me/phone").await.json();
    assert_eq!(check.again_at, day);
    let left = (day - app.now()).num_seconds().to_string();
    let sixth = ask(&anna, "+79211234568").await;
    sixth.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(sixth.header("retry-after"), left);
    // A number has five a day, whoever asks.
    ask(&boris, "+79211234567")
        .await
        .refused(429, ErrorCode::TooManyRequests);
    ask(&boris, "+79211234568").await.value();
    app.clock.set(day - SECOND);
    ask(&anna, "+79211234567")
        .await
        .refused(429, ErrorCode::TooManyRequests);
    app.clock.set(day);
    ask(&anna, "+79211234567").await.value();
}

#[actix_web::test]
async fn what_the_sms_service_says_is_told_in_its_class() {
    let server = SmsServer::start().await;
    let app = TestApp::with(|config| server.settings(config)).await;
    let admin = app.admin("adam").await;
    use PhoneCheckState::{Failed, NumberRefused, Sending, Sent};
    let cases = [
        (SmsAct::Number(100), Sent, NoticeState::Sent),
        (SmsAct::Number(207), NumberRefused, NoticeState::Failed),
        (SmsAct::Number(220), Sending, NoticeState::Queued),
        (SmsAct::Http(500, ""), Sending, NoticeState::Queued),
        (SmsAct::Http(200, "<html>"), Sending, NoticeState::Queued),
        (SmsAct::Close, Sending, NoticeState::Queued),
        // The code would not be taken any more when the limit is free again.
        (SmsAct::Number(230), Failed, NoticeState::Failed),
        (SmsAct::Whole(201), Failed, NoticeState::Queued),
        (SmsAct::Whole(300), Failed, NoticeState::Queued),
        (SmsAct::Number(777), Failed, NoticeState::Failed),
    ];
    for (number, (act, state, notice)) in cases.into_iter().enumerate() {
        let shown = format!("{act:?}");
        let person = app.member(&format!("p{number}")).await;
        server.once(act);
        ask(&person, &format!("+792112345{number:02}"))
            .await
            .value();
        app.run_worker().await;
        let check: PhoneCheckView = person.get("me/phone").await.json();
        assert_eq!(check.state, state, "{shown}");
        assert_eq!(listed(&admin).await[0].state, notice, "{shown}");
    }
    let wrong_key = &listed(&admin).await[1];
    assert_eq!(
        (wrong_key.code, wrong_key.answer.as_deref()),
        (Some(300), Some("Код 300"))
    );

    // Once the settings are mended, or the service is back, the same codes arrive.
    app.pass(SECOND * 10);
    app.run_worker().await;
    let waiting = listed(&admin).await.into_iter();
    let waiting = waiting.filter(|notice| notice.state == NoticeState::Queued);
    assert_eq!(waiting.count(), 0);
    let [first, second] = &server.texts("79211234508")[..] else {
        panic!("not asked for twice")
    };
    assert_eq!(first, second);
}

#[actix_web::test]
async fn a_number_can_be_taken_off() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    ask(&anna, "+79211234567").await.value();
    app.run_worker().await;
    let code = code_in(&captured(&admin).await.1);
    confirm(&anna, &code).await.value();
    app.pass(MINUTE);
    ask(&anna, "+79211234568").await.value();
    assert_eq!(anna.delete("me/phone").await.status, 204);
    let me: MeView = anna.get("me").await.json();
    assert_eq!((me.phone, me.phone_verified_at), (None, None));
    anna.get("me/phone").await.refused(404, ErrorCode::NotFound);
    assert_eq!(anna.delete("me/phone").await.status, 204);
}

#[actix_web::test]
async fn what_is_no_number_is_refused_and_costs_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    for phone in ["", "921", "not a phone", "+7921123456789012"] {
        let code = if phone.is_empty() {
            FieldCode::Required
        } else {
            FieldCode::NotAPhone
        };
        ask(&anna, phone).await.wrong_field("phone", code);
    }
    ask(&anna, "+79211234567").await.value();
}

#[actix_web::test]
async fn where_no_sms_are_sent_no_phone_is_checked() {
    let app = TestApp::with(|config| config.sms.transport = Some(SmsTransport::Off)).await;
    let anna = app.member("anna").await;
    assert_eq!(anna.get("instance").await.value()["sends_sms"], false);
    ask(&anna, "+79211234567")
        .await
        .refused(404, ErrorCode::NotFound);
}
