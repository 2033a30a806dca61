//! Pictures to send: four coloured quarters, so that it can be seen how one lies.

use std::io::Cursor;

use actix_web::test::TestRequest;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::client::{Answer, Client};

pub const RED: [u8; 3] = [220, 30, 30];
pub const GREEN: [u8; 3] = [30, 160, 30];
pub const BLUE: [u8; 3] = [30, 30, 220];
pub const WHITE: [u8; 3] = [255, 255, 255];

/// Red and green above, blue and white below.
pub fn quarters(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let drawn = RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    });
    encoded(&DynamicImage::ImageRgb8(drawn), format)
}

pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Small files of pictures that would be large.
pub fn bombs() -> [Vec<u8>; 5] {
    let mut wide_jpeg = quarters(8, 8, ImageFormat::Jpeg);
    let frame = wide_jpeg.windows(2).position(|two| two == [0xFF, 0xC0]);
    let frame = frame.unwrap();
    wide_jpeg[frame + 5..frame + 9].copy_from_slice(&[0x2E, 0xE0, 0x2E, 0xE0]);
    let mut webp = quarters(8, 8, ImageFormat::WebP);
    webp[16..20].copy_from_slice(&u32::MAX.to_le_bytes());
    [
        png_bomb(12_001, 1),
        png_bomb(1, u32::from(u16::MAX)),
        // Within what a side may be, and more than there is room for.
        png_bomb(12_000, 12_000),
        wide_jpeg,
        webp,
    ]
}

/// A PNG that claims to be so large, with nothing behind.
fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = quarters(1, 1, ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

impl Client {
    /// Sends a picture as one's avatar.
    pub async fn put_avatar(&self, content_type: &str, bytes: Vec<u8>) -> Answer {
        let request = TestRequest::put()
            .uri("/api/v1/me/avatar")
            .insert_header(("Content-Type", content_type))
            .set_payload(bytes);
        self.send(request).await
    }

    /// Gives a picture to the blog.
    pub async fn post_picture(&self, content_type: &str, bytes: Vec<u8>) -> Answer {
        let request = TestRequest::post()
            .uri("/api/v1/blog/pictures")
            .insert_header(("Content-Type", content_type))
            .set_payload(bytes);
        self.send(request).await
    }

    /// Gives a small one that is right.
    pub async fn post_some_picture(&self) -> Answer {
        let picture = quarters(16, 16, ImageFormat::Png);
        self.post_picture("image/png", picture).await
    }

    /// Sends a small one that is right.
    pub async fn put_some_avatar(&self) -> Answer {
        let picture = quarters(16, 16, ImageFormat::Png);
        self.put_avatar("image/png", picture).await
    }
}
