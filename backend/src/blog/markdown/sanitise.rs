//! What may be in an article's HTML. Everything else is dropped, whether it was typed or made.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

use super::Place;
use crate::blog::pictures::name::PictureName;

const TAGS: [&str; 51] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Anchors of ours begin so; nothing of the page's own does.
const ANCHORS: [&str; 3] = ["s-", "fn-", "fnref-"];

pub fn sanitised(html: &str, place: &Place, public_url: &str) -> String {
    let relative = match place {
        Place::Page => UrlRelative::PassThrough,
        Place::Feed(article) => UrlRelative::RewriteWithBase(article.clone()),
    };
    let is_page = matches!(place, Place::Page);
    let public_url = public_url.to_owned();
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(HashSet::from(["id", "lang", "title", "dir"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            (
                "img",
                HashSet::from([
                    "src", "srcset", "sizes", "alt", "width", "height", "loading",
                ]),
            ),
            ("code", HashSet::from(["class"])),
            ("pre", HashSet::from(["tabindex"])),
            ("div", HashSet::from(["tabindex"])),
            ("ol", HashSet::from(["start"])),
            ("th", HashSet::from(["colspan", "rowspan", "scope"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("details", HashSet::from(["open"])),
        ]))
        .allowed_classes(HashMap::from([
            ("div", HashSet::from(["table-responsive", "footnotes"])),
            ("th", HashSet::from(["text-center", "text-end"])),
            ("td", HashSet::from(["text-center", "text-end"])),
        ]))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(relative)
        .link_rel(Some("noopener noreferrer"))
        .attribute_filter(move |element, attribute, value| {
            // Nobody makes the addresses in it whole for a feed.
            let is_allowed = (attribute != "srcset" || is_page)
                && allowed(element, attribute, value, &public_url);
            is_allowed.then_some(Cow::Borrowed(value))
        });
    builder.clean(html).to_string()
}

fn allowed(element: &str, attribute: &str, value: &str, public_url: &str) -> bool {
    let is_ours = |address: &str| PictureName::in_address(address, public_url).is_some();
    match (element, attribute) {
        (_, "id") => value == "s" || ANCHORS.iter().any(|start| value.starts_with(start)),
        (_, "tabindex") => value == "0",
        ("code", "class") => value.starts_with("language-") && !value.contains(' '),
        ("img", "src") => is_ours(value),
        ("img", "srcset") => value
            .split(',')
            .filter_map(|one| one.split_whitespace().next())
            .all(is_ours),
        _ => true,
    }
}
