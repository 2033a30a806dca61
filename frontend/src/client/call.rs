//! One request, ready to be sent: where to, with which query, body and version.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use serde::Serialize;

use super::Method;

/// A request whose answer is a `T`. Two calls are equal when they ask for the same.
pub struct Call<T> {
    method: Method,
    url: String,
    body: Option<String>,
    if_match: Option<String>,
    idempotency_key: Option<String>,
    changes: bool,
    is_for_guests: bool,
    answer: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    pub(super) fn new(method: Method, url: String) -> Self {
        Self {
            method,
            url,
            body: None,
            if_match: None,
            idempotency_key: None,
            changes: method != Method::Get,
            is_for_guests: false,
            answer: PhantomData,
        }
    }

    /// Adds `name=value` to the query, unless the value is empty.
    pub fn query(mut self, name: &str, value: impl ToString) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.url
                .push(if self.url.contains('?') { '&' } else { '?' });
            self.url.push_str(name);
            self.url.push('=');
            push_encoded(&mut self.url, &value);
        }
        self
    }

    /// Gives the call a JSON body.
    pub fn body(mut self, body: &impl Serialize) -> Self {
        // Our own plain structs always become JSON; null would be refused by the API with a clear problem.
        self.body = Some(serde_json::to_string(body).unwrap_or_else(|_| "null".to_owned()));
        self
    }

    /// The change is only to be made to this version.
    pub fn if_match(mut self, etag: Option<&str>) -> Self {
        self.if_match = etag.map(str::to_owned);
        self
    }

    /// Creates once, however often the same form sends the same body: an answer may be lost, and the person tries again.
    pub fn once(mut self, form_key: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        self.body.hash(&mut hasher);
        self.idempotency_key = Some(format!("{form_key}-{:016x}", hasher.finish()));
        self
    }

    /// A POST that only asks for something: what was read before stays good.
    pub fn changing_nothing(mut self) -> Self {
        self.changes = false;
        self
    }

    pub(super) fn for_guests(mut self) -> Self {
        self.is_for_guests = true;
        self
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address without its query: two pages of one list have the same.
    pub fn path(&self) -> &str {
        self.url.split('?').next().unwrap_or_default()
    }

    pub(super) const fn method(&self) -> Method {
        self.method
    }

    pub(super) fn body_json(&self) -> Option<&str> {
        self.body.as_deref()
    }

    pub(super) fn if_match_header(&self) -> Option<&str> {
        self.if_match.as_deref()
    }

    pub(super) fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    pub(super) const fn changes(&self) -> bool {
        self.changes
    }

    pub(super) fn is_read(&self) -> bool {
        self.method == Method::Get
    }

    /// Signing in and refreshing answer 401 for reasons that a new token does not mend.
    pub(super) const fn is_repeatable_after_refresh(&self) -> bool {
        !self.is_for_guests
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self {
            method: self.method,
            url: self.url.clone(),
            body: self.body.clone(),
            if_match: self.if_match.clone(),
            idempotency_key: self.idempotency_key.clone(),
            changes: self.changes,
            is_for_guests: self.is_for_guests,
            answer: PhantomData,
        }
    }
}

impl<T> PartialEq for Call<T> {
    fn eq(&self, other: &Self) -> bool {
        self.method == other.method
            && self.url == other.url
            && self.body == other.body
            && self.if_match == other.if_match
    }
}

fn push_encoded(url: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                url.push(byte.into())
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_sends_the_same_again_has_the_same_key() {
        let create = |body: &str| {
            Call::<()>::new(Method::Post, String::new())
                .body(&body)
                .once("form")
        };
        assert_eq!(create("a").idempotency_key(), create("a").idempotency_key());
        assert_ne!(create("a").idempotency_key(), create("b").idempotency_key());
    }

    #[test]
    fn a_query_is_encoded_and_leaves_out_what_is_empty() {
        let call: Call<()> = Call::new(Method::Get, "/api/v1/recipients".to_owned())
            .query("search", "Анна & co")
            .query("after", "")
            .query("limit", 50);
        assert_eq!(
            call.url(),
            "/api/v1/recipients?search=%D0%90%D0%BD%D0%BD%D0%B0%20%26%20co&limit=50"
        );
        assert_eq!(call.path(), "/api/v1/recipients");
    }
}
