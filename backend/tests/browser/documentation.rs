//! The API's description for people: Swagger UI, from our own files, under its own policy.

use crate::support::{api, story::story};

#[tokio::test]
async fn one_authorises_at_the_description_and_tries_an_operation() {
    story("documentation", &[], async |browser, golub| {
        browser.go("/api/docs/").await;
        let token = api::token(browser).await;

        browser.find("//button[contains(@class, 'authorize')]").await.click().await.unwrap();
        let field = browser.find("//div[contains(@class, 'auth-container')]//input").await;
        field.send_keys(&token).await.unwrap();
        browser.find("//div[contains(@class, 'auth-btn-wrapper')]/button[contains(@class, 'authorize')]").await.click().await.unwrap();
        browser.find("//div[contains(@class, 'auth-btn-wrapper')]/button[contains(@class, 'btn-done')]").await.click().await.unwrap();

        let operation = "//div[contains(@class, 'opblock-get')][.//span[@data-path='/api/v1/recipients']]";
        browser.find(&format!("{operation}//button[contains(@class, 'opblock-summary-control')]")).await.click().await.unwrap();
        browser.find(&format!("{operation}//button[contains(@class, 'try-out__btn')]")).await.click().await.unwrap();
        browser.find(&format!("{operation}//button[contains(@class, 'execute')]")).await.click().await.unwrap();
        let answer = "//table[contains(@class, 'live-responses-table')]//td[contains(@class, 'response-col_status')]";
        browser.find(&format!("{operation}{answer}[starts-with(normalize-space(.), '200')]")).await;

        assert_eq!(browser.complaints().await, Vec::<String>::new(), "{}", golub.log());
    })
    .await;
}
