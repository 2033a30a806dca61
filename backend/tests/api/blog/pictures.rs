//! Pictures: made small and plain, found by their name alone, and gone when nothing shows them.

use std::path::PathBuf;

use contract::blog::pictures::{PICTURE_BYTES_LIMIT, PictureView};
use contract::blog::{ArticleSource, ArticleView};
use contract::problem::{ErrorCode, FieldCode};
use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage};
use serde_json::json;

use crate::support::pictures::{bombs, encoded, quarters};
use crate::support::{Client, TestApp};

const SECRET: &[u8] = b"59.995N 29.767E, camera of Emily";

/// A photograph: noise, which no file without loss makes small.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let noise = |x: u32, y: u32| (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)) as u8;
    let drawn = RgbImage::from_fn(width, height, |x, y| {
        Rgb([noise(x, y), noise(y, x), noise(x + y, x * y)])
    });
    encoded(&DynamicImage::ImageRgb8(drawn), ImageFormat::Png)
}

pub async fn given(writer: &Client, bytes: Vec<u8>) -> PictureView {
    let made = writer.post_picture("image/png", bytes).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let picture: PictureView = made.json();
    assert_eq!(made.header("location"), picture.url);
    picture
}

pub fn files(app: &TestApp) -> Vec<PathBuf> {
    let folder = app.app.config.data.join("files/blog");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[actix_web::test]
async fn a_picture_is_made_to_sizes_for_the_web_and_kept_for_good() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let picture = given(&emily, photograph(2000, 1000)).await;
    assert_eq!((picture.width, picture.height), (1600, 800));
    let sizes: Vec<(u32, u32)> = picture
        .sizes
        .iter()
        .map(|size| (size.width, size.height))
        .collect();
    assert_eq!(sizes, [(480, 240), (960, 480), (1600, 800)]);
    assert!(picture.srcset().contains("-480x240.jpg 480w, "));
    for size in &picture.sizes {
        let read = guest.get(&size.url).await;
        assert_eq!(read.header("content-type"), "image/jpeg");
        assert_eq!(
            read.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(read.header("x-content-type-options"), "nosniff");
        let decoded = image::load_from_memory_with_format(&read.body, ImageFormat::Jpeg).unwrap();
        assert_eq!(decoded.dimensions(), (size.width, size.height));
        let tag = read.header("etag");
        assert_eq!(guest.get_known(&size.url, tag).await.status, 304);
    }
    // What came without loss and is smaller so stays without loss.
    let drawing = given(&emily, quarters(700, 500, ImageFormat::Png)).await;
    assert_eq!((drawing.width, drawing.height), (700, 500));
    let read = guest.get(&drawing.url).await;
    assert_eq!(read.header("content-type"), "image/webp");
    let decoded = image::load_from_memory_with_format(&read.body, ImageFormat::WebP).unwrap();
    let original = image::load_from_memory(&quarters(700, 500, ImageFormat::Png)).unwrap();
    assert_eq!(decoded.to_rgb8(), original.to_rgb8());
    // A small one does not grow, a long one is cut in no way.
    let small = given(&emily, quarters(3, 2, ImageFormat::Png)).await;
    assert_eq!((small.width, small.height, small.sizes.len()), (3, 2, 1));
    let long = given(&emily, quarters(10, 12_000, ImageFormat::Png)).await;
    assert_eq!((long.width, long.height), (3, 3200));
}

#[actix_web::test]
async fn a_picture_is_turned_as_its_camera_was_and_nothing_else_of_its_file_is_kept() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let jpeg = quarters(640, 480, ImageFormat::Jpeg);
    let mut exif =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(SECRET);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let taken = [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat();
    let made = emily.post_picture("image/jpeg", taken).await;
    let picture: PictureView = made.json();
    assert_eq!((picture.width, picture.height), (480, 640));
    for file in files(&app) {
        let kept = std::fs::read(file).unwrap();
        let holds = |part: &[u8]| kept.windows(part.len()).any(|window| window == part);
        assert!(!holds(SECRET) && !holds(b"Exif"));
    }
}

#[actix_web::test]
async fn what_is_no_picture_or_too_large_is_refused() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let png = quarters(300, 300, ImageFormat::Png);
    for bytes in [
        Vec::new(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
        b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
        png[..png.len() / 2].to_vec(),
        quarters(1, 12_001, ImageFormat::Png),
    ] {
        let refused = emily.post_picture("image/png", bytes).await;
        refused.wrong_field("picture", FieldCode::NotAPicture);
    }
    let html = emily.post_picture("text/html", png.clone()).await;
    html.refused(415, ErrorCode::UnsupportedMediaType);
    let large = vec![0; usize::try_from(PICTURE_BYTES_LIMIT).unwrap() + 1];
    let refused = emily.post_picture("image/jpeg", large).await;
    refused.refused(413, ErrorCode::TooLarge);
    assert!(files(&app).is_empty());
}

#[actix_web::test]
async fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    for bomb in bombs() {
        let refused = emily.post_picture("image/png", bomb).await;
        refused.wrong_field("picture", FieldCode::NotAPicture);
    }
    assert!(files(&app).is_empty());
}

#[actix_web::test]
async fn too_many_pictures_at_once_wait() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    for _ in 0..20 {
        assert_eq!(emily.post_some_picture().await.status, 201);
    }
    let wait = emily.post_some_picture().await;
    wait.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(wait.header("retry-after"), "10");
}

#[actix_web::test]
async fn an_article_shows_its_picture_and_those_in_its_body() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let above = given(&emily, quarters(1000, 500, ImageFormat::Png)).await;
    let within = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let new = json!({
        "title": "Water", "body": format!("![A cup]({})", within.url), "picture_id": above.id, "picture_alt": "A lake",
        "published_at": "2030-04-01T06:00:00Z"
    });
    let made: ArticleSource = emily.post("blog/articles", new).await.json();
    let shown = made.picture.unwrap();
    assert_eq!(
        (shown.id, shown.alt.as_str(), &shown.url),
        (above.id, "A lake", &above.url)
    );
    let article: ArticleView = guest.get("blog/articles/water").await.json();
    assert_eq!(article.picture, Some(shown.clone()));
    let tag = format!(
        "<img src=\"{}\" alt=\"A cup\" width=\"16\" height=\"9\"",
        within.url
    );
    assert!(article.body_html.contains(&tag), "{}", article.body_html);
    let listed = guest.get("blog/articles").await.value();
    assert_eq!(
        listed["items"][0]["picture"]["sizes"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let path = format!("blog/articles/{}", made.id);
    let bare: ArticleSource = emily.patch(&path, json!({"picture_id": null})).await.json();
    assert_eq!(bare.picture, None);
}

#[actix_web::test]
async fn nobody_comes_upon_the_pictures_of_a_draft() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let picture = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let name = picture.url.rsplit('/').next().unwrap();
    // As much chance as in a key.
    assert!(name.len() >= 43);
    for other in [
        picture.id.to_string(),
        name.replace("-16x9", ""),
        name.replace("-16x9", "-17x9"),
        name.replace(".webp", ".jpg"),
        name[1..].to_owned(),
        format!("..%2Fblog%2F{name}"),
        format!("%2e%2e/blog/{name}"),
        String::new(),
    ] {
        let path = format!("blog/pictures/{other}");
        let answer = guest.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    assert_eq!(guest.get(&picture.url).await.status, 200);
}
