//! The text part of a letter whose body is HTML, for readers without HTML.

/// Lines as wide as mail has them since RFC 1855.
const WIDTH: usize = 72;

/// Laying out takes time with the square of how deep elements stand in each other, and HTML has many ways to hide
/// how deep that is. A body with more tags is only stripped of them, lest one that was made for it hold up every
/// other letter.
const LAID_OUT: usize = 1_000;

/// Tags that end a line.
const BLOCKS: [&str; 20] = [
    "blockquote",
    "br",
    "center",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "table",
    "tr",
    "ul",
    "pre",
];

/// Elements whose text nobody sees.
const UNSEEN: [&str; 4] = ["script", "style", "title", "noscript"];

/// The text that a reader without HTML sees.
pub fn text_of(html: &str) -> String {
    if html.matches('<').count() > LAID_OUT {
        return stripped(html);
    }
    html2text::from_read(html.as_bytes(), WIDTH).unwrap_or_else(|_| stripped(html))
}

/// What stands between the tags, in lines.
fn stripped(html: &str) -> String {
    let mut parts = html.split('<');
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut unseen: Option<&str> = None;
    for part in parts {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let (is_end, tag) = tag
            .strip_prefix('/')
            .map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
        let name = &tag[..end.unwrap_or(tag.len())];
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        match unseen {
            Some(open) if is_end && is(&open) => unseen = None,
            Some(_) => {}
            None if !is_end => unseen = UNSEEN.iter().copied().find(|known| is(known)),
            None => {}
        }
        if BLOCKS.iter().any(is) {
            text.push('\n');
        }
        if unseen.is_none() {
            text.push_str(after);
        }
    }
    // The ampersand last: what it makes is no entity.
    for (entity, character) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_becomes_readable_text() {
        let text =
            text_of("<h1>Hi</h1><p>One<p>Two &amp; <a href=\"https://example.org\">three</a>");
        assert!(text.contains("One\n\nTwo & [three]"), "{text}");
        assert!(text.contains("https://example.org"), "{text}");
    }

    #[test]
    fn a_body_of_very_many_tags_is_only_stripped_of_them() {
        let deep = format!("{}Hi &lt;you&gt;", "<div title='</div>'>".repeat(40_000));
        assert!(text_of(&deep).ends_with("Hi <you>"));
        let long = "<tr><td>Row</td></tr>".repeat(1_000);
        assert_eq!(text_of(&long), "Row\n".repeat(1_000).trim_end());
    }

    #[test]
    fn stripping_keeps_the_words_and_drops_what_nobody_sees() {
        let html =
            "<title>T</title><style>p > a { x }</style><p>One <b>two</b></p>&amp;lt;<BR>three</b";
        assert_eq!(stripped(html), "One two\n&lt;\nthree");
    }
}
