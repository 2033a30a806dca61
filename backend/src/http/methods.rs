//! Which methods a path takes: where none of the handlers answers, this tells a wrong method from a wrong path.

use utoipa::openapi::{OpenApi, PathItem};

/// The paths of all operations, each with its methods.
#[derive(Clone, Debug)]
pub struct Methods(Vec<(String, Vec<&'static str>)>);

impl Methods {
    pub fn of(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        Self(
            paths
                .map(|(path, item)| (path.clone(), methods(item)))
                .collect(),
        )
    }

    /// What a path takes, as `Allow` has it; none if there is no such path.
    pub fn allowed(&self, path: &str) -> Option<String> {
        // `/messages/preview` is also a `/messages/{id}`.
        let mut found: Vec<&str> = self
            .0
            .iter()
            .filter(|(template, _)| is_like(path, template))
            .flat_map(|(_, methods)| methods.iter().copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        (!found.is_empty()).then(|| found.join(", "))
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    [
        ("GET", &item.get),
        ("HEAD", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ]
    .into_iter()
    .filter(|(_, operation)| operation.is_some())
    .map(|(method, _)| method)
    .collect()
}

fn is_like(path: &str, template: &str) -> bool {
    let (mut parts, mut places) = (path.split('/'), template.split('/'));
    loop {
        match (parts.next(), places.next()) {
            (None, None) => return true,
            (Some(part), Some(place)) if place.starts_with('{') && !part.is_empty() => {}
            (Some(part), Some(place)) if part == place => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_take_anything_and_words_themselves() {
        let template = "/api/v1/mailings/{id}/stop";
        assert!(is_like("/api/v1/mailings/7/stop", template));
        for other in [
            "/api/v1/mailings//stop",
            "/api/v1/mailings/7",
            "/api/v1/mailings/7/stop/",
            "/api/v1/mailings/7/start",
        ] {
            assert!(!is_like(other, template), "{other}");
        }
    }
}
