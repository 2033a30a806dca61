//! The whole way of a letter, as a person goes it: sign in, recipient, message, mailing, sent.

use crate::support::{browser::Browser, eventually, mail_server::MailServer, person, story::story};

#[tokio::test]
async fn a_letter_goes_from_the_page_to_the_mail_server() {
    let server = MailServer::start();
    story(
        "whole_way",
        &[("GOLUB__MAIL__SMTP_URL", server.url())],
        async |browser, golub| {
            person::signs_in(browser).await;
            person::adds_recipient(browser, "dove@example.com", "Ольга Голубева").await;
            assert_eq!(browser.complaints().await, Vec::<String>::new());
        },
    )
    .await;
}
