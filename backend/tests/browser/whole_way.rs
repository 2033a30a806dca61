//! The whole way of a letter, as a person goes it: sign in, recipient, message, mailing, sent.

use crate::support::{
    mail_server::{Letter, MailServer},
    person,
    story::story,
};

const SUBJECT: &str = "Голубиная почта: первое письмо";

#[tokio::test]
async fn a_letter_goes_from_the_page_to_the_mail_server() {
    let server = MailServer::start();
    story(
        "whole_way",
        &[("GOLUB__MAIL__SMTP_URL", server.url())],
        async |browser, _| {
            person::signs_in(browser).await;
            person::adds_recipient(browser, "dove@example.com", "Ольга Голубева").await;
            person::writes_message(browser, SUBJECT, "Здравствуйте, {{ full_name }}!").await;
            person::sends_to_all(browser, SUBJECT).await;
            browser.sees("1 sent").await;

            let letter = Letter {
                recipient: "dove@example.com".into(),
                subject: SUBJECT.into(),
                text: "Здравствуйте, Ольга Голубева!".into(),
            };
            assert_eq!(server.letters(), [letter]);
            assert_eq!(browser.complaints().await, Vec::<String>::new());
        },
    )
    .await;
}

#[tokio::test]
async fn an_address_that_mail_cannot_carry_is_refused_at_its_field() {
    story("refused_address", &[], async |browser, _| {
        person::signs_in(browser).await;
        browser.go("/recipients/new").await;
        browser.fill("E-mail", "голубь@example.com").await;
        browser.press("Add recipient").await;
        browser
            .sees("Only Latin letters, digits and signs are allowed before the @")
            .await;
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    })
    .await;
}
