//! The first words of a message, without its marks.

use contract::messages::Format;

/// The body as plain text, its paragraphs in a row.
pub fn excerpt(body: &str, format: Format) -> String {
    let text = match format {
        Format::Html => without_tags(body)
            .replace("&nbsp;", " ")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
        Format::Markdown => without_targets(body)
            .replace("__", "")
            .replace(['`', '*', '['], ""),
        Format::Text => body.to_owned(),
    };
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '#' | '>' | '-');
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches(is_mark).trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// `[shop](https://example.org)` becomes `[shop`.
fn without_targets(markdown: &str) -> String {
    let mut parts = markdown.split("](");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    text
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut within = false;
    for letter in html.chars() {
        match letter {
            '<' => within = true,
            '>' if within => {
                within = false;
                text.push(' ');
            }
            _ if !within => text.push(letter),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_tags_are_left_out() {
        let markdown =
            "# Hello, **{{ full_name }}**!\n\n- in the [shop](https://example.org)\n- *here*";
        assert_eq!(
            excerpt(markdown, Format::Markdown),
            "Hello, {{ full_name }}! in the shop here"
        );
        assert_eq!(
            excerpt("<h1>Bill</h1>\n<p>for&nbsp;{{ email }}</p>", Format::Html),
            "Bill for {{ email }}"
        );
        assert_eq!(excerpt("a < b", Format::Text), "a < b");
    }
}
