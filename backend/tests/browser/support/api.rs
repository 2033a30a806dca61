//! The API as a program would use it, for what a story needs but does not tell: asked from within the
//! browser, so that no second HTTP client is needed.

use serde_json::{Value, json};

use super::{
    browser::Browser,
    golub::{ADMIN, PASSWORD},
};

/// An access token of the administrator.
pub async fn token(browser: &Browser) -> String {
    token_of(browser, ADMIN).await
}

/// An access token of an account that the story began with: a session beside those in browsers.
pub async fn token_of(browser: &Browser, email: &str) -> String {
    token_with(browser, email, PASSWORD).await
}

/// The same for an account with a password of its own.
pub async fn token_with(browser: &Browser, email: &str, password: &str) -> String {
    let login = json!({ "email": email, "password": password });
    let answer = post(browser, "", "auth/login", &login).await;
    answer["access_token"].as_str().expect("a token").to_owned()
}

pub async fn get(browser: &Browser, token: &str, path: &str) -> Value {
    ask(browser, token, "GET", path, &Value::Null).await
}

/// Posts a document; gives the answer's.
pub async fn post(browser: &Browser, token: &str, path: &str, document: &Value) -> Value {
    ask(browser, token, "POST", path, document).await
}

/// Changes something; gives the answer's document.
pub async fn patch(browser: &Browser, token: &str, path: &str, document: &Value) -> Value {
    ask(browser, token, "PATCH", path, document).await
}

pub async fn delete(browser: &Browser, token: &str, path: &str) {
    ask(browser, token, "DELETE", path, &Value::Null).await;
}

async fn ask(browser: &Browser, token: &str, method: &str, path: &str, document: &Value) -> Value {
    let script = "const [token, method, path, document] = given;
        const headers = {
            ...(document && { 'Content-Type': 'application/json' }),
            ...(token && { Authorization: `Bearer ${token}` }),
        };
        const body = document && JSON.stringify(document);
        const answer = await fetch(`/api/v1/${path}`, { method, headers, body, credentials: 'omit' });
        if (!answer.ok) throw `${answer.status} ${await answer.text()}`;
        return JSON.parse((await answer.text()) || 'null');";
    let given = vec![json!(token), json!(method), json!(path), document.clone()];
    browser.evaluate(script, given).await
}
