//! A picture in sizes for the web: drawn anew, never larger than it was, each screen taking the one that it needs.
//!
//! Photographs become JPEG. What came without loss, such as a screenshot, stays without loss as WebP where that is
//! the smaller file, so that its lines stay sharp.

use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageFormat, ImageResult};

use super::pictures::{NotAPicture, decoded, jpeg, on_white};

/// A phone, a tablet or a narrow column, a wide screen.
const WIDTHS: [u32; 3] = [480, 960, 1600];
const WIDTH_LIMIT: u32 = 1600;
/// A picture that goes on for ever is no picture.
const HEIGHT_LIMIT: u32 = 3200;

/// A picture in all its sizes, the smallest first.
#[derive(Debug)]
pub struct WebPicture {
    pub kind: WebKind,
    pub sizes: Vec<WebSize>,
}

#[derive(Debug)]
pub struct WebSize {
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebKind {
    Jpeg,
    WebP,
}

impl WebKind {
    /// The end of a file's name.
    pub const fn end(self) -> &'static str {
        match self {
            WebKind::Jpeg => "jpg",
            WebKind::WebP => "webp",
        }
    }

    pub fn from_end(end: &str) -> Option<Self> {
        [WebKind::Jpeg, WebKind::WebP]
            .into_iter()
            .find(|kind| kind.end() == end)
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            WebKind::Jpeg => "image/jpeg",
            WebKind::WebP => "image/webp",
        }
    }
}

/// The sizes of a picture whose largest is this one, the smallest first.
pub fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    let smaller = WIDTHS.into_iter().filter(|smaller| *smaller < width);
    let mut sizes: Vec<(u32, u32)> = smaller
        .map(|smaller| (smaller, scaled(height, smaller, width)))
        .collect();
    sizes.push((width, height));
    sizes
}

pub(super) fn for_web(bytes: &[u8]) -> Result<WebPicture, NotAPicture> {
    let (picture, orientation) = decoded(bytes)?;
    let came_without_loss = !matches!(image::guess_format(bytes), Ok(ImageFormat::Jpeg));
    // Made small as it lies: turned, a large one would be there twice.
    let limits = match orientation {
        Orientation::NoTransforms
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical
        | Orientation::Rotate180 => (WIDTH_LIMIT, HEIGHT_LIMIT),
        _ => (HEIGHT_LIMIT, WIDTH_LIMIT),
    };
    let (width, height) = fitting((picture.width(), picture.height()), limits);
    let picture = on_white(picture);
    let mut largest = DynamicImage::ImageRgb8(resized(&picture, width, height).into_rgb8());
    drop(picture);
    largest.apply_orientation(orientation);
    drawn(&largest, came_without_loss).map_err(|_| NotAPicture)
}

fn drawn(largest: &DynamicImage, came_without_loss: bool) -> ImageResult<WebPicture> {
    let photograph = jpeg(largest)?;
    let (kind, last) = match came_without_loss.then(|| webp(largest)).transpose()? {
        Some(drawing) if drawing.len() <= photograph.len() => (WebKind::WebP, drawing),
        _ => (WebKind::Jpeg, photograph),
    };
    let mut drawn = Vec::new();
    for (width, height) in sizes(largest.width(), largest.height()) {
        let bytes = if width == largest.width() {
            last.clone()
        } else {
            let smaller = resized(largest, width, height);
            match kind {
                WebKind::Jpeg => jpeg(&smaller)?,
                WebKind::WebP => webp(&smaller)?,
            }
        };
        drawn.push(WebSize {
            width,
            height,
            bytes,
        });
    }
    Ok(WebPicture { kind, sizes: drawn })
}

fn webp(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut webp = Vec::new();
    let picture = picture.to_rgb8();
    let (width, height) = picture.dimensions();
    WebPEncoder::new_lossless(&mut webp).encode(
        picture.as_raw(),
        width,
        height,
        ExtendedColorType::Rgb8,
    )?;
    Ok(webp)
}

fn resized(picture: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    if (picture.width(), picture.height()) == (width, height) {
        picture.clone()
    } else {
        picture.resize_exact(width, height, FilterType::Lanczos3)
    }
}

/// As large as it may be, in the same shape.
fn fitting((width, height): (u32, u32), (widest, highest): (u32, u32)) -> (u32, u32) {
    let (mut w, mut h) = (width, height);
    if w > widest {
        (w, h) = (widest, scaled(h, widest, w));
    }
    if h > highest {
        (w, h) = (scaled(w, highest, h), highest);
    }
    (w, h)
}

/// `length * numerator / denominator`, rounded, and never nothing.
fn scaled(length: u32, numerator: u32, denominator: u32) -> u32 {
    let (length, numerator, denominator) = (
        u64::from(length),
        u64::from(numerator),
        u64::from(denominator.max(1)),
    );
    let scaled = (length * numerator + denominator / 2) / denominator;
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_the_shape_and_never_grow() {
        assert_eq!(sizes(300, 200), [(300, 200)]);
        assert_eq!(sizes(480, 200), [(480, 200)]);
        assert_eq!(sizes(1000, 500), [(480, 240), (960, 480), (1000, 500)]);
        assert_eq!(sizes(1600, 1), [(480, 1), (960, 1), (1600, 1)]);
        let limits = (WIDTH_LIMIT, HEIGHT_LIMIT);
        assert_eq!(fitting((4000, 3000), limits), (1600, 1200));
        assert_eq!(fitting((100, 12_000), limits), (27, 3200));
        assert_eq!(fitting((12_000, 2), limits), (1600, 1));
        assert_eq!(fitting((640, 480), limits), (640, 480));
    }
}
