//! A mailing by SMS, as a person goes it: phones, a text with its length, who is left out, sent, and read where SMS are
//! captured.

use crate::support::{browser::Browser, golub::Golub, person, story::story};

const SUBJECT: &str = "Autumn fair";
const SMS_TEXT: &str = "{{ full_name }}, see you at the fair";
const OWN_PHONE: &str = "+79211234567";

#[tokio::test]
async fn an_sms_goes_from_the_page_to_a_phone() {
    story("by_sms", &[], async |browser, golub| {
        person::signs_in(browser).await;
        person::adds_recipient(browser, "pigeon@example.com", "Without Phone").await;
        browser.go("/recipients/new").await;
        browser.fill("E-mail", "dove@example.com").await;
        browser.fill("Full name", "Olga Dove").await;
        browser.fill("Phone", "+44 7700 900123").await;
        browser.press("Add recipient").await;
        browser.sees("+447700900123").await;

        browser.go("/messages/new").await;
        browser.fill("Subject", SUBJECT).await;
        browser.fill("Text", "Dear {{ full_name }}").await;
        browser.fill("SMS text", SMS_TEXT).await;
        browser
            .sees("33 characters: 1 SMS, room for 127 more.")
            .await;
        browser.press("Save").await;
        browser.sees("The message was saved").await;

        tries_it_on_oneself(browser, golub).await;

        person::writes_message(browser, "By letter alone", "Hello").await;

        browser.go("/mailings/new").await;
        browser.choose("By letter alone").await;
        browser.choose("SMS").await;
        browser
            .find("//section[h2[.='The SMS']]//p[contains(., 'No SMS text yet.')]")
            .await;
        browser.choose(SUBJECT).await;
        browser.choose("All of mine").await;
        browser
            .sees("1 of them has no phone and will be skipped.")
            .await;
        browser.choose("Now").await;
        browser.press("Send now").await;
        browser.sees("1 sent").await;
        browser.sees("1 skipped").await;
        browser.sees("The recipient has no phone").await;

        browser.go("/captured-mail").await;
        let message = "//a[contains(., '+447700900123')]";
        let message = browser.find(message).await.click().await;
        message.expect("the message can be opened");
        browser.sees("Olga Dove, see you at the fair").await;
        // Before there is a phone the profile asks for one in vain.
        let complaints = browser.complaints_beside_refusals().await;
        assert_eq!(complaints, Vec::<String>::new());
    })
    .await;
}

/// It goes to a phone that was checked, and to no other.
async fn tries_it_on_oneself(browser: &Browser, golub: &Golub) {
    browser.go("/profile").await;
    person::verifies_phone(browser, golub, OWN_PHONE, OWN_PHONE).await;
    browser.go("/messages").await;
    let message = format!("//tbody//a[contains(., '{SUBJECT}')]");
    let message = browser.find(&message).await.click().await;
    message.expect("the message can be opened");
    // What is saved would be sent, and not what stands there.
    browser.fill("SMS text", "Something else").await;
    browser.sees("Save first").await;
    browser
        .find("//button[normalize-space(.)='SMS to myself' and @disabled]")
        .await;
    browser.fill("SMS text", SMS_TEXT).await;
    browser.no_longer_sees("Save first").await;
    browser.press("SMS to myself").await;
    let taken = format!("The SMS service accepted the test SMS to {OWN_PHONE}");
    browser.sees(&taken).await;
    browser.answers("Close").await;
}
