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
    is_for_guests: bool,
    answer: PhantomData<fn() -> T>,
}

impl<T> Operation<T> {
    pub const fn new(method: Method, path: &'static str) -> Self {
        Self {
            method,
            path,
            is_for_guests: false,
            answer: PhantomData,
        }
    }

    /// It needs no access token: where it answers 401, a new one mends nothing.
    pub const fn for_guests(self) -> Self {
        Self {
            is_for_guests: true,
            ..self
        }
    }

    pub const fn name(&self) -> (Method, &'static str) {
        (self.method, self.path)
    }

    /// A call without any id in its path.
    pub fn call(&self) -> Call<T> {
        self.to(format!("{BASE}{}", self.path))
    }

    /// A call about one thing: its id, its token or its slug takes the one place in the path.
    pub fn of(&self, id: impl fmt::Display) -> Call<T> {
        let (before, rest) = self.path.split_once('{').unwrap_or((self.path, ""));
        let (_, after) = rest.split_once('}').unwrap_or_default();
        self.to(format!("{BASE}{before}{id}{after}"))
    }

    fn to(&self, url: String) -> Call<T> {
        let call = Call::new(self.method, url);
        match self.is_for_guests {
            true => call.for_guests(),
            false => call,
        }
    }

    /// A call that changes one thing, unless it is no longer as it was read.
    pub fn at(&self, version: &Version) -> Call<T> {
        let Version { id, etag } = version;
        self.of(id).if_match(etag.as_deref())
    }
}

/// The operations of a feature: `LIST: Get "/recipients" -> Page<RecipientView>;`, with `, for_guests` behind the answer
/// where [`Operation::for_guests`] holds.
#[macro_export]
macro_rules! operations {
    ($($(#[$comment:meta])* $name:ident: $method:ident $path:literal -> $answer:ty $(, $access:ident)?;)*) => {
        $($(#[$comment])* pub const $name: $crate::client::Operation<$answer> =
            $crate::client::Operation::new($crate::client::Method::$method, $path)$(.$access())?;)*

        #[test]
        fn every_operation_used_is_in_the_api_document() {
            $crate::client::operation::look_at_operations(&[$($name.name()),*]);
        }
    };
}

/// Each of these is an operation of openapi.yaml: `operations!` asks it of its own.
#[cfg(test)]
pub fn look_at_operations(used: &[(Method, &str)]) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
    let documented = documented(&std::fs::read_to_string(file).expect("openapi.yaml is readable"));
    for (method, path) in used {
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

/// `(method, path)` of every operation in the document, read by its indentation.
#[cfg(test)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_token_helps_all_but_what_guests_may_do() {
        let read: Operation<()> = Operation::new(Method::Get, "/recipients/{id}");
        assert!(read.of(7).is_repeatable_after_refresh());
        let log_in: Operation<()> = Operation::new(Method::Post, "/auth/login").for_guests();
        assert!(!log_in.call().is_repeatable_after_refresh());
    }

    #[test]
    fn an_id_takes_its_place_in_the_path() {
        let read: Operation<()> = Operation::new(Method::Get, "/recipients/{id}/timeline");
        assert_eq!(read.of(7).url(), "/api/v1/recipients/7/timeline");
    }
}
