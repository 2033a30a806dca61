//! Bodies of a wrong shape, of a wrong size, and made to exhaust whoever reads them.

use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use contract::problem::ErrorCode;
use serde_json::json;

use super::asking::{admin, check, with_bodies};
use crate::permissions::Stage;

#[actix_web::test]
async fn bodies_of_another_shape_are_refused() {
    let stage = Stage::set().await;
    let deep = "[".repeat(100_000);
    let raw: [&[u8]; 17] = [
        b"",
        b" ",
        b"{",
        b"}",
        b"[]",
        b"null",
        b"7",
        b"\"x\"",
        b"{}{}",
        b"{\"a\":1,}",
        b"\xff\xfe",
        b"{\"subject\":\"\xff\"}",
        b"{\"email\":\"\\ud800\"}",
        b"{\"email\":\"a@example.org\",\"email\":\"b@example.org\"}",
        b"\x00",
        b"{\"\\u0000\":1}",
        deep.as_bytes(),
    ];
    for row in with_bodies() {
        let (method, _) = row.operation.split_once(' ').unwrap();
        let path = stage.path(&row, admin(&stage)).await;
        for bytes in raw {
            let request = TestRequest::with_uri(&path)
                .method(method.parse().unwrap())
                .insert_header(("Content-Type", "application/json"))
                .set_payload(bytes.to_vec());
            let answer = admin(&stage).send(request).await;
            let sent = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
            // Without a body everything that failed is sent again.
            let may_be_empty = bytes.trim_ascii().is_empty() && row.operation.ends_with("/retry");
            assert!(
                answer.status >= 400 || row.operation.ends_with("/preview") || may_be_empty,
                "{} {sent}: {}",
                row.operation,
                answer.status
            );
            check(row.operation, &sent, &answer);
        }
    }
}

#[actix_web::test]
async fn a_body_that_is_too_large_or_no_json_is_told_so() {
    let stage = Stage::set().await;
    let large = vec![b'x'; 3 * 1024 * 1024];
    for row in with_bodies() {
        let (method, _) = row.operation.split_once(' ').unwrap();
        let method: Method = method.parse().unwrap();
        let path = stage.path(&row, admin(&stage)).await;
        let request = || TestRequest::with_uri(&path).method(method.clone());
        let too_large = request()
            .insert_header(("Content-Type", "application/json"))
            .set_payload(large.clone());
        admin(&stage)
            .send(too_large)
            .await
            .refused(413, ErrorCode::TooLarge);
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/jsonx",
            "\u{7f}",
        ] {
            let Ok(kind) = HeaderValue::from_str(kind) else {
                continue;
            };
            let other = request()
                .insert_header((HeaderName::from_static("content-type"), kind))
                .set_payload("{}");
            admin(&stage)
                .send(other)
                .await
                .refused(415, ErrorCode::UnsupportedMediaType);
        }
        let with_charset = request()
            .insert_header(("Content-Type", "Application/JSON; charset=utf-8"))
            .set_payload("{");
        admin(&stage)
            .send(with_charset)
            .await
            .refused(400, ErrorCode::UnreadableRequest);
    }
}

#[actix_web::test]
async fn bodies_made_to_exhaust_whoever_renders_them_are_shown_or_refused() {
    let stage = Stage::set().await;
    let filled = |piece: &str| piece.repeat(200_000 / piece.chars().count());
    let bodies = [
        filled("<div>"),
        filled("<div title='</div>'>"),
        filled("<svg><g><![CDATA[></g>]]>"),
        format!("{}{}", "<b>".repeat(490), "<p>x".repeat(490)),
        "<div>".repeat(990),
        filled("<table><tr><td>"),
        filled("<b><i>"),
        filled("<ul><li>"),
        filled("&lt;"),
        filled("<!--"),
        filled("<a href='"),
        filled("> "),
        filled("["),
        filled("![]("),
        filled("*_"),
        filled("`` ` "),
        filled("- "),
        filled("|a|b|\n|-|-|\n"),
        filled("{{ full_name }}"),
        filled("\u{1F54A}"),
        filled("x"),
        filled("\n"),
        format!("x{}", filled("\t ")),
    ];
    for body in &bodies {
        for format in ["markdown", "html", "text"] {
            let draft = json!({"subject": "Hi", "body": body, "format": format});
            let answer = admin(&stage).post("messages/preview", draft).await;
            let begin: String = body.chars().take(20).collect();
            check("preview", &format!("{format} {begin:?}"), &answer);
        }
    }
}
