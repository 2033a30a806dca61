//! The page's lasting files, compressed once instead of for each reader.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::{PoisonError, RwLock};

use actix_web::http::header::{
    AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, ContentEncoding, ContentType, Encoding,
    Header, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;

use super::{FOR_EVER, is_hashed};

/// Smaller files gain nothing.
const SMALLEST: u64 = 512;
/// Larger ones come from a page built for development, whose reader sits at the same machine.
const LARGEST: u64 = 4 * 1024 * 1024;
const KINDS: [&str; 5] = ["css", "js", "json", "svg", "wasm"];

/// Brotli's 9 of 11: the last two take five times as long for a twentieth of the size.
const BROTLI_QUALITY: u32 = 9;
const BROTLI_WINDOW: u32 = 22;

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
        let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
        let chosen = AcceptEncoding::parse(request).ok()?;
        let Some(Encoding::Known(encoding)) = chosen.negotiate(offered.iter()) else {
            return None;
        };
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
                .insert_header((CACHE_CONTROL, FOR_EVER))
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
        let is_worth_it = (SMALLEST..=LARGEST).contains(&found.len())
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
    let mut brotli = Vec::new();
    let mut writer =
        brotli::CompressorWriter::new(&mut brotli, 64 * 1024, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(content)?;
    Ok(Variants {
        brotli: brotli.into(),
        gzip: gzip.finish()?.into(),
    })
}
