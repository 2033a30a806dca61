//! A mailing watched while it is sent: what moves by itself, what fails, and what a person does about it.

use serde_json::json;

use crate::support::{api, browser::Browser, mail_server::MailServer, person, story::story};

const SUBJECT: &str = "Autumn programme";
/// Of six recipients one has no mailbox, and one's server does not like us today.
const GONE: &str = "gone@example.com";
const STRICT: &str = "strict@example.com";
const NAMES: [&str; 6] = ["ada", "boris", "gone", "clara", "strict", "dmitry"];

#[tokio::test]
async fn a_mailing_is_watched_and_what_failed_of_it_is_sent_again() {
    let server = MailServer::start();
    server.refuses(GONE, "550 5.1.1 No such user");
    server.refuses(STRICT, "554 5.7.1 Rejected by policy");
    server.takes_only(0);
    story(
        "watched",
        &[("GOLUB__MAIL__SMTP_URL", server.url())],
        async |browser, _| {
            person::signs_in(browser).await;
            let token = api::token(browser).await;
            for name in NAMES {
                let new = json!({ "email": format!("{name}@example.com"), "full_name": name });
                api::post(browser, &token, "recipients", &new).await;
            }
            person::writes_message(browser, SUBJECT, "Good morning, {{ full_name }}!").await;
            person::sends_to_all(browser, SUBJECT).await;

            // Nothing is pressed from here on: what is seen is told by the service itself.
            sees_result(browser, &["2 failed", "4 queued"]).await;
            browser.sees("Being sent").await;
            server.takes_only(1);
            sees_result(browser, &["1 sent", "2 failed", "3 queued"]).await;
            server.takes_all();
            sees_result(browser, &["4 sent", "2 failed"]).await;
            browser.sees("4 letters in").await;

            server.recovers();
            browser.press("Send failed again").await;
            browser.choose("Refused for good").await;
            browser.answers("Send 2 again").await;
            // Nothing goes to an address that was refused for good.
            browser.sees("1 letter goes out again").await;
            browser.sees("1 letter is skipped").await;
            sees_result(browser, &["5 sent", "1 failed"]).await;

            lifts_the_suppression(browser).await;
            assert_eq!(browser.complaints().await, Vec::<String>::new());
        },
    )
    .await;
    let to = |address: &str| {
        let letters = server.letters();
        letters
            .iter()
            .filter(|letter| letter.recipient == address)
            .count()
    };
    assert_eq!((to(STRICT), to(GONE)), (1, 0));
}

async fn lifts_the_suppression(browser: &Browser) {
    browser.press("Recipients").await;
    browser.press("Refused addresses").await;
    let only_one = "//table/tbody[count(tr)=1]//a[contains(., 'gone@example.com')]";
    let row = browser.find(only_one).await;
    row.click().await.expect("the row can be opened");
    browser.sees("Nothing more is sent to this address.").await;
    browser.sees("550 5.1.1 No such user").await;
    browser
        .sees("A mail server refused the address for good")
        .await;
    browser.press("Write to this address again").await;
    browser.answers("Write to this address again").await;
    browser.sees("Letters go to gone@example.com again").await;
    let notice = "//h1[not(//*[contains(., 'Nothing more is sent to this address.')])]";
    browser.find(notice).await;
}

/// Waits until the run's bar says so much.
async fn sees_result(browser: &Browser, said: &[&str]) {
    let says: Vec<String> = said
        .iter()
        .map(|part| format!("contains(@aria-label, '{part}')"))
        .collect();
    let bar = format!(
        "//section[contains(@class, 'run-panel')]//*[@role='img' and {}]",
        says.join(" and ")
    );
    browser.find(&bar).await;
}
