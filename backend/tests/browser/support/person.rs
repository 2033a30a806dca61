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
