//! The service's own face: what the settings say of it, and where it is seen.

use actix_web::test::TestRequest;
use contract::problem::ErrorCode;
use golub::config::InstanceConfig;
use golub::instance::Instance;
use serde_json::json;
use tempfile::TempDir;

use crate::support::TestApp;

const SVG: &str = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">\
     <script>steal()</script></svg>";

#[actix_web::test]
async fn an_accent_is_a_style_sheet_that_is_asked_for_again_after_minutes() {
    let app = TestApp::with(|config| config.instance.accent = "#FC0".to_owned()).await;
    let path = "instance/theme.css";
    let theme = app.guest().get(path).await;
    assert_eq!(theme.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(theme.header("cache-control"), "public, max-age=300");
    let (light, dark) = theme.text().split_once("dark").unwrap();
    // A button has the very colour, with dark text on it; links are darker on white, and as they are on black.
    assert!(light.contains("--accent-fill: #ffcc00;") && light.contains("--on-accent: #0f141b;"));
    assert!(!light.contains("--accent: #ffcc00;") && dark.contains("--accent: #ffcc00;"));

    let known = TestRequest::with_uri("/api/v1/instance/theme.css")
        .insert_header(("If-None-Match", theme.header("etag")));
    let again = app.guest().send(known).await;
    assert_eq!((again.status, again.body.len()), (304, 0));

    let told = app.guest().get("instance").await.value();
    assert_eq!(
        (&told["accent"], &told["logo_url"]),
        (&json!("#ffcc00"), &json!(null))
    );
}

#[actix_web::test]
async fn a_logo_is_kept_for_ever_by_its_name_and_runs_nothing() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("logo");
    std::fs::write(&file, SVG).unwrap();
    let app = TestApp::with(|config| config.instance.logo = Some(file.clone())).await;
    let url = app.guest().get("instance").await.value()["logo_url"].clone();
    let logo = app.guest().get(url.as_str().unwrap()).await;
    assert_eq!((logo.status, logo.text()), (200, SVG));
    assert_eq!(logo.header("content-type"), "image/svg+xml");
    assert_eq!(
        logo.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(logo.header("x-content-type-options"), "nosniff");
    let policy = logo.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.ends_with("sandbox"),
        "{policy}"
    );

    // Another file has another name, and the old one leads nowhere.
    std::fs::write(&file, SVG.replace("0 0 1 1", "0 0 2 2")).unwrap();
    let other = TestApp::with(|config| config.instance.logo = Some(file)).await;
    assert_ne!(other.guest().get("instance").await.value()["logo_url"], url);
    let old = other.guest().get(url.as_str().unwrap()).await;
    old.refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn what_is_wrong_with_the_face_is_told_at_start() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        Some(file)
    };
    let cut_png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let huge = [SVG.as_bytes(), &[b' '; 600 * 1024]].concat();
    type Change<'a> = Box<dyn Fn(&mut InstanceConfig) + 'a>;
    let accent = |accent: &'static str| -> Change<'_> {
        Box::new(move |config| config.accent = accent.to_owned())
    };
    let name = |name: &'static str| -> Change<'_> {
        Box::new(move |config| config.name = name.to_owned())
    };
    let logo = |name: &'static str, bytes: Vec<u8>| -> Change<'_> {
        Box::new(move |config| config.logo = file(name, &bytes))
    };
    let wrong: [(Change<'_>, &str); 10] = [
        (accent("blue"), "instance.accent"),
        (accent(""), "instance.accent"),
        (accent("#2854e0; } * { display: none"), "instance.accent"),
        (name(" "), "instance.name"),
        (name("A\nB"), "instance.name"),
        (logo("page.svg", b"<html></html>".to_vec()), "instance.logo"),
        (logo("logo.png", cut_png.to_vec()), "instance.logo"),
        (logo("huge.svg", huge), "instance.logo"),
        (logo("empty.svg", Vec::new()), "instance.logo"),
        (
            Box::new(|config| config.logo = Some(folder.path().join("missing.svg"))),
            "missing.svg",
        ),
    ];
    for (change, told) in wrong {
        let mut config = golub::config::defaults().unwrap().instance;
        change(&mut config);
        let error = Instance::open(&config).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}
