//! Pictures that people give, made small and plain.
//!
//! A picture is decoded and drawn anew: nothing of its file is kept, neither where it was taken nor with what, nor
//! anything hidden behind it. How large it claims to be is looked at before anything is decoded.

use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, ImageResult, Limits, Rgb, RgbImage,
};
use tokio::sync::Semaphore;

pub use super::web::{WebKind, WebPicture, WebSize, sizes};
use super::{web, whole};
use crate::problem::ApiError;

/// Pictures worked on at once. Each may take some hundred megabytes for a moment.
const AT_ONCE: usize = 2;
/// The longest side of a picture, in pixels.
const SIDE_LIMIT: u32 = 12_000;
/// What a decoded picture may take: some 33 million pixels in colour.
const DECODED_LIMIT: u64 = 96 * 1024 * 1024;
const QUALITY: u8 = 85;

/// Works on pictures, a few at a time, beside the requests.
#[derive(Clone, Debug)]
pub struct Pictures(Arc<Semaphore>);

/// Not a JPEG, PNG or WebP, or one that cannot be decoded within the limits.
#[derive(Debug)]
pub struct NotAPicture;

impl Pictures {
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }

    /// The middle of a picture as a JPEG of `side` by `side` pixels.
    pub async fn square(
        &self,
        bytes: Bytes,
        side: u32,
    ) -> Result<Result<Vec<u8>, NotAPicture>, ApiError> {
        self.in_turn(move || square(&bytes, side)).await
    }

    /// The whole picture in sizes for the web.
    pub async fn for_web(&self, bytes: Bytes) -> Result<Result<WebPicture, NotAPicture>, ApiError> {
        self.in_turn(move || web::for_web(&bytes)).await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let turns = self.0.clone();
        let turn = turns.acquire_owned().await.map_err(ApiError::ours)?;
        let work = move || {
            // The turn ends with the work, also when nobody waits for it any more.
            let _turn = turn;
            work()
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(ApiError::ours)
    }
}

impl Default for Pictures {
    fn default() -> Self {
        Self::new()
    }
}

fn square(bytes: &[u8], side: u32) -> Result<Vec<u8>, NotAPicture> {
    let (picture, orientation) = decoded(bytes)?;
    drawn(picture, orientation, side).map_err(|_| NotAPicture)
}

/// The picture as it lies in its file, and how it is to be turned.
pub(super) fn decoded(bytes: &[u8]) -> Result<(DynamicImage, Orientation), NotAPicture> {
    // What it is called does not matter: its first bytes tell what it is.
    let whole = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => whole::jpeg(bytes),
        Ok(ImageFormat::WebP) => whole::webp(bytes),
        // Its chunks have checksums, which the decoder looks at.
        Ok(ImageFormat::Png) => true,
        _ => false,
    };
    if !whole {
        return Err(NotAPicture);
    }
    within_limits(bytes).map_err(|_| NotAPicture)
}

fn within_limits(bytes: &[u8]) -> ImageResult<(DynamicImage, Orientation)> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(SIDE_LIMIT);
    limits.max_image_height = Some(SIDE_LIMIT);
    limits.max_alloc = Some(DECODED_LIMIT);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

fn drawn(picture: DynamicImage, orientation: Orientation, side: u32) -> ImageResult<Vec<u8>> {
    // First cut, then made small: the other way round a long line would grow beyond all limits.
    let small = on_white(middle(picture)).resize_exact(side, side, FilterType::Lanczos3);
    let mut small = DynamicImage::ImageRgb8(small.into_rgb8());
    small.apply_orientation(orientation);
    jpeg(&small)
}

pub(super) fn jpeg(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(picture)?;
    Ok(jpeg)
}

/// The largest square in the middle.
fn middle(picture: DynamicImage) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let side = width.min(height);
    picture.crop_imm((width - side) / 2, (height - side) / 2, side, side)
}

/// A JPEG has nothing to see through. Before it is made small, so that no edge takes on what was not to be seen.
pub(super) fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let picture = picture.into_rgba8();
    let mut solid = RgbImage::new(picture.width(), picture.height());
    for (from, to) in picture.pixels().zip(solid.pixels_mut()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over = |colour: u32| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8;
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    DynamicImage::ImageRgb8(solid)
}
