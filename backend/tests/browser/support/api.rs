//! The API as a program would use it, for what a story needs but does not tell: asked from within the
//! browser, so that no second HTTP client is needed.

use serde_json::{Value, json};

use super::{
    browser::Browser,
    golub::{ADMIN, PASSWORD},
};

/// An access token of the administrator.
pub async fn token(browser: &Browser) -> String {
    let answer = post(
        browser,
        "",
        "auth/login",
        &json!({ "email": ADMIN, "password": PASSWORD }),
    )
    .await;
    answer["access_token"].as_str().expect("a token").to_owned()
}

/// Posts a document; gives the answer's.
pub async fn post(browser: &Browser, token: &str, path: &str, document: &Value) -> Value {
    let script = "const [token, path, document] = given;
        const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
        const answer = await fetch(`/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(document), credentials: 'omit' });
        if (!answer.ok) throw `${answer.status} ${await answer.text()}`;
        return await answer.json();";
    browser
        .evaluate(script, vec![json!(token), json!(path), document.clone()])
        .await
}
