//! Pictures in a body: our own in all their sizes; others become links, so that nobody else learns who reads what.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Place;
use super::shape::html;
use crate::blog::pictures::name::PictureName;
use crate::markup::escaped;

/// A column of text is no wider.
const SHOWN_AT: &str = "(max-width: 46rem) 100vw, 46rem";

pub fn show<'a>(
    address: &CowStr<'a>,
    title: &CowStr<'a>,
    alt: &str,
    place: &Place,
    public_url: &str,
    in_link: bool,
    out: &mut Vec<Event<'a>>,
) {
    if let Some((name, path)) = PictureName::in_address(address, public_url) {
        out.push(html(tag(&name, path, alt, title, place)));
        return;
    }
    let words = if alt.trim().is_empty() { address } else { alt };
    let words = Event::Text(words.to_owned().into());
    if in_link {
        out.push(words);
        return;
    }
    out.push(Event::Start(Tag::Link {
        link_type: LinkType::Inline,
        dest_url: address.clone(),
        title: title.clone(),
        id: CowStr::Borrowed(""),
    }));
    out.push(words);
    out.push(Event::End(TagEnd::Link));
}

fn tag(name: &PictureName, path: &str, alt: &str, title: &str, place: &Place) -> String {
    let PictureName { width, height, .. } = name;
    let mut tag = format!(
        "<img src=\"{path}\" alt=\"{}\" width=\"{width}\" height=\"{height}\"",
        escaped(alt)
    );
    if !title.is_empty() {
        tag.push_str(&format!(" title=\"{}\"", escaped(title)));
    }
    // Feed readers know one address alone.
    if matches!(place, Place::Page) {
        let sizes: Vec<String> = name
            .all_sizes()
            .map(|size| format!("{} {}w", size.url(), size.width))
            .collect();
        tag.push_str(&format!(
            " srcset=\"{}\" sizes=\"{SHOWN_AT}\" loading=\"lazy\"",
            sizes.join(", ")
        ));
    }
    tag.push('>');
    tag
}
