//! Writing: drafts, dates, changes by several, and what is refused.

use std::time::Duration;

use contract::audit::Act;
use contract::blog::{ArticleSource, ArticleState, ArticleTotals, BodyPreview, SourceCard};
use contract::listing::Page;
use contract::problem::{ErrorCode, FieldCode};
use serde_json::json;

use super::{titles, write};
use crate::support::TestApp;

#[actix_web::test]
async fn an_article_is_written_changed_published_and_deleted() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let new = json!({"title": "  Как варить кофе ", "body": "# Вода\n\nСначала **вода**."});
    let made = emily.post("blog/articles", new).await;
    assert_eq!(made.status, 201);
    let draft: ArticleSource = made.json();
    assert_eq!(draft.title, "Как варить кофе");
    assert_eq!(
        (draft.slug.as_str(), draft.slug_chosen),
        ("kak-varit-kofe", false)
    );
    assert_eq!(
        (draft.state, draft.published_at),
        (ArticleState::Draft, None)
    );
    assert_eq!(draft.author.id, emily.id);
    let path = format!("blog/articles/{}", draft.id);
    assert_eq!(made.header("location"), format!("/api/v1/{path}"));
    let source = format!("{path}/source");
    let read = emily.get(&source).await;
    assert_eq!(read.json::<ArticleSource>(), draft);
    assert_eq!(read.header("etag"), made.header("etag"));
    assert_eq!(
        emily.get_known(&source, read.header("etag")).await.status,
        304
    );

    let tag = made.header("etag").to_owned();
    let change = json!({"summary": "С чего начать"});
    let changed: ArticleSource = emily.patch_if(&path, &tag, change).await.json();
    assert_eq!(
        (changed.summary.as_str(), &changed.body),
        ("С чего начать", &draft.body)
    );
    emily
        .patch_if(&path, &tag, json!({"title": "x"}))
        .await
        .refused(412, ErrorCode::Changed);
    emily
        .delete_if(&path, &tag)
        .await
        .refused(412, ErrorCode::Changed);

    app.guest()
        .get(&path)
        .await
        .refused(404, ErrorCode::NotFound);
    let published: ArticleSource = emily.act(&format!("{path}/publish")).await.json();
    assert_eq!(published.state, ArticleState::Published);
    assert_eq!(published.published_at, Some(app.now()));
    assert_eq!(
        app.guest().get("blog/articles/kak-varit-kofe").await.status,
        200
    );
    app.pass(Duration::from_secs(60));
    let again: ArticleSource = emily.act(&format!("{path}/publish")).await.json();
    assert_eq!(again.published_at, published.published_at);

    let hidden: ArticleSource = emily
        .patch(&path, json!({"published_at": null}))
        .await
        .json();
    assert_eq!(hidden.state, ArticleState::Draft);
    app.guest()
        .get("blog/articles/kak-varit-kofe")
        .await
        .refused(404, ErrorCode::NotFound);

    assert_eq!(emily.delete(&path).await.status, 204);
    emily.get(&source).await.refused(404, ErrorCode::NotFound);
    let search = "blog/sources?search=%D0%BA%D0%BE%D1%84%D0%B5";
    assert_eq!(emily.get(search).await.value()["total"], 0);
}

#[actix_web::test]
async fn what_is_wrong_is_told_at_its_place_and_changes_nothing() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let at = "2030-06-01T09:00:00Z";
    let cases = [
        (json!({"body": "x"}), "title", FieldCode::Required),
        (json!({"title": " "}), "title", FieldCode::Required),
        (
            json!({"title": "x".repeat(201)}),
            "title",
            FieldCode::TooLong,
        ),
        (
            json!({"title": "a\nb"}),
            "title",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"title": "x", "slug": "Кофе"}),
            "slug",
            FieldCode::WrongType,
        ),
        (
            json!({"title": "x", "slug": "12"}),
            "slug",
            FieldCode::WrongType,
        ),
        (
            json!({"title": "x", "slug": "new"}),
            "slug",
            FieldCode::Taken,
        ),
        (
            json!({"title": "x", "summary": "x".repeat(501)}),
            "summary",
            FieldCode::TooLong,
        ),
        (
            json!({"title": "x", "body": "a\u{0}b"}),
            "body",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"title": "x", "body": "x".repeat(200_001)}),
            "body",
            FieldCode::TooLong,
        ),
        (
            json!({"title": "x", "published_at": at}),
            "body",
            FieldCode::Required,
        ),
        (
            json!({"title": "x", "picture_id": 7}),
            "picture_id",
            FieldCode::UnknownReference,
        ),
        (
            json!({"title": "x", "picture_alt": "x".repeat(301)}),
            "picture_alt",
            FieldCode::TooLong,
        ),
        (
            json!({"title": "x", "published_at": "soon"}),
            "published_at",
            FieldCode::WrongType,
        ),
        (
            json!({"title": "x", "body": "x", "published_at": "0000-01-01T00:00:00Z"}),
            "published_at",
            FieldCode::OutOfRange,
        ),
        (
            json!({"title": "x", "readings": 7}),
            "readings",
            FieldCode::UnknownField,
        ),
    ];
    for (body, field, code) in cases {
        emily
            .post("blog/articles", &body)
            .await
            .wrong_field(field, code);
    }
    assert_eq!(emily.get("blog/sources").await.value()["total"], 0);
    let empty = emily
        .post("blog/articles", json!({"title": "Empty"}))
        .await
        .id();
    let publish = format!("blog/articles/{empty}/publish");
    emily
        .act(&publish)
        .await
        .wrong_field("body", FieldCode::Required);
}

#[actix_web::test]
async fn a_change_that_nobody_can_read_is_refused_before_anything_is_made_of_it() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let article = write(&emily, "Water", None).await;
    let path = format!("blog/articles/{}", article.id);
    let tag = emily.get(&format!("{path}/source")).await;
    let tag = tag.header("etag").to_owned();
    emily.patch(&path, json!({"summary": "x"})).await;
    // Of a good body the version is told, and that there is no such article.
    let good = json!({"body": "x"});
    emily
        .patch_if(&path, &tag, good.clone())
        .await
        .refused(412, ErrorCode::Changed);
    for nowhere in ["blog/articles/77", "blog/articles/nowhere"] {
        let answer = emily.patch(nowhere, good.clone()).await;
        answer.refused(404, ErrorCode::NotFound);
    }
    for (body, code) in [
        ("x".repeat(200_001), FieldCode::TooLong),
        ("a\u{0}b".to_owned(), FieldCode::ControlCharacter),
    ] {
        let change = json!({"body": body});
        let answer = emily.patch_if(&path, &tag, change.clone()).await;
        answer.wrong_field("body", code);
        let answer = emily.patch("blog/articles/77", change).await;
        answer.wrong_field("body", code);
    }
}

#[actix_web::test]
async fn an_article_is_made_once_however_often_it_is_asked_for() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let ask = async |title: &str| {
        let request = actix_web::test::TestRequest::post()
            .uri("/api/v1/blog/articles")
            .insert_header(("Idempotency-Key", "one"))
            .set_json(json!({"title": title}));
        emily.send(request).await
    };
    assert_eq!(ask("Water").await.id(), ask("Water").await.id());
    ask("Milk").await.refused(422, ErrorCode::Invalid);
    assert_eq!(emily.get("blog/sources").await.value()["total"], 1);
}

#[actix_web::test]
async fn writers_work_on_each_others_articles_and_that_is_written_down() {
    let app = TestApp::start().await;
    let (emily, karl) = (app.writer("emily").await, app.writer("karl").await);
    let article = write(&emily, "Water", None).await;
    let path = format!("blog/articles/{}", article.id);
    let own = json!({"summary": "x"});
    assert_eq!(emily.patch(&path, own).await.status, 200);
    let changed = karl.patch(&path, json!({"title": "Milk"})).await;
    assert_eq!(changed.json::<ArticleSource>().author.id, emily.id);
    assert_eq!(karl.act(&format!("{path}/publish")).await.status, 200);
    assert_eq!(karl.delete(&path).await.status, 204);
    assert_eq!(
        app.acts_upon(emily.id).await,
        [
            Act::ArticleChanged,
            Act::ArticleChanged,
            Act::ArticleDeleted
        ]
    );
    let admin = app.admin("adam").await;
    let log = admin.get("audit-log").await.value();
    assert_eq!(log["items"][0]["item"]["kind"], "article");
    assert_eq!(log["items"][2]["details"][0]["value"], "title,slug");
}

#[actix_web::test]
async fn those_who_write_find_every_article_by_where_it_stands() {
    let app = TestApp::start().await;
    let (emily, karl) = (app.writer("emily").await, app.writer("karl").await);
    write(&emily, "Осенний обжар", None).await;
    app.pass(Duration::from_secs(1));
    write(&emily, "Осень в чашке", Some("2030-05-02T06:00:00Z")).await;
    app.pass(Duration::from_secs(1));
    write(&karl, "Вода", Some("2030-04-01T06:00:00Z")).await;
    let sources = async |query: &str| {
        let page = emily.get(&format!("blog/sources{query}")).await.value();
        titles(&page).join("|")
    };
    assert_eq!(sources("").await, "Вода|Осень в чашке|Осенний обжар");
    assert_eq!(
        sources("?sort=title").await,
        "Вода|Осенний обжар|Осень в чашке"
    );
    assert_eq!(sources("?sort=-created_at&limit=1").await, "Вода");
    assert_eq!(sources("?state=draft").await, "Осенний обжар");
    assert_eq!(sources("?state=scheduled").await, "Осень в чашке");
    assert_eq!(sources("?state=published").await, "Вода");
    assert_eq!(
        sources("?search=%D0%BE%D1%81%D0%B5%D0%BD").await,
        "Осень в чашке|Осенний обжар"
    );
    assert_eq!(sources(&format!("?author_id={}", karl.id)).await, "Вода");
    let page: Page<SourceCard> = emily.get("blog/sources?state=published").await.json();
    assert_eq!(page.items[0].author.email, karl.email);
    assert_eq!(page.items[0].summary, "About Вода.");
    let totals = |drafts, scheduled, published| ArticleTotals {
        all: 3,
        drafts,
        scheduled,
        published,
    };
    let told = async || -> ArticleTotals { emily.get("blog/sources/totals").await.json() };
    assert_eq!(told().await, totals(1, 1, 1));
    app.at("2030-05-02T06:00:00Z");
    assert_eq!(told().await, totals(1, 0, 2));
}

#[actix_web::test]
async fn bodies_made_to_exhaust_whoever_renders_them_are_shown_all_the_same() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let filled = |piece: &str| piece.repeat(100_000 / piece.len());
    for body in [
        filled("<div>"),
        filled("<b><i>"),
        filled("<table><tr><td>"),
        filled("<!--"),
        filled("<a href='"),
        filled("> "),
        filled("["),
        filled("![]("),
        filled("*_"),
        filled("`` ` "),
        filled("- "),
        filled("|a|b|\n|-|-|\n"),
        filled("[^a]\n"),
        filled("[^a]: b\n\n"),
        filled("# a\n"),
        filled("\t "),
    ] {
        let begin: String = body.chars().take(10).collect();
        let shown = emily.post("blog/preview", json!({"body": body})).await;
        assert_eq!(shown.status, 200, "{begin}");
    }
}

#[actix_web::test]
async fn a_preview_is_what_readers_will_get() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let body = "# Hi\n\nOne *word*.\n\n<script>alert(1)</script>\n\n|a|b|\n|-|-:|\n|1|2|\n\n```rust\nfn main() {}\n```\n";
    let shown: BodyPreview = emily
        .post("blog/preview", json!({"body": body}))
        .await
        .json();
    assert!(
        shown.html.contains("<h2 id=\"s-hi\">Hi</h2>"),
        "{}",
        shown.html
    );
    assert!(shown.html.contains("<code class=\"language-rust\">"));
    assert!(!shown.html.contains("script"));
    let new = json!({"title": "Hi", "body": body, "published_at": "2030-05-01T06:00:00Z"});
    emily
        .post("blog/articles", new)
        .await
        .json::<ArticleSource>();
    let article = app.guest().get("blog/articles/hi").await.value();
    assert_eq!(article["body_html"], shown.html);
    assert_eq!(shown.excerpt, "One word.");
    assert_eq!(article["summary"], shown.excerpt);
}
