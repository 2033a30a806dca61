//! The page's `index.html`, with what its head says of the service in place of what the build wrote there: the name
//! and the logo, so that the first thing drawn is the right one, and for an article its own title and words.
//!
//! Whoever built the page may have taken quotes away and put other things between; only a title must be there.

use bytes::Bytes;

use crate::instance::Logo;
use crate::markup::escaped;

/// What makes way for the service's own.
const REPLACED: [&str; 3] = ["application-name", "logo", "description"];
const DESCRIPTION: &str = "description";

/// The page in two parts, between which the head's own words go.
#[derive(Debug)]
pub struct Index {
    before: String,
    after: String,
    /// The name and the logo, for the page itself.
    service: String,
    /// The whole page as it is where nothing else is shown.
    plain: Bytes,
}

impl Index {
    /// Reads a built page; none if it has no title.
    pub fn read(html: &str, name: &str, logo: Option<&Logo>) -> Option<Self> {
        let (before, rest) = html.split_once("<title>")?;
        let (_, after) = rest.split_once("</title>")?;
        let name = escaped(name);
        let description = meta(before, DESCRIPTION).or_else(|| meta(after, DESCRIPTION));
        let mut service = format!("<meta name=\"application-name\" content=\"{name}\">");
        if let Some(logo) = logo {
            let url = escaped(&logo.url());
            service.push_str(&format!("<meta name=\"logo\" content=\"{url}\">"));
        }
        let mut index = Self {
            service,
            before: without_replaced(before),
            after: without_replaced(after),
            plain: Bytes::new(),
        };
        let tags = format!("<title>{name}</title>{}", description.unwrap_or_default());
        index.plain = index.with(&tags).into();
        Some(index)
    }

    /// The page as it is where nothing else is shown.
    pub fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// The page with these tags in place of its title and description.
    pub fn with(&self, tags: &str) -> String {
        let Self {
            before,
            after,
            plain: _,
            service,
        } = self;
        format!("{before}{tags}{service}{after}")
    }
}

fn without_replaced(part: &str) -> String {
    REPLACED
        .iter()
        .fold(part.to_owned(), |part, name| match meta(&part, name) {
            Some(tag) => part.replacen(tag, "", 1),
            None => part,
        })
}

/// The whole `<meta>` of this name.
fn meta<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let tags = html.match_indices("<meta").filter_map(|(start, _)| {
        let end = html[start..].find('>')?;
        Some(&html[start..=start + end])
    });
    let names = [
        format!("name=\"{name}\""),
        format!("name='{name}'"),
        format!("name={name} "),
        format!("name={name}>"),
        format!("name={name}/"),
    ];
    let mut named = tags.filter(|tag| names.iter().any(|name| tag.contains(name)));
    named.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: &str = "<title>A &quot;&amp;&quot; &lt;b&gt;</title>\
         <meta name=\"description\" content=\"x\">\
         <meta name=\"application-name\" content=\"A &quot;&amp;&quot; &lt;b&gt;\">";

    fn plain(index: &Index) -> String {
        String::from_utf8(index.plain().to_vec()).unwrap()
    }

    #[test]
    fn the_name_stands_where_the_builds_did_and_stays_a_name() {
        let html = "<head><title>Golub</title><meta name=\"application-name\" content=\"Golub\">\
             <meta name=\"description\" content=\"x\"><script>start()</script></head>";
        let index = Index::read(html, "A \"&\" <b>", None).unwrap();
        let expected = format!("<head>{NAMED}<script>start()</script></head>");
        assert_eq!(plain(&index), expected);
    }

    #[test]
    fn a_build_may_take_quotes_away_and_move_what_is_in_the_head() {
        for html in [
            "<meta name=application-name content=Golub><title>Golub</title><meta content=x name=description><p>",
            "<meta charset=utf-8><meta name='description' content='x'><title>G</title><meta content=Golub name=application-name /><p>",
        ] {
            let index = Index::read(html, "Lake", None).unwrap();
            let page = plain(&index);
            assert_eq!(page.matches("application-name").count(), 1, "{page}");
            assert!(page.contains("<title>Lake</title>"), "{page}");
            assert!(page.contains("name=\"application-name\" content=\"Lake\""));
            assert_eq!(page.matches("description").count(), 1, "{page}");
            let shared = index.with("<title>Water</title>");
            assert!(shared.contains("<title>Water</title>") && !shared.contains("description"));
            assert!(
                shared.ends_with("<p>") && !shared.contains("Golub"),
                "{shared}"
            );
        }
        assert!(Index::read("<p>", "Lake", None).is_none());
    }

    #[test]
    fn the_page_of_this_repository_has_each_place_once() {
        let page = include_str!("../../../../frontend/index.html");
        for name in ["application-name", "description"] {
            assert!(meta(page, name).is_some(), "{name}");
        }
        let index = Index::read(page, "Lake", None).unwrap();
        let page = plain(&index);
        assert_eq!(page.matches("Golub").count(), 0);
        assert_eq!(page.matches("application/atom+xml").count(), 1);
    }
}
