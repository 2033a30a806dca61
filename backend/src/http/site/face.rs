//! What the page's head says of the service: written once, when the page is opened, so that the first thing drawn is
//! the right name and the right logo.

use crate::instance::Logo;

const TITLE: &str = "<title>Golub</title>";
const NAME: &str = "<meta name=\"application-name\" content=\"Golub\">";

/// The page with the service's own name and logo in place of the build's.
pub fn named(index: &str, name: &str, logo: Option<&Logo>) -> String {
    let name = escaped(name);
    let mut told = format!("<meta name=\"application-name\" content=\"{name}\">");
    if let Some(logo) = logo {
        let url = logo.url();
        told.push_str(&format!("<meta name=\"logo\" content=\"{url}\">"));
    }
    index
        .replace(TITLE, &format!("<title>{name}</title>"))
        .replace(NAME, &told)
}

/// Text for an element or a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_where_the_builds_did_and_stays_a_name() {
        let index = format!("<head>{TITLE}{NAME}</head>");
        assert_eq!(named(&index, "Golub", None), index);
        assert_eq!(
            named(&index, "A \"&\" <b>", None),
            "<head><title>A &quot;&amp;&quot; &lt;b&gt;</title>\
             <meta name=\"application-name\" content=\"A &quot;&amp;&quot; &lt;b&gt;\"></head>"
        );
    }

    #[test]
    fn the_page_has_both_places() {
        let page = include_str!("../../../../frontend/index.html");
        assert!(page.contains(TITLE) && page.contains(NAME));
    }
}
