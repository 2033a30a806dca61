//! The operations of the API that the page uses, each with the type of its answer.

use std::fmt;
use std::marker::PhantomData;

use super::{Call, Version};

/// Where the API lives.
pub const BASE: &str = "/api/v1";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One operation: `GET /recipients/{id}` gives a `RecipientView`.
pub struct Operation<T> {
    pub method: Method,
    pub path: &'static str,
    answer: PhantomData<fn() -> T>,
}

impl<T> Operation<T> {
    pub const fn new(method: Method, path: &'static str) -> Self {
        Self {
            method,
            path,
            answer: PhantomData,
        }
    }

    pub const fn name(&self) -> (Method, &'static str) {
        (self.method, self.path)
    }

    /// A call without any id in its path.
    pub fn call(&self) -> Call<T> {
        Call::new(self.method, format!("{BASE}{}", self.path))
    }

    /// A call about one thing: its id, its token or its slug takes the one place in the path.
    pub fn of(&self, id: impl fmt::Display) -> Call<T> {
        let path = self.path.replace("{id}", &id.to_string());
        let path = path.replace("{token}", &id.to_string());
        let path = path.replace("{slug}", &id.to_string());
        Call::new(self.method, format!("{BASE}{path}"))
    }

    /// A call that changes one thing, unless it is no longer as it was read.
    pub fn at(&self, version: &Version) -> Call<T> {
        let Version { id, etag } = version;
        self.of(id).if_match(etag.as_deref())
    }
}

/// The operations of a feature: `LIST: Get "/recipients" -> Page<RecipientView>;`.
#[macro_export]
macro_rules! operations {
    ($($(#[$comment:meta])* $name:ident: $method:ident $path:literal -> $answer:ty;)*) => {
        $($(#[$comment])* pub const $name: $crate::client::Operation<$answer> =
            $crate::client::Operation::new($crate::client::Method::$method, $path);)*

        /// All of them, for the test that compares them with openapi.yaml.
        pub const OPERATIONS: &[($crate::client::Method, &str)] = &[$($name.name()),*];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    const USED: &[&[(Method, &str)]] = &[
        crate::session::calls::OPERATIONS,
        crate::audit::calls::OPERATIONS,
        crate::accounts::calls::OPERATIONS,
        crate::blog::calls::OPERATIONS,
        crate::captured_mail::calls::OPERATIONS,
        crate::delivery::calls::OPERATIONS,
        crate::home::calls::OPERATIONS,
        crate::mail_servers::calls::OPERATIONS,
        crate::mailings::calls::OPERATIONS,
        crate::messages::calls::OPERATIONS,
        crate::notices::calls::OPERATIONS,
        crate::profile::keys::calls::OPERATIONS,
        crate::profile::calls::OPERATIONS,
        crate::recipients::calls::OPERATIONS,
        crate::statistics::calls::OPERATIONS,
        crate::unsubscribing::calls::OPERATIONS,
        crate::users::calls::OPERATIONS,
        crate::users::invitations::calls::OPERATIONS,
    ];

    /// `(method, path)` of every operation in the document, read by its indentation.
    fn documented(yaml: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut path = String::new();
        for line in yaml.lines() {
            let key = line.trim().trim_end_matches(':').trim_matches(['\'', '"']);
            if line.starts_with("  /") {
                path = key.to_owned();
            } else if line.starts_with("    ") && !line.starts_with("     ") {
                found.push((key.to_owned(), path.clone()));
            } else if !line.starts_with(' ') {
                path.clear();
            }
        }
        found
    }

    #[test]
    fn every_operation_used_is_in_the_api_document() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
        let documented =
            documented(&std::fs::read_to_string(file).expect("openapi.yaml is readable"));
        for (method, path) in USED.iter().copied().flatten() {
            let operation = (
                format!("{method:?}").to_lowercase(),
                format!("{BASE}{path}"),
            );
            assert!(
                documented.contains(&operation),
                "not in openapi.yaml: {operation:?}"
            );
        }
    }

    #[test]
    fn an_id_takes_its_place_in_the_path() {
        let read: Operation<()> = Operation::new(Method::Get, "/recipients/{id}/timeline");
        assert_eq!(read.of(7).url(), "/api/v1/recipients/7/timeline");
    }
}
