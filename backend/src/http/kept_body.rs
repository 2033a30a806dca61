//! The body of an answer that many get: its bytes, its tag, and the compressed forms that some have asked for, each
//! made once.

use std::sync::OnceLock;

use actix_web::HttpRequest;
use actix_web::http::header::ContentEncoding;
use bytes::Bytes;

use super::compression::{self, SMALLEST};
use super::version;

/// Brotli's 5 of 11 and gzip's 6 of 9: a few milliseconds for the largest article, and most of the gain.
const BROTLI_QUALITY: u32 = 5;
const GZIP_LEVEL: u32 = 6;

#[derive(Debug)]
pub struct KeptBody {
    pub bytes: Bytes,
    pub tag: String,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl KeptBody {
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
        let encoding = if self.bytes.len() < SMALLEST {
            ContentEncoding::Identity
        } else {
            compression::chosen(request)
        };
        // Into memory nothing fails to be written.
        let bytes = match encoding {
            ContentEncoding::Brotli => self.brotli.get_or_init(|| {
                let packed = compression::brotli(&self.bytes, BROTLI_QUALITY);
                packed.unwrap_or_default().into()
            }),
            ContentEncoding::Gzip => self.gzip.get_or_init(|| {
                let packed = compression::gzip(&self.bytes, GZIP_LEVEL);
                packed.unwrap_or_default().into()
            }),
            _ => return (ContentEncoding::Identity, self.bytes.clone()),
        };
        (encoding, bytes.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use actix_web::http::header::ACCEPT_ENCODING;
    use actix_web::test::TestRequest;

    use super::*;

    fn asked(body: &KeptBody, accepted: &str) -> (ContentEncoding, Bytes) {
        let request = TestRequest::get().insert_header((ACCEPT_ENCODING, accepted));
        body.form(&request.to_http_request())
    }

    #[test]
    fn each_reader_gets_the_form_they_take_and_it_is_made_once() {
        let text = "Water boils. ".repeat(100).into_bytes();
        let body = KeptBody::new(text.clone(), 1);
        let (encoding, form) = asked(&body, "gzip, br");
        assert_eq!(encoding, ContentEncoding::Brotli);
        let mut read = Vec::new();
        let mut reader = brotli::Decompressor::new(&*form, 4096);
        reader.read_to_end(&mut read).unwrap();
        assert_eq!(read, text);
        let again = asked(&body, "br").1;
        assert_eq!(again.as_ptr(), form.as_ptr());
        let (encoding, form) = asked(&body, "gzip");
        assert_eq!(encoding, ContentEncoding::Gzip);
        let mut read = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(&*form);
        reader.read_to_end(&mut read).unwrap();
        assert_eq!(read, text);
        for accepted in ["identity", "deflate", "br;q=0, gzip;q=0"] {
            let plain = asked(&body, accepted);
            assert_eq!(plain, (ContentEncoding::Identity, body.bytes.clone()));
        }
    }

    #[test]
    fn what_is_short_stays_as_it_is() {
        let body = KeptBody::new(b"Water".to_vec(), 1);
        assert_eq!(asked(&body, "br").0, ContentEncoding::Identity);
    }
}
