//! The page's lasting files, compressed once instead of for each reader.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{PoisonError, RwLock};

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, ContentEncoding, ContentType, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;

use super::is_hashed;
use crate::http::compression::{self, SMALLEST};
use crate::http::reply::PUBLIC_FOR_GOOD;

/// Larger ones come from a page built for development, whose reader sits at the same machine.
const LARGEST: u64 = 4 * 1024 * 1024;
const KINDS: [&str; 5] = ["css", "js", "json", "svg", "wasm"];

/// Brotli's 9 of 11: the last two take five times as long for a twentieth of the size.
const BROTLI_QUALITY: u32 = 9;
const GZIP_LEVEL: u32 = 9;

/// Compressed files by their path.
#[derive(Debug, Default)]
pub struct Compressed(RwLock<HashMap<String, Variants>>);

#[derive(Debug)]
struct Variants {
    brotli: Bytes,
    gzip: Bytes,
}

impl Compressed {
    /// Compresses all files below `folder` that are worth it.
    pub fn fill(&self, folder: &Path) {
        for path in lasting_files(folder, folder) {
            let Ok(content) = std::fs::read(folder.join(&path)) else {
                continue;
            };
            match compress(&content) {
                Ok(variants) => {
                    let mut files = self.0.write().unwrap_or_else(PoisonError::into_inner);
                    files.insert(path, variants);
                }
                Err(error) => tracing::warn!(%error, path, "a file is served uncompressed"),
            }
        }
    }

    /// The file in the best form that the reader takes; none if it is not here in such a form.
    pub fn answer(&self, request: &HttpRequest, path: &str) -> Option<HttpResponse> {
        let encoding = compression::chosen(request);
        let files = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let variants = files.get(path)?;
        let body = match encoding {
            ContentEncoding::Brotli => variants.brotli.clone(),
            ContentEncoding::Gzip => variants.gzip.clone(),
            _ => return None,
        };
        let kind = mime_guess::from_path(path).first_or_octet_stream();
        Some(
            HttpResponse::Ok()
                .insert_header(ContentType(kind))
                .insert_header((CONTENT_ENCODING, encoding.as_str()))
                .insert_header((CACHE_CONTROL, PUBLIC_FOR_GOOD))
                .insert_header((VARY, "Accept-Encoding"))
                .body(body),
        )
    }
}

/// The paths, below `root`, of the files in `folder` and its folders that never change and are worth compressing.
fn lasting_files(root: &Path, folder: &Path) -> Vec<String> {
    let Ok(entries) = folder.read_dir() else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in entries.flatten() {
        let (path, Ok(found)) = (entry.path(), entry.metadata()) else {
            continue;
        };
        if found.is_dir() {
            files.extend(lasting_files(root, &path));
            continue;
        }
        let name = entry.file_name();
        let kind = path.extension().and_then(|kind| kind.to_str());
        let is_worth_it = (SMALLEST as u64..=LARGEST).contains(&found.len())
            && kind.is_some_and(|kind| KINDS.contains(&kind))
            && name.to_str().is_some_and(is_hashed);
        if let (true, Some(path)) = (
            is_worth_it,
            path.strip_prefix(root).ok().and_then(Path::to_str),
        ) {
            files.push(path.to_owned());
        }
    }
    files
}

fn compress(content: &[u8]) -> std::io::Result<Variants> {
    Ok(Variants {
        brotli: compression::brotli(content, BROTLI_QUALITY)?.into(),
        gzip: compression::gzip(content, GZIP_LEVEL)?.into(),
    })
}
