//! The feed: what readers elsewhere get, whole and harmless.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use serde_json::json;
use url::Url;

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
    let elements = parsed(empty.text());
    is_atom(&elements);
    assert_eq!(texts(&elements, "/feed/updated"), ["1970-01-01T00:00:00Z"]);

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
    is_atom(&parsed(xml));
}

/// An element of a document: its path, its attributes, and the text right within it.
struct Element {
    path: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

/// The elements in the order in which they begin, as a parser of XML reads them.
#[track_caller]
fn parsed(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_comments = true;
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let above = open.last().map_or("", |at| elements[*at].path.as_str());
                let name = str::from_utf8(tag.name().into_inner()).unwrap().to_owned();
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let name = str::from_utf8(attribute.key.into_inner()).unwrap();
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                    (name.to_owned(), value.unwrap().into_owned())
                });
                let element = Element {
                    path: format!("{above}/{name}"),
                    attributes: attributes.collect(),
                    text: String::new(),
                };
                if matches!(event, Event::Start(_)) {
                    open.push(elements.len());
                }
                elements.push(element);
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    elements[*at].text.push_str(&text.decode().unwrap());
                }
            }
            Event::GeneralRef(named) => {
                let text = match named.resolve_char_ref().unwrap() {
                    Some(letter) => letter.to_string(),
                    None => {
                        let name = named.decode().unwrap();
                        resolve_predefined_entity(&name).unwrap().to_owned()
                    }
                };
                elements[*open.last().unwrap()].text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    elements
}

/// The texts of the elements at this path.
fn texts<'a>(elements: &'a [Element], path: &str) -> Vec<&'a str> {
    let here = elements.iter().filter(|element| element.path == path);
    here.map(|element| element.text.as_str()).collect()
}

/// What RFC 4287 asks of a feed and of each of its entries.
#[track_caller]
fn is_atom(elements: &[Element]) {
    assert_eq!(
        elements[0].attributes["xmlns"],
        "http://www.w3.org/2005/Atom"
    );
    let entries = texts(elements, "/feed/entry").len();
    for (above, count) in [("/feed", 1), ("/feed/entry", entries)] {
        for name in ["id", "title", "updated"] {
            let given = texts(elements, &format!("{above}/{name}"));
            assert_eq!(given.len(), count, "{above}/{name}");
            assert!(given.iter().all(|text| !text.is_empty()));
        }
    }
    // Entries without authors have the feed's.
    assert_eq!(texts(elements, "/feed/author/name").len(), 1);
    for path in ["/feed/link", "/feed/entry/link"] {
        let links = elements.iter().filter(|element| element.path == path);
        for link in links {
            let Element { attributes, .. } = link;
            assert!(["alternate", "self"].contains(&attributes["rel"].as_str()));
            Url::parse(&attributes["href"]).unwrap();
        }
    }
    for name in ["link", "content", "published"] {
        let given = texts(elements, &format!("/feed/entry/{name}"));
        assert_eq!(given.len(), entries, "{name}");
    }
    let mut ids = BTreeSet::new();
    for path in ["/feed/id", "/feed/entry/id"] {
        for id in texts(elements, path) {
            Url::parse(id).unwrap();
            assert!(ids.insert(id), "{id} twice");
        }
    }
    for name in [
        "/feed/updated",
        "/feed/entry/updated",
        "/feed/entry/published",
    ] {
        for at in texts(elements, name) {
            DateTime::parse_from_rfc3339(at).unwrap();
        }
    }
}

#[actix_web::test]
async fn whatever_is_written_the_feed_stays_one_that_a_parser_reads() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    // An entity of Markdown may stand for what XML cannot hold.
    let body = "a &#1; \u{ffff} ]]> <b>x</b> `<i>&amp;` &lt; \u{1F54A}";
    for title in ["]]> & \"'<!--", "\u{ffff}\u{1F54A}", "Water", "Water"] {
        let new = json!({"title": title, "body": body, "published_at": "2030-04-01T06:00:00Z"});
        assert_eq!(emily.post("blog/articles", new).await.status, 201);
    }
    let feed = app.guest().get("blog/feed.xml").await;
    let xml = feed.text();
    let elements = parsed(xml);
    is_atom(&elements);
    let titles: BTreeSet<&str> = texts(&elements, "/feed/entry/title").into_iter().collect();
    let expected = ["]]> & \"'<!--", "\u{1F54A}", "Water"];
    assert_eq!(titles, BTreeSet::from(expected));
    let html = texts(&elements, "/feed/entry/content")[0];
    assert!(
        html.contains("<b>x</b>") && html.contains("<code>&lt;i&gt;&amp;amp;</code>"),
        "{html}"
    );
    // The parser leaves this to whoever uses it.
    let may_stand = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    assert!(xml.chars().all(may_stand));
}
