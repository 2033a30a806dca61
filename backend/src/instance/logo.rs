//! The logo: a file of whoever runs the service, read once when it starts and served under a name made of its bytes.

use std::io::Cursor;
use std::path::Path;

use bytes::Bytes;
use image::{ImageFormat, ImageReader};

use crate::digest;

/// It is on every page.
const BYTES_LIMIT: u64 = 512 * 1024;

#[derive(Clone, Debug)]
pub struct Logo {
    /// Another file has another name, so that browsers may keep it for good.
    pub name: String,
    pub content_type: &'static str,
    pub bytes: Bytes,
}

impl Logo {
    pub fn open(file: &Path) -> Result<Self, String> {
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let size = file.metadata().map_err(|error| told(&error))?.len();
        if size > BYTES_LIMIT {
            return Err(told(&format!("larger than {} KiB", BYTES_LIMIT / 1024)));
        }
        let bytes = std::fs::read(file).map_err(|error| told(&error))?;
        let Some((content_type, kind)) = kind(&bytes) else {
            return Err(told(&"neither an SVG nor a PNG picture"));
        };
        Ok(Self {
            name: format!("{}.{kind}", digest::short(&bytes)),
            content_type,
            bytes: bytes.into(),
        })
    }

    /// Where the page finds it.
    pub fn url(&self) -> String {
        format!("/api/v1/instance/logo/{}", self.name)
    }
}

/// What the bytes are, whatever the file is called.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if image::guess_format(bytes).is_ok_and(|format| format == ImageFormat::Png) {
        let size = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png).into_dimensions();
        return size.is_ok().then_some(("image/png", "png"));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let is_svg = begins.starts_with('<') && text.contains("<svg") && text.contains("</svg>");
    is_svg.then_some(("image/svg+xml", "svg"))
}
