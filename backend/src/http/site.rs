//! The built page, served by the API's own process.
//!
//! A file whose name bears a hash never changes, and may be kept for ever. The page's own routes all answer with
//! `index.html`, which is asked about each time, with a Content-Security-Policy that lets in nothing but what this
//! service serves; the one inline script, the loader that the build makes, is let in by its hash.

use std::path::{Component, Path, PathBuf};

use actix_files::NamedFile;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::app::{App, StartError};
use crate::problem::ApiError;

/// What is not the page's, whatever its name.
const NOT_THE_PAGE: [&str; 3] = ["api", "health", "metrics"];

/// A folder with the built page.
#[derive(Debug)]
pub struct Site {
    folder: PathBuf,
    index: String,
    policy: HeaderValue,
}

impl Site {
    pub fn open(folder: &Path) -> Result<Self, StartError> {
        let file = folder.join("index.html");
        let unreadable = |error: &dyn std::fmt::Display| {
            StartError::Setting(format!("http.page: {}: {error}", file.display()))
        };
        let index = std::fs::read_to_string(&file).map_err(|error| unreadable(&error))?;
        let policy = HeaderValue::from_str(&policy(&index)).map_err(|error| unreadable(&error))?;
        Ok(Self {
            folder: folder.to_owned(),
            index,
            policy,
        })
    }

    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, ApiError> {
        let path = request.path().trim_start_matches('/');
        let first = path.split('/').next().unwrap_or_default();
        if NOT_THE_PAGE.contains(&first) {
            return Err(ApiError::NotFound);
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Err(ApiError::MethodNotAllowed("GET, HEAD".to_owned()));
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        if !name.contains('.') {
            return Ok(self.index());
        }
        if name == "index.html" {
            return Ok(self.index());
        }
        let file = self.file(path).ok_or(ApiError::NotFound)?;
        let file = NamedFile::open(&file).map_err(|_| ApiError::NotFound)?;
        let kept = if is_hashed(name) {
            "public, max-age=31536000, immutable"
        } else {
            "public, no-cache"
        };
        let mut response = file.into_response(request);
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        Ok(response)
    }

    fn index(&self) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CACHE_CONTROL, "no-cache"))
            .insert_header((CONTENT_SECURITY_POLICY, self.policy.clone()))
            .body(self.index.clone())
    }

    /// The file of this path, if the path stays inside the folder and names nothing hidden.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let path = Path::new(path);
        let plain = path.components().all(|component| match component {
            Component::Normal(name) => name.to_str().is_some_and(|name| !name.starts_with('.')),
            _ => false,
        });
        plain.then(|| self.folder.join(path))
    }
}

/// The page's answer, where the page is served.
pub fn page_or_nothing(request: &HttpRequest, app: &App) -> Result<HttpResponse, ApiError> {
    match &app.site {
        Some(site) => site.answer(request),
        None => Err(ApiError::NotFound),
    }
}

/// The build puts a hash of 16 hexadecimal digits into the names of what it makes.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_'])
        .any(|part| part.len() >= 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn policy(index: &str) -> String {
    let hashes: String = inline_scripts(index)
        .map(|script| {
            format!(
                " 'sha256-{}'",
                STANDARD.encode(Sha256::digest(script.as_bytes()))
            )
        })
        .collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; font-src 'self'; \
         img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'self'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inline_scripts_are_let_in_by_their_hash() {
        let html = "<script type=\"module\">import x</script><script src=\"/a.js\"></script>";
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["import x"]);
        assert!(policy(html).contains("'sha256-"));
    }

    #[test]
    fn a_hashed_name_is_told_from_a_plain_one() {
        assert!(is_hashed("golub-4f1c2a9b8d7e6f50_bg.wasm"));
        assert!(!is_hashed("inter-cyrillic-wght-normal.woff2"));
    }
}
