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
