//! The reports: a user's own, and a manager's of everybody, with the chart, its table, the users, the completed mailings
//! that open into their runs, and a file for a spreadsheet.

use std::{fs, path::Path};

use serde_json::json;

use crate::support::{
    api,
    browser::Browser,
    eventually,
    golub::{Golub, PASSWORD},
    mail_server::MailServer,
    person,
    story::story_of_two,
};

const USER: &str = "anna@golub.example";
const OTHER: &str = "boris@golub.example";
const MANAGER: &str = "mona@golub.example";
/// What a spreadsheet must not take for formulas, whichever separator it goes by.
const SUBJECT: &str = "=1+1;=2+2 at the fair";
const GONE: &str = "gone@example.com";

#[tokio::test]
async fn what_became_of_letters_is_reported_to_their_owner_and_to_a_manager() {
    let server = MailServer::start();
    server.refuses(GONE, "550 5.1.1 No such user");
    story_of_two(
        "reports",
        &[("GOLUB__MAIL__SMTP_URL", server.url())],
        async |anna, mona, golub| {
            golub.makes_account("user", USER, "Anna Orlova");
            golub.makes_account("user", OTHER, "Boris Ivanov");
            golub.makes_account("manager", MANAGER, "Mona");
            person::signs_in_as(anna, USER, PASSWORD).await;
            anna.sees("Overview").await;
            sends_a_letter_of_the_other(anna).await;
            person::adds_recipient(anna, "olga@example.com", "Olga").await;
            person::adds_recipient(anna, GONE, "Gone").await;
            person::writes_message(anna, SUBJECT, "Good morning, {{ full_name }}!").await;
            person::sends_to_all(anna, SUBJECT).await;
            let completed = "//main//h1/following::*[normalize-space(.)='Completed']";
            anna.find(completed).await;

            reads_own(anna).await;
            person::signs_in_as(mona, MANAGER, PASSWORD).await;
            reads_all(mona).await;
            opens_a_completed_mailing(mona).await;
            saves_a_file(mona, golub).await;
            for browser in [anna, mona] {
                assert_eq!(browser.complaints().await, Vec::<String>::new());
            }
        },
    )
    .await;
}

/// As a program would.
async fn sends_a_letter_of_the_other(browser: &Browser) {
    let token = api::token_of(browser, OTHER).await;
    let recipient = json!({ "email": "petr@example.com", "full_name": "Petr" });
    api::post(browser, &token, "recipients", &recipient).await;
    let message = json!({ "subject": "Winter", "body": "Hello" });
    let message = api::post(browser, &token, "messages", &message).await;
    let mailing = json!({
        "message_id": message["id"], "audience": { "all": true }, "time_zone": "UTC",
        "starts_at": "2040-01-01T09:00:00Z", "recurrence": { "kind": "once" },
    });
    let mailing = api::post(browser, &token, "mailings", &mailing).await;
    let send = format!("mailings/{}/send", mailing["id"]);
    api::post(browser, &token, &send, &json!({})).await;
}

async fn reads_own(anna: &Browser) {
    anna.press("Reports").await;
    stands_on_another_screen(anna, "Reports").await;
    anna.sees("2 deliveries. 50% of 2 attempts succeeded.")
        .await;
    chart_says(anna, "2 deliveries in 30 days").await;
    anna.press("As a table").await;
    let today = "//table[contains(@class, 'day-rows')]/tbody/tr[td[@data-title='Sent' and .='1'] and td[@data-title='Failed' and .='1']]";
    anna.find(today).await;
    let refused = "//section[contains(@class, 'answers')]//tr[contains(., 'Refused for good')]";
    anna.find(refused).await;
    let of_others = anna.texts("//*[.='By user' or .='Whose mailings']").await;
    assert_eq!(of_others, Vec::<String>::new());
    anna.press("By message").await;
    anna.find(&only_row(SUBJECT)).await;
}

/// The focus has gone with the person who has followed a link, and the tab is called as the screen is.
async fn stands_on_another_screen(browser: &Browser, title: &str) {
    browser.find(&format!("//h1[.='{title}']")).await;
    let focused =
        "while (document.activeElement.id !== 'main') await new Promise(requestAnimationFrame);
        return document.title";
    let called = browser.evaluate(focused, Vec::new()).await;
    let called = called.as_str().expect("a title");
    assert!(called.starts_with(title), "{called}");
}

async fn reads_all(mona: &Browser) {
    mona.press("Reports").await;
    mona.sees("3 deliveries. 66.7% of 3 attempts succeeded.")
        .await;
    chart_says(mona, "3 deliveries in 30 days").await;
    mona.press("By user").await;
    mona.find("//table/tbody[count(tr)=2]").await;
    let of_anna = format!("//tr[contains(., '{USER}')]//button[.='Summary']");
    let pressed = mona.find(&of_anna).await.click().await;
    pressed.expect("somebody's summary can be opened");
    mona.sees("2 deliveries. 50% of 2 attempts succeeded.")
        .await;
    let whose = "//label[contains(., 'Whose mailings')]//option[.='Anna Orlova']";
    mona.find(whose).await;
}

async fn opens_a_completed_mailing(mona: &Browser) {
    mona.press("Completed mailings").await;
    mona.find(&only_row(SUBJECT)).await;
    // That of the other waits for its own time still, and has run by hand.
    mona.press("Reports").await;
    mona.press("Completed mailings").await;
    mona.press("Finished runs of mailings still running").await;
    mona.find(&only_row("Winter")).await;
    mona.go("/reports?tab=completed&period=7d").await;
    let row = mona.find(&only_row(SUBJECT)).await;
    row.click().await.expect("a mailing can be opened");
    mona.find(&format!("//h1[contains(., '{SUBJECT}')]")).await;
    // Of the same time, and with its answers as a file.
    let search = mona.evaluate("return location.search", Vec::new()).await;
    assert_eq!(search, "?period=7d");
    let answers = "//button[@aria-label='CSV: Attempts by the server’s answer']";
    mona.find(answers).await;
    mona.sees("Finished runs").await;
    let run = mona
        .find("//tbody/tr[1]//a[contains(@href, '/runs/')]")
        .await;
    run.click().await.expect("a run can be opened");
    mona.find("//*[@role='img' and contains(@aria-label, '1 sent') and contains(@aria-label, '1 failed')]")
        .await;
}

async fn saves_a_file(mona: &Browser, golub: &Golub) {
    let folder = golub.data().join("downloads");
    fs::create_dir_all(&folder).expect("a folder for downloads");
    mona.saves_files_in(&folder).await;
    mona.press("Reports").await;
    mona.press("Completed mailings").await;
    mona.find(&only_row(SUBJECT)).await;
    mona.press("CSV").await;
    let file = eventually("the file", || saved(&folder), || golub.log()).await;
    let table = file
        .strip_prefix('\u{feff}')
        .expect("a mark for spreadsheets");
    let [head, row] = &table.split_terminator("\r\n").collect::<Vec<_>>()[..] else {
        panic!("not one row: {table}")
    };
    assert!(head.starts_with("mailing_id,title,status,"), "{head}");
    let escaped = ",\"'=1+1;'=2+2 at the fair\",completed,";
    assert!(row.contains(escaped), "{row}");
    assert!(row.contains(&format!(",{USER},Anna Orlova,")), "{row}");
}

/// What was saved there, when it is whole.
fn saved(folder: &Path) -> Option<String> {
    let mut files = fs::read_dir(folder).expect("a folder for downloads");
    let file = files.find_map(|file| {
        let path = file.expect("a file").path();
        path.extension()?.eq("csv").then_some(path)
    })?;
    let name = file.file_name()?.to_str()?;
    assert!(name.starts_with("golub-mailings-"), "{name}");
    fs::read_to_string(file)
        .ok()
        .filter(|text| !text.is_empty())
}

async fn chart_says(browser: &Browser, said: &str) {
    let chart = format!("//figure//*[@role='img' and starts-with(@aria-label, '{said}')]");
    browser.find(&chart).await;
}

fn only_row(name: &str) -> String {
    format!("//table/tbody[count(tr)=1]//a[contains(., '{name}')]")
}
