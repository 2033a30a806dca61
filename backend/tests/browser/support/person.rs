//! What a person does on the page, in the words that stand there.

use super::{
    browser::Browser,
    golub::{ADMIN, PASSWORD},
};

pub async fn signs_in(browser: &Browser) {
    browser.go("/sign-in").await;
    browser.fill("E-mail", ADMIN).await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Sign in").await;
    browser.find("//h1[normalize-space(.)='Overview']").await;
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
