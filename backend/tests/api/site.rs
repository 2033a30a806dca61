//! The built page, served beside the API, and what browsers are told about both.

use actix_web::test::TestRequest;
use contract::problem::ErrorCode;
use tempfile::TempDir;

use crate::support::TestApp;
use crate::support::client::Answer;

const INDEX: &str = "<!doctype html><script type=\"module\">start()</script><title>Golub</title>\
     <meta name=\"application-name\" content=\"Golub\">";
const SCRIPT: &str = "golub-4f1c2a9b8d7e6f50.js";

#[actix_web::test]
async fn the_pages_own_routes_all_give_the_page() {
    let (app, _folder) = with_page().await;
    for path in [
        "/",
        "/recipients",
        "/mailings/7",
        "/index.html",
        "/a/b/c/",
        "/.git/config",
    ] {
        let page = app.guest().get(path).await;
        assert_eq!((page.status, page.text()), (200, INDEX), "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache");
    }
    let asked = app
        .guest()
        .send(TestRequest::with_uri("/mailings").method(actix_web::http::Method::HEAD))
        .await;
    assert_eq!(asked.status, 200);
    app.guest()
        .act("/mailings")
        .await
        .refused(405, ErrorCode::MethodNotAllowed);
}

#[actix_web::test]
async fn a_folder_without_the_built_page_is_told_at_the_start() {
    let (app, folder) = with_page().await;
    std::fs::write(folder.path().join("index.html"), "<p>Not it</p>").unwrap();
    let mut config = (*app.app.config).clone();
    config.http.page = Some(folder.path().to_owned());
    let refused = golub::app::App::start(config, golub::clock::Clock::system()).await;
    let told = refused.unwrap_err().to_string();
    assert!(told.contains("has no title"), "{told}");
}

#[actix_web::test]
async fn what_is_no_page_is_not_found() {
    let (app, _folder) = with_page().await;
    for path in [
        "/missing.js",
        "/.secret.js",
        "/fonts/.hidden.css",
        "/../outside.txt",
        "/fonts/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "//etc/passwd.txt",
        "/folder.d",
        "/a%00.js",
        "/api/x",
        "/api",
        "/health",
        "/health/none",
        "/metrics/none",
    ] {
        app.guest()
            .get(path)
            .await
            .refused(404, ErrorCode::NotFound);
    }
}

#[actix_web::test]
async fn a_page_lets_in_only_its_own_script() {
    let (app, _folder) = with_page().await;
    let page = app.guest().get("/").await;
    let policy = page.header("content-security-policy");
    // printf 'start()' | openssl dgst -sha256 -binary | base64
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='"), "{policy}");
    for part in [
        "default-src 'none'",
        "frame-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline"));
}

#[actix_web::test]
async fn what_bears_a_hash_is_kept_for_ever_and_compressed_once() {
    let (app, _folder) = with_page().await;
    let script = format!("/{SCRIPT}");
    let before = accepting(&app, &script, "gzip, deflate, br").await;
    assert_eq!(
        (before.status, before.header("content-encoding")),
        (200, "identity")
    );
    app.app.site.as_ref().unwrap().compress();

    for (accepted, encoding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.1, gzip", "gzip"),
    ] {
        let script = accepting(&app, &script, accepted).await;
        assert_eq!(script.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(
            script.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(script.header("content-type"), "text/javascript");
        assert!(
            script
                .header("vary")
                .to_lowercase()
                .contains("accept-encoding")
        );
        assert!(script.body.len() < 1_000);
    }
    let plain = app.guest().get(&script).await;
    assert_eq!(plain.text(), long_script());
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let font = app.guest().get("/fonts/inter.woff2").await;
    assert_eq!(
        (font.status, font.header("cache-control")),
        (200, "public, no-cache")
    );
}

#[actix_web::test]
async fn an_answer_of_the_api_is_data_and_nothing_else() {
    let app = TestApp::start().await;
    for path in [
        "instance",
        "me",
        "no/such/thing",
        "/health/live",
        "/api/openapi.yaml",
    ] {
        let answer = app.guest().get(path).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
    }
    let docs = app.guest().get("/api/docs/").await;
    assert!(
        docs.header("content-security-policy")
            .contains("script-src 'self'")
    );
    app.guest()
        .get("/api/docs/no-such-file.js")
        .await
        .refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn each_form_of_an_answer_has_its_tag_and_any_of_them_is_known() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let asked = |accepted: &'static str| {
        TestRequest::with_uri("/api/v1/me").insert_header(("Accept-Encoding", accepted))
    };
    let mut tags = Vec::new();
    for accepted in ["br", "gzip", "identity"] {
        let tag = anna.send(asked(accepted)).await.header("etag").to_owned();
        let again = asked(accepted).insert_header(("If-None-Match", tag.as_str()));
        let known = anna.send(again).await;
        assert_eq!(
            (known.status, known.header("etag")),
            (304, tag.as_str()),
            "{accepted}"
        );
        tags.push(tag);
    }
    let plain = tags[2].trim_end_matches('"');
    let of = |ending| format!("{plain}{ending}\"");
    assert_eq!(tags[..2], [of("-br"), of("-gzip")]);
}

#[actix_web::test]
async fn the_headers_alone_can_be_asked_for() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let head = |path: &str| TestRequest::with_uri(path).method(actix_web::http::Method::HEAD);
    for path in [
        "/api/v1/home",
        "/api/v1/blog/articles",
        "/api/v1/blog/feed.xml",
        "/api/v1/me",
        "/health/live",
    ] {
        let read = anna.send(TestRequest::with_uri(path)).await;
        let asked = anna.send(head(path)).await;
        assert_eq!(asked.status, read.status, "{path}");
        for name in ["etag", "content-type", "cache-control"] {
            assert_eq!(asked.header(name), read.header(name), "{path}");
        }
    }
    app.guest()
        .send(head("/api/v1/me"))
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn a_long_answer_is_compressed() {
    let app = TestApp::start().await;
    let answer = accepting(&app, "/api/openapi.yaml", "br").await;
    assert_eq!(answer.header("content-encoding"), "br");
    assert_eq!(
        accepting(&app, "/api/v1/instance", "identity")
            .await
            .header("content-encoding"),
        ""
    );
}

#[actix_web::test]
async fn only_the_sites_that_are_named_may_call_the_api_from_a_browser() {
    let app = TestApp::with(|config| {
        config.http.cors_origins = vec![
            "https://crm.example".to_owned(),
            "http://localhost:3000".to_owned(),
        ];
    })
    .await;
    let from = async |origin: &str, path: &str| {
        let request = TestRequest::get()
            .uri(path)
            .insert_header(("Origin", origin));
        app.guest().send(request).await
    };
    let preflight = async |origin: &str| {
        let request = TestRequest::with_uri("/api/v1/recipients")
            .method(actix_web::http::Method::OPTIONS)
            .insert_header(("Origin", origin))
            .insert_header(("Access-Control-Request-Method", "PATCH"))
            .insert_header(("Access-Control-Request-Headers", "authorization"));
        app.guest().send(request).await
    };

    let answer = from("https://crm.example", "/api/v1/instance").await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://crm.example"
    );
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert!(
        answer
            .header("access-control-expose-headers")
            .contains("etag")
    );
    // Refusals, too, must be readable there.
    let refused = from("https://crm.example", "/api/v1/me").await;
    assert_eq!(
        (
            refused.status,
            refused.header("access-control-allow-origin")
        ),
        (401, "https://crm.example")
    );
    let asked = preflight("http://localhost:3000").await;
    assert_eq!(asked.status, 204);
    assert!(
        asked
            .header("access-control-allow-methods")
            .contains("PATCH")
    );
    assert!(
        asked
            .header("access-control-allow-headers")
            .contains("authorization")
    );

    for stranger in [
        "https://evil.example",
        "https://crm.example.evil.example",
        "null",
        "https://CRM.example/",
    ] {
        assert_eq!(
            from(stranger, "/api/v1/instance")
                .await
                .header("access-control-allow-origin"),
            ""
        );
        assert_eq!(
            preflight(stranger)
                .await
                .header("access-control-allow-origin"),
            ""
        );
    }
    let answer = from("https://evil.example", "/api/v1/instance").await;
    assert!(
        answer
            .headers
            .get_all("vary")
            .any(|value| value == "Origin")
    );

    let closed = TestApp::start().await;
    let request = TestRequest::get()
        .uri("/api/v1/instance")
        .insert_header(("Origin", "https://crm.example"));
    assert_eq!(
        closed
            .guest()
            .send(request)
            .await
            .header("access-control-allow-origin"),
        ""
    );
}

async fn with_page() -> (TestApp, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("dist");
    for inside in ["fonts", "folder.d"] {
        std::fs::create_dir_all(page.join(inside)).unwrap();
    }
    let files = [
        ("index.html", INDEX),
        (SCRIPT, &long_script()),
        (".secret.js", "secret"),
        ("fonts/.hidden.css", "secret"),
        ("fonts/inter.woff2", "font"),
        ("../outside.txt", "secret"),
    ];
    for (name, content) in files {
        std::fs::write(page.join(name), content).unwrap();
    }
    let app = TestApp::with(|config| config.http.page = Some(page)).await;
    (app, folder)
}

fn long_script() -> String {
    "console.log('Golub');\n".repeat(200)
}

async fn accepting(app: &TestApp, path: &str, encodings: &str) -> Answer {
    let request = TestRequest::get().uri(path);
    app.guest()
        .send(request.insert_header(("Accept-Encoding", encodings)))
        .await
}
