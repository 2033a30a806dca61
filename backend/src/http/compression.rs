//! Compressed forms of what many get: which of them a reader takes, and how they are made.

use std::io::Write as _;

use actix_web::HttpRequest;
use actix_web::http::header::{
    ACCEPT_ENCODING, AcceptEncoding, ContentEncoding, Encoding, Header as _,
};

/// Smaller ones gain nothing.
pub const SMALLEST: usize = 512;

const BROTLI_BUFFER: usize = 64 * 1024;
const BROTLI_WINDOW: u32 = 22;

/// The form that the reader likes best: brotli, gzip, or as it is.
pub fn chosen(request: &HttpRequest) -> ContentEncoding {
    if !request.headers().contains_key(ACCEPT_ENCODING) {
        return ContentEncoding::Identity;
    }
    let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let accepted = AcceptEncoding::parse(request).ok();
    match accepted.and_then(|accepted| accepted.negotiate(offered.iter())) {
        Some(Encoding::Known(encoding)) => encoding,
        _ => ContentEncoding::Identity,
    }
}

/// `quality` goes up to 11.
pub fn brotli(content: &[u8], quality: u32) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer =
        brotli::CompressorWriter::new(&mut packed, BROTLI_BUFFER, quality, BROTLI_WINDOW);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

/// `level` goes up to 9.
pub fn gzip(content: &[u8], level: u32) -> std::io::Result<Vec<u8>> {
    let level = flate2::Compression::new(level);
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), level);
    writer.write_all(content)?;
    writer.finish()
}
