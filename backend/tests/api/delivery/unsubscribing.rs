//! The way out that each letter of a mailing carries, and that it leads out.

use actix_web::test::TestRequest;
use contract::problem::ErrorCode;
use contract::recipients::RecipientView;
use contract::unsubscribing::UnsubscribingView;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::EndReasonWord;
use golub::delivery::rules;
use mail_parser::MessageParser;
use serde_json::json;

use super::sending::starting_now;
use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

const NOW: &str = "2030-05-01T06:00:00Z";
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// A header of the letter to this address, as it stands there.
fn header(server: &SmtpServer, to: &str, name: &str) -> Option<String> {
    let letter = server.letters_to(to).remove(0);
    let message = MessageParser::default().parse(&letter.bytes).unwrap();
    let raw = message.header_raw(name.to_owned());
    raw.map(|value| value.trim().to_owned())
}

/// Where the letter's link leads at the API.
fn path(server: &SmtpServer, to: &str) -> String {
    let link = header(server, to, "List-Unsubscribe").unwrap();
    let url = link.trim_start_matches('<').trim_end_matches('>');
    url.split_once("/api/v1/").unwrap().1.to_owned()
}

async fn sent_to_boris(public_url: &str) -> (SmtpServer, TestApp, Client) {
    let server = SmtpServer::start().await;
    let (url, public_url) = (server.url(), public_url.to_owned());
    let app = TestApp::with(move |config| {
        config.mail.smtp_url = Some(url.parse().unwrap());
        config.http.public_url = public_url;
    })
    .await;
    app.at(NOW);
    let (anna, _) = starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    (server, app, anna)
}

async fn standing(app: &TestApp, path: &str) -> UnsubscribingView {
    app.guest().get(path).await.json()
}

async fn boris(anna: &Client) -> RecipientView {
    let listed: contract::listing::Page<RecipientView> = anna.get("recipients").await.json();
    listed.items.into_iter().next().unwrap()
}

#[actix_web::test]
async fn each_letter_has_a_link_of_its_own_and_one_click_only_by_https() {
    let to = "boris@example.org";
    let (server, _, _) = sent_to_boris("https://golub.example/").await;
    let link = header(&server, to, "List-Unsubscribe").unwrap();
    assert!(
        link.starts_with("<https://golub.example/api/v1/unsubscribe/"),
        "{link}"
    );
    assert_eq!(
        header(&server, to, "List-Unsubscribe-Post").as_deref(),
        Some(ONE_CLICK)
    );

    let (server, _, _) = sent_to_boris("http://golub.example").await;
    let link = header(&server, to, "List-Unsubscribe").unwrap();
    assert!(link.starts_with("<http://golub.example/api/v1/"), "{link}");
    assert_eq!(header(&server, to, "List-Unsubscribe-Post"), None);
}

#[actix_web::test]
async fn test_letters_and_the_services_own_have_no_way_out() {
    let (server, app, anna) = sent_to_boris("https://golub.example").await;
    let message = app.message(&anna, "Hello").await;
    anna.act(&format!("messages/{message}/test")).await.value();
    assert_eq!(header(&server, &anna.email, "List-Unsubscribe"), None);
    app.guest()
        .post("auth/password-reset", json!({"email": anna.email}))
        .await;
    app.run_worker().await;
    let notice = server.letters_to(&anna.email).remove(1);
    let text = String::from_utf8(notice.bytes).unwrap();
    assert!(!text.to_lowercase().contains("list-unsubscribe"), "{text}");
}

#[actix_web::test]
async fn one_click_unsubscribes_without_a_session_and_twice_is_as_good_as_once() {
    let (server, app, anna) = sent_to_boris("https://golub.example").await;
    let path = path(&server, "boris@example.org");
    let before = boris(&anna).await;
    assert_eq!(before.unsubscribed_at, None);
    let rules_before = rules::current(app.app.database.read()).await.unwrap();

    // As mail programs do it.
    let form = TestRequest::post()
        .uri(&format!("/api/v1/{path}"))
        .insert_header(("Content-Type", "application/x-www-form-urlencoded"))
        .set_payload(ONE_CLICK);
    assert_eq!(app.guest().send(form).await.status, 204);
    let now = boris(&anna).await;
    assert_eq!(now.unsubscribed_at, Some(app.now()));
    assert_eq!(now.updated_at, before.updated_at, "it is no edit");
    let rules_after = rules::current(app.app.database.read()).await.unwrap();
    assert_eq!(
        rules_after,
        rules_before + 1,
        "held letters are looked at again"
    );

    app.pass(std::time::Duration::from_secs(60));
    assert_eq!(app.guest().act(&path).await.status, 204);
    assert_eq!(boris(&anna).await.unsubscribed_at, now.unsubscribed_at);
}

#[actix_web::test]
async fn looking_at_the_link_changes_nothing_and_leads_a_browser_to_the_page() {
    let (server, app, _) = sent_to_boris("https://golub.example").await;
    let path = path(&server, "boris@example.org");
    for _ in 0..2 {
        let shown = standing(&app, &path).await;
        assert!(!shown.unsubscribed);
        assert!(
            !shown.email_masked.contains("boris"),
            "{}",
            shown.email_masked
        );
        assert!(shown.email_masked.ends_with("@example.org"));
        assert!(!shown.sender_name.is_empty());
    }
    let browser = TestRequest::get()
        .uri(&format!("/api/v1/{path}"))
        .insert_header(("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
    let answer = app.guest().send(browser).await;
    assert_eq!(answer.status, 303);
    let token = path.rsplit_once('/').unwrap().1;
    let page = format!("https://golub.example/unsubscribe?token={token}");
    assert_eq!(answer.header("location"), page);
    assert!(!standing(&app, &path).await.unsubscribed);
}

#[actix_web::test]
async fn the_unsubscribed_are_skipped_until_they_take_it_back() {
    let (server, app, anna) = sent_to_boris("https://golub.example").await;
    let path = path(&server, "boris@example.org");
    app.guest().act(&path).await;
    assert!(standing(&app, &path).await.unsubscribed);

    let message = app.message(&anna, "Again").await;
    let once = json!({"starts_at": NOW, "recurrence": {"kind": "once"}});
    anna.mailing(message, once.clone()).await;
    app.run_worker().await;
    let skipped = app.deliveries().await.remove(1);
    assert_eq!(
        (skipped.state, skipped.reason),
        (State::Skipped, Some(EndReasonWord::Unsubscribed))
    );
    assert_eq!(server.letters().len(), 1);

    assert_eq!(app.guest().delete(&path).await.status, 204);
    assert_eq!(app.guest().delete(&path).await.status, 204);
    assert_eq!(boris(&anna).await.unsubscribed_at, None);
    anna.mailing(message, once).await;
    app.run_worker().await;
    assert_eq!(app.deliveries().await.remove(2).state, State::Sent);
}

#[actix_web::test]
async fn only_a_whole_link_of_this_service_is_one() {
    let (server, app, anna) = sent_to_boris("https://golub.example").await;
    let path = path(&server, "boris@example.org");
    let (_, token) = path.rsplit_once('/').unwrap();
    let [recipient, owner, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        panic!("{token}")
    };
    let forged = [
        format!(
            "{recipient}.{}.{signature}",
            owner.parse::<i64>().unwrap() + 1
        ),
        format!(
            "{}.{owner}.{signature}",
            recipient.parse::<i64>().unwrap() + 1
        ),
        format!("{recipient}.{owner}.{}", &signature[..signature.len() - 4]),
        format!("{recipient}.{owner}."),
        format!("{recipient}.{owner}"),
        "x".to_owned(),
    ];
    for token in forged {
        let path = format!("unsubscribe/{token}");
        app.guest()
            .act(&path)
            .await
            .refused(404, ErrorCode::NotFound);
        app.guest()
            .get(&path)
            .await
            .refused(404, ErrorCode::NotFound);
        app.guest()
            .delete(&path)
            .await
            .refused(404, ErrorCode::NotFound);
    }
    assert_eq!(boris(&anna).await.unsubscribed_at, None);

    // Whose recipient is gone gets nothing in any case.
    let id = boris(&anna).await.id;
    anna.delete(&format!("recipients/{id}")).await;
    assert_eq!(app.guest().act(&path).await.status, 204);
    app.guest()
        .get(&path)
        .await
        .refused(404, ErrorCode::NotFound);
}
