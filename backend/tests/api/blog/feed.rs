//! The feed: what readers elsewhere get, whole and harmless.

use serde_json::json;

use super::write;
use crate::support::TestApp;

#[actix_web::test]
async fn the_latest_articles_stand_in_the_feed_with_whole_addresses() {
    let app = TestApp::with(|config| {
        config.http.public_url = "https://golub.example/".to_owned();
        config.instance.name = "Ladoga & Co".to_owned();
    })
    .await;
    let emily = app.writer("emily").await;
    let empty = app.guest().get("blog/feed.xml").await;
    assert_eq!(
        empty.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    assert!(
        empty
            .text()
            .contains("<updated>1970-01-01T00:00:00Z</updated>")
    );

    for day in 1..=22 {
        let at = format!("2030-04-{day:02}T06:00:00Z");
        write(&emily, &format!("Day {day}"), Some(&at)).await;
    }
    let new = json!({
        "title": "Water <&> milk", "summary": "\"Both\"", "body": "See [more](/blog) & ![x](https://evil.example/x.png)",
        "published_at": "2030-04-30T06:00:00Z"
    });
    let id = emily.post("blog/articles", new).await.id();
    let feed = app.guest().get("blog/feed.xml").await;
    let xml = feed.text();
    for part in [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "<title>Ladoga &amp; Co</title>",
        "<author><name>Ladoga &amp; Co</name></author>",
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://golub.example/api/v1/blog/feed.xml\"/>",
        "<title>Water &lt;&amp;&gt; milk</title>",
        &format!("<id>https://golub.example/api/v1/blog/articles/{id}</id>"),
        "href=\"https://golub.example/blog/water-milk\"/>",
        "<published>2030-04-30T06:00:00Z</published>",
        "<updated>2030-05-01T06:00:00Z</updated>",
        "<summary>&quot;Both&quot;</summary>",
        "&lt;a href=&quot;https://golub.example/blog&quot;",
    ] {
        assert!(xml.contains(part), "{part} is not in {xml}");
    }
    assert!(!xml.contains("<img") && !xml.contains("&lt;img"));
    assert_eq!(xml.matches("<entry>").count(), 20);
    assert!(xml.find("Day 22").unwrap() < xml.find("Day 21").unwrap());
    assert!(!xml.contains("Day 3<"));
    well_formed(xml);
}

/// Every element that begins ends in its turn, and every ampersand begins an entity that XML knows.
#[track_caller]
fn well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in xml.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') && !tag.starts_with('?') {
            open.push(tag.split(' ').next().unwrap());
        }
        for entity in text.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
            assert!(
                known.iter().any(|known| entity.starts_with(known)),
                "&{entity}"
            );
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
