//! The built page, served by the API's own process.
//!
//! A file whose name bears a hash never changes, and may be kept for ever. The page's own routes all answer with
//! `index.html`, which is asked about each time, with a Content-Security-Policy that lets in nothing but what this
//! service serves; the one inline script, the loader that the build makes, is let in by its hash. In the head of a
//! published article's path stands what is shown where its link is shared; nothing else of the page changes.

mod compressed;
mod index;
mod policy;

use std::path::{Component, Path, PathBuf};

use actix_files::NamedFile;
use actix_web::body::MessageBody;
use actix_web::http::Method;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, HeaderValue, LOCATION, VARY,
};
use actix_web::{HttpRequest, HttpResponse};

use self::compressed::Compressed;
use self::index::Index;
use crate::app::App;
use crate::blog::sharing::{self, Shared};
use crate::http::reply::PUBLIC_FOR_GOOD;
use crate::instance::Logo;
use crate::problem::ApiError;
use crate::start_error::StartError;

/// What is not the page's, whatever its name.
const NOT_THE_PAGE: [&str; 3] = ["api", "health", "metrics"];

/// A folder with the built page.
#[derive(Debug)]
pub struct Site {
    folder: PathBuf,
    index: Index,
    policy: HeaderValue,
    compressed: Compressed,
}

impl Site {
    pub fn open(folder: &Path, name: &str, logo: Option<&Logo>) -> Result<Self, StartError> {
        let file = folder.join("index.html");
        let unreadable = |error: &dyn std::fmt::Display| {
            StartError::Setting(format!("http.page: {}: {error}", file.display()))
        };
        let html = std::fs::read_to_string(&file).map_err(|error| unreadable(&error))?;
        let index = Index::read(&html, name, logo)
            .ok_or_else(|| unreadable(&"has no title, and is not the built page"))?;
        let policy =
            HeaderValue::from_str(&policy::policy(&html)).map_err(|error| unreadable(&error))?;
        Ok(Self {
            folder: folder.to_owned(),
            index,
            policy,
            compressed: Compressed::default(),
        })
    }

    /// Compresses the files that never change. Takes seconds; until then they are served as they are.
    pub fn compress(&self) {
        self.compressed.fill(&self.folder);
    }

    async fn answer(&self, request: &HttpRequest, app: &App) -> Result<HttpResponse, ApiError> {
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
            return Ok(match sharing::of_path(app, request.path()).await {
                None => self.index(self.index.plain()),
                Some(Shared::Head(head)) => {
                    self.index(self.index.with(&String::from_utf8_lossy(&head.body.bytes)))
                }
                Some(Shared::Moved(path)) => moved(&path),
            });
        }
        if name == "index.html" {
            return Ok(self.index(self.index.plain()));
        }
        let file = self.file(path).ok_or(ApiError::NotFound)?;
        if !is_hashed(name) {
            return served(request, &file, "public, no-cache");
        }
        if let Some(response) = self.compressed.answer(request, path) {
            return Ok(response);
        }
        let mut response = served(request, &file, PUBLIC_FOR_GOOD)?;
        // What is not compressed yet shall not be compressed for each request anew.
        let headers = response.headers_mut();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        Ok(response)
    }

    fn index(&self, html: impl MessageBody + 'static) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CACHE_CONTROL, "no-cache"))
            .insert_header((CONTENT_SECURITY_POLICY, self.policy.clone()))
            .body(html)
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

/// To where something is now. It may move again.
fn moved(path: &str) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((LOCATION, path))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .finish()
}

fn served(
    request: &HttpRequest,
    file: &Path,
    kept: &'static str,
) -> Result<HttpResponse, ApiError> {
    let is_file = file.metadata().is_ok_and(|found| found.is_file());
    let file = NamedFile::open(file)
        .ok()
        .filter(|_| is_file)
        .ok_or(ApiError::NotFound)?;
    let mut response = file.into_response(request);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    Ok(response)
}

/// The page's answer, where the page is served.
pub async fn page_or_nothing(request: &HttpRequest, app: &App) -> Result<HttpResponse, ApiError> {
    match &app.site {
        Some(site) => site.answer(request, app).await,
        None => Err(ApiError::NotFound),
    }
}

/// The build puts a hash of 16 hexadecimal digits into the names of what it makes.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_'])
        .any(|part| part.len() >= 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_is_told_from_a_plain_one() {
        assert!(is_hashed("golub-4f1c2a9b8d7e6f50_bg.wasm"));
        assert!(!is_hashed("inter-cyrillic-wght-normal.woff2"));
    }
}
