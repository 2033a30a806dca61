//! What a person does on the page, in the words that stand there.

use super::{
    authenticator::Authenticator,
    browser::{Browser, retype},
    golub::{ADMIN, Golub, PASSWORD},
    outbox,
};

/// The administrator signs in.
pub async fn signs_in(browser: &Browser) {
    signs_in_as(browser, ADMIN, PASSWORD).await;
    browser.find("//h1[normalize-space(.)='Overview']").await;
}

/// Fills in the sign-in screen; what comes of it is for the story to see.
pub async fn signs_in_as(browser: &Browser, email: &str, password: &str) {
    browser.go("/sign-in").await;
    gives_credentials(browser, email, password).await;
}

/// On the sign-in screen that is open already.
pub async fn gives_credentials(browser: &Browser, email: &str, password: &str) {
    browser.fill("E-mail", email).await;
    browser.fill("Password", password).await;
    browser.press("Sign in").await;
}

/// In the dialog over the screen where the session ended.
pub async fn signs_in_over_it(browser: &Browser, password: &str) {
    let dialog = "//dialog[@open]";
    let field = format!("{dialog}//input[@type='password']");
    retype(&browser.find(&field).await, password).await;
    browser
        .find(&format!("{dialog}//button[@type='submit']"))
        .await
        .click()
        .await
        .expect("the dialog can be sent");
}

/// Where the page shows the secret. Gives the app that makes codes from now on, and the recovery codes.
pub async fn turns_on_second_factor(browser: &Browser) -> (Authenticator, Vec<String>) {
    let secret = browser.find("//code[contains(@class, 'secret')]").await;
    let app = Authenticator::new(&secret.text().await.expect("a secret"));
    // So that the code shown now is left for signing in.
    let code = app.code_before().await;
    browser.fill("Code from your app", &code).await;
    browser.press("Turn on").await;
    browser.sees("Recovery codes").await;
    let codes = browser
        .texts("//ul[contains(@class, 'recovery-codes')]/li")
        .await;
    assert!(!codes.is_empty());
    browser.press("I have kept them").await;
    (app, codes)
}

pub async fn signs_out(browser: &Browser) {
    browser.press("Sign out").await;
    browser.find("//header//a[@href='/sign-in']").await;
}

/// On the profile: the code goes to the phone, however its number is written, and from there onto the page.
pub async fn verifies_phone(browser: &Browser, golub: &Golub, written: &str, phone: &str) {
    browser.press("Add a number").await;
    browser.fill("Number", written).await;
    browser.press("Send the code").await;
    let code = outbox::code(golub, phone).await;
    browser.fill("Code from the SMS", &code).await;
    browser.press("Confirm").await;
    browser.sees("Your phone is verified").await;
    browser.sees("Verified").await;
}

/// Finds somebody in the list of users and opens their page.
pub async fn opens_user(browser: &Browser, email: &str, name: &str) {
    browser.press("Users").await;
    let search = browser.find("//input[@type='search']").await;
    search.send_keys(email).await.expect("the box takes text");
    let only_one = format!("//table/tbody[count(tr)=1]//a[contains(., '{email}')]");
    browser
        .find(&only_one)
        .await
        .click()
        .await
        .expect("the row can be opened");
    browser
        .find(&format!("//h1[normalize-space(.)='{name}']"))
        .await;
}

pub async fn adds_recipient(browser: &Browser, address: &str, name: &str) {
    browser.go("/recipients/new").await;
    browser.fill("E-mail", address).await;
    browser.fill("Full name", name).await;
    browser.press("Add recipient").await;
    browser.sees(&format!("{name} was added")).await;
}

pub async fn writes_message(browser: &Browser, subject: &str, text: &str) {
    browser.go("/messages/new").await;
    browser.fill("Subject", subject).await;
    browser.fill("Text", text).await;
    browser.press("Save").await;
    browser.sees("The message was saved").await;
}

/// Sends the message to all recipients, once, now.
pub async fn sends_to_all(browser: &Browser, subject: &str) {
    browser.go("/mailings/new").await;
    browser.choose(subject).await;
    browser.choose("All of mine").await;
    browser.choose("Now").await;
    browser.press("Send now").await;
    browser.sees("Mailing planned").await;
}
