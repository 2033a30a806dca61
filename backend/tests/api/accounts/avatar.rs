//! Avatars: what is kept of a picture, what is refused as one, and who is shown it.

use std::path::PathBuf;
use std::time::Duration;

use contract::accounts::MeView;
use contract::accounts::profile::{AVATAR_BYTES_LIMIT, AVATAR_SIDE};
use contract::problem::{ErrorCode, FieldCode};
use golub::chores;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

use crate::support::cutting::cut_off;
use crate::support::pictures::{BLUE, GREEN, RED, WHITE, bombs, encoded, quarters};
use crate::support::{Client, TestApp};

const SECRET: &[u8] = b"59.995N 29.767E, camera of Anna";

/// What lies in the corners of the avatar: above left and right, below left and right.
async fn corners(person: &Client) -> [[u8; 3]; 4] {
    let shown = person.get("me/avatar").await;
    let picture = image::load_from_memory_with_format(&shown.body, ImageFormat::Jpeg);
    let picture = picture.unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (AVATAR_SIDE, AVATAR_SIDE));
    let (near, far) = (AVATAR_SIDE / 4, AVATAR_SIDE * 3 / 4);
    [(near, near), (far, near), (near, far), (far, far)].map(|(x, y)| picture.get_pixel(x, y).0)
}

#[track_caller]
fn assert_like(seen: [[u8; 3]; 4], expected: [[u8; 3]; 4]) {
    // A JPEG is not exact.
    let far = |(one, other): (&u8, &u8)| one.abs_diff(*other) > 12;
    let differs = seen
        .as_flattened()
        .iter()
        .zip(expected.as_flattened())
        .any(far);
    assert!(!differs, "{seen:?} instead of {expected:?}");
}

fn files(app: &TestApp) -> Vec<PathBuf> {
    let folder = app.app.config.data.join("files/avatars");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// A JPEG with an EXIF segment that tells how it lies, and where it was taken.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

#[actix_web::test]
async fn a_picture_is_cut_to_its_middle_and_made_small_whatever_its_type() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    for (format, content_type) in [
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Png, "image/png"),
        (ImageFormat::WebP, "image/webp; charset=binary"),
        // The bytes tell what it is.
        (ImageFormat::Png, "image/jpeg"),
    ] {
        let picture = quarters(900, 600, format);
        let me: MeView = anna.put_avatar(content_type, picture).await.json();
        assert!(me.avatar_url.unwrap().starts_with("/api/v1/me/avatar?v="));
        assert_like(corners(&anna).await, [RED, GREEN, BLUE, WHITE]);
    }
    for (width, height) in [(1, 1), (7, 300), (12_000, 2)] {
        let line = quarters(width, height, ImageFormat::Png);
        assert_eq!(anna.put_avatar("image/png", line).await.status, 200);
        corners(&anna).await;
    }
}

#[actix_web::test]
async fn what_can_be_seen_through_lies_on_white() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let [red, green, blue] = RED;
    let drawn = RgbaImage::from_fn(64, 64, |x, y| match (x < 32, y < 32) {
        (true, true) => Rgba([red, green, blue, 255]),
        (false, true) => Rgba([0, 0, 0, 0]),
        (true, false) => Rgba([0, 0, 0, 128]),
        (false, false) => Rgba([255, 255, 255, 255]),
    });
    let picture = encoded(&DynamicImage::ImageRgba8(drawn), ImageFormat::Png);
    anna.put_avatar("image/png", picture).await.value();
    assert_like(corners(&anna).await, [RED, WHITE, [127; 3], WHITE]);
}

#[actix_web::test]
async fn a_picture_is_turned_as_its_camera_was_and_nothing_else_of_its_file_is_kept() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let picture = quarters(640, 480, ImageFormat::Jpeg);
    for (orientation, expected) in [
        (1, [RED, GREEN, BLUE, WHITE]),
        (3, [WHITE, BLUE, GREEN, RED]),
        (6, [BLUE, RED, WHITE, GREEN]),
        (8, [GREEN, WHITE, RED, BLUE]),
    ] {
        let taken = with_exif(&picture, orientation);
        assert!(holds(&taken, SECRET));
        anna.put_avatar("image/jpeg", taken).await.value();
        assert_like(corners(&anna).await, expected);
        let [kept] = &files(&app)[..] else {
            panic!("one file: {:?}", files(&app));
        };
        let kept = std::fs::read(kept).unwrap();
        assert!(!holds(&kept, SECRET) && !holds(&kept, b"Exif"));
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[actix_web::test]
async fn what_is_no_picture_or_only_half_of_one_is_refused() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let jpeg = quarters(300, 300, ImageFormat::Jpeg);
    let png = quarters(300, 300, ImageFormat::Png);
    let webp = quarters(300, 300, ImageFormat::WebP);
    let refused = [
        Vec::new(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
        b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
        jpeg[..jpeg.len() / 2].to_vec(),
        png[..png.len() / 2].to_vec(),
        webp[..webp.len() / 2].to_vec(),
    ];
    for bytes in refused {
        let begin = bytes[..bytes.len().min(4)].to_vec();
        let answer = anna.put_avatar("image/jpeg", bytes).await;
        assert_eq!(answer.status, 422, "{begin:?}");
        answer.wrong_field("avatar", FieldCode::NotAPicture);
    }
    for content_type in ["application/json", "image/svg+xml", "text/html", ""] {
        let answer = anna.put_avatar(content_type, png.clone()).await;
        answer.refused(415, ErrorCode::UnsupportedMediaType);
    }
    let large = vec![0; usize::try_from(AVATAR_BYTES_LIMIT).unwrap() + 1];
    let answer = anna.put_avatar("image/jpeg", large).await;
    answer.refused(413, ErrorCode::TooLarge);
    assert!(files(&app).is_empty());
}

#[actix_web::test]
async fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    for bomb in bombs() {
        let answer = anna.put_avatar("image/png", bomb).await;
        answer.wrong_field("avatar", FieldCode::NotAPicture);
    }
    assert!(files(&app).is_empty());
}

#[actix_web::test]
async fn the_file_of_a_former_picture_goes() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let first: MeView = anna.put_some_avatar().await.json();
    let first_file = files(&app);
    let second: MeView = anna.put_some_avatar().await.json();
    assert_ne!(first.avatar_url, second.avatar_url);
    assert_eq!(files(&app).len(), 1);
    assert_ne!(files(&app), first_file);
    for _ in 0..2 {
        assert_eq!(anna.delete("me/avatar").await.status, 204);
    }
    assert!(files(&app).is_empty());
    let me: MeView = anna.get("me").await.json();
    assert_eq!(me.avatar_url, None);
    let gone = anna.get("me/avatar").await;
    gone.refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn no_file_is_left_behind_wherever_a_change_is_cut_off() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    for steps in 1.. {
        app.pass(Duration::from_secs(3600));
        let put = cut_off(anna.put_some_avatar(), steps).await;
        let taken_away = cut_off(anna.delete("me/avatar"), steps).await;
        app.pass(Duration::from_secs(3600));
        chores::tidy(&app.app).await;
        let me: MeView = anna.get("me").await.json();
        assert_eq!(files(&app).len(), usize::from(me.avatar_url.is_some()));
        if put.is_some() && taken_away.is_some() {
            break;
        }
    }
}

#[actix_web::test]
async fn a_picture_is_kept_for_good_by_who_asks_for_it_by_its_name() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let me: MeView = anna.put_some_avatar().await.json();
    let url = me.avatar_url.unwrap();
    let by_name = anna.get(&url).await;
    assert_eq!(by_name.status, 200);
    assert_eq!(by_name.header("content-type"), "image/jpeg");
    assert_eq!(by_name.header("x-content-type-options"), "nosniff");
    assert_eq!(
        by_name.header("cache-control"),
        "private, max-age=31536000, immutable"
    );
    for other in ["me/avatar", "me/avatar?v=another", "me/avatar?v="] {
        let shown = anna.get(other).await;
        assert_eq!(shown.header("cache-control"), "private, no-cache");
        assert_eq!(shown.body, by_name.body);
    }
    let tag = by_name.header("etag");
    let known = anna.get_known("me/avatar", tag).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    anna.put_some_avatar().await.value();
    assert_eq!(anna.get_known("me/avatar", tag).await.status, 200);
}

#[actix_web::test]
async fn others_pictures_are_for_those_who_look_after_accounts() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let manager = app.manager("mara").await;
    anna.put_some_avatar().await.value();
    let path = format!("users/{}/avatar", anna.id);
    assert_eq!(
        manager.get(&path).await.body,
        anna.get("me/avatar").await.body
    );
    let refused = boris.get(&path).await;
    refused.refused(403, ErrorCode::Forbidden);
    let guest = app.guest();
    guest.get(&path).await.refused(401, ErrorCode::SignedOut);
    guest
        .get("me/avatar")
        .await
        .refused(401, ErrorCode::SignedOut);
    for nobody in [boris.id, 77_777] {
        let path = format!("users/{nobody}/avatar");
        manager.get(&path).await.refused(404, ErrorCode::NotFound);
    }
}

#[actix_web::test]
async fn pictures_are_taken_ten_at_once_and_then_one_a_minute() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    for _ in 0..10 {
        assert_eq!(anna.put_some_avatar().await.status, 200);
    }
    let wait = anna.put_some_avatar().await;
    wait.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(wait.header("retry-after"), "60");
    assert_eq!(boris.put_some_avatar().await.status, 200);
    app.pass(Duration::from_secs(60));
    assert_eq!(anna.put_some_avatar().await.status, 200);
}

#[actix_web::test]
async fn a_new_picture_does_not_disturb_who_edits_their_profile() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let read = anna.get("me").await;
    let tag = read.header("etag");
    let put = anna.put_some_avatar().await;
    assert_ne!(put.header("etag"), tag);
    assert_eq!(anna.get_known("me", tag).await.status, 200);
    let change = serde_json::json!({"city": "Kronstadt"});
    assert_eq!(anna.patch_if("me", tag, change).await.status, 200);
}
