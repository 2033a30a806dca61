//! Reading what the API answered.

use std::rc::Rc;

use contract::problem::{ErrorCode, Problem};
use gloo_net::http::Response;
use serde::de::DeserializeOwned;

use super::{Answer, CallError};

/// What the header says where the API says nothing else.
const USUAL_WAIT: u64 = 60;

pub async fn answer<T: DeserializeOwned>(response: &Response) -> Result<Answer<T>, CallError> {
    if !response.ok() {
        return Err(refusal(response).await);
    }
    let etag = response.headers().get("etag");
    let text = response.text().await.map_err(|_| CallError::Unreachable)?;
    Ok(Answer {
        value: value(&text, response.status())?,
        etag,
    })
}

pub async fn refusal(response: &Response) -> CallError {
    let wait = response.headers().get("retry-after");
    match response.text().await {
        Ok(text) => problem(&text, response.status(), wait.as_deref()),
        Err(_) => CallError::Unreachable,
    }
}

/// What a body says; 204 has none, and `()` reads itself from null.
pub fn value<T: DeserializeOwned>(text: &str, status: u16) -> Result<T, CallError> {
    let json = if text.is_empty() { "null" } else { text };
    serde_json::from_str(json).map_err(|_| CallError::Unreadable(status))
}

/// What a body says went wrong, and the `Retry-After` beside it.
pub fn problem(text: &str, status: u16, wait: Option<&str>) -> CallError {
    match serde_json::from_str::<Problem>(text) {
        Ok(problem) if problem.code == ErrorCode::TooManyRequests => {
            let seconds = wait.and_then(|seconds| seconds.trim().parse().ok());
            CallError::TooSoon(seconds.unwrap_or(USUAL_WAIT))
        }
        Ok(problem) => CallError::Refused(Rc::new(problem)),
        Err(_) => CallError::Unreadable(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_tries_say_how_long_to_wait() {
        let body = r#"{"type":"about:blank","title":"Too Many Requests","status":429,"code":"too_many_requests","detail":"wait"}"#;
        assert_eq!(problem(body, 429, Some("90")), CallError::TooSoon(90));
        assert_eq!(problem(body, 429, None), CallError::TooSoon(USUAL_WAIT));
    }

    #[test]
    fn what_is_not_the_apis_own_answer_is_called_so() {
        let answer = problem("<html>Bad Gateway</html>", 502, None);
        assert_eq!(answer, CallError::Unreadable(502));
    }

    #[test]
    fn no_body_is_nothing() {
        assert_eq!(value::<()>("", 204), Ok(()));
        assert_eq!(value::<u64>("", 200), Err(CallError::Unreadable(200)));
    }
}
