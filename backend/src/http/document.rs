//! A document that many get: its bytes, its tag, and the compressed forms that some have asked for, each made once.

use std::io::Write as _;
use std::sync::OnceLock;

use actix_web::HttpRequest;
use actix_web::http::header::{
    ACCEPT_ENCODING, AcceptEncoding, ContentEncoding, Encoding, Header as _,
};
use bytes::Bytes;

use super::version;

/// Smaller ones gain nothing.
const SMALLEST: usize = 512;
/// Brotli's 5 of 11 and gzip's 6 of 9: a few milliseconds for the largest article, and most of the gain.
const BROTLI_QUALITY: u32 = 5;
const BROTLI_WINDOW: u32 = 22;
const GZIP_LEVEL: u32 = 6;

#[derive(Debug)]
pub struct Document {
    pub bytes: Bytes,
    pub tag: String,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl Document {
    pub fn new(bytes: Vec<u8>, version: i64) -> Self {
        Self {
            tag: version::tag(version, &bytes),
            bytes: bytes.into(),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// The form that the reader likes best.
    pub fn form(&self, request: &HttpRequest) -> (ContentEncoding, Bytes) {
        match self.chosen(request) {
            ContentEncoding::Brotli => {
                let form = self.brotli.get_or_init(|| self.packed(brotli));
                (ContentEncoding::Brotli, form.clone())
            }
            ContentEncoding::Gzip => {
                let form = self.gzip.get_or_init(|| self.packed(gzip));
                (ContentEncoding::Gzip, form.clone())
            }
            _ => (ContentEncoding::Identity, self.bytes.clone()),
        }
    }

    fn chosen(&self, request: &HttpRequest) -> ContentEncoding {
        if self.bytes.len() < SMALLEST || !request.headers().contains_key(ACCEPT_ENCODING) {
            return ContentEncoding::Identity;
        }
        let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
        let chosen = AcceptEncoding::parse(request).ok();
        match chosen.and_then(|accepted| accepted.negotiate(offered.iter())) {
            Some(Encoding::Known(encoding)) => encoding,
            _ => ContentEncoding::Identity,
        }
    }

    fn packed(&self, pack: fn(&[u8]) -> std::io::Result<Vec<u8>>) -> Bytes {
        // Into memory nothing fails to be written.
        pack(&self.bytes).unwrap_or_default().into()
    }
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer =
        brotli::CompressorWriter::new(&mut packed, 16 * 1024, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let level = flate2::Compression::new(GZIP_LEVEL);
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), level);
    writer.write_all(content)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use actix_web::test::TestRequest;

    use super::*;

    fn asked(document: &Document, accepted: &str) -> (ContentEncoding, Bytes) {
        let request = TestRequest::get().insert_header((ACCEPT_ENCODING, accepted));
        document.form(&request.to_http_request())
    }

    #[test]
    fn each_reader_gets_the_form_they_take_and_it_is_made_once() {
        let text = "Water boils. ".repeat(100).into_bytes();
        let document = Document::new(text.clone(), 1);
        let (encoding, form) = asked(&document, "gzip, br");
        assert_eq!(encoding, ContentEncoding::Brotli);
        let mut read = Vec::new();
        let mut reader = brotli::Decompressor::new(&*form, 4096);
        reader.read_to_end(&mut read).unwrap();
        assert_eq!(read, text);
        let again = asked(&document, "br").1;
        assert_eq!(again.as_ptr(), form.as_ptr());
        let (encoding, form) = asked(&document, "gzip");
        assert_eq!(encoding, ContentEncoding::Gzip);
        let mut read = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(&*form);
        reader.read_to_end(&mut read).unwrap();
        assert_eq!(read, text);
        for accepted in ["identity", "deflate", "br;q=0, gzip;q=0"] {
            let plain = asked(&document, accepted);
            assert_eq!(plain, (ContentEncoding::Identity, document.bytes.clone()));
        }
    }

    #[test]
    fn what_is_short_stays_as_it_is() {
        let document = Document::new(b"Water".to_vec(), 1);
        assert_eq!(asked(&document, "br").0, ContentEncoding::Identity);
    }
}
