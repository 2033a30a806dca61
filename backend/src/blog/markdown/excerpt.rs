//! The beginning of a body as plain text, for where no summary was written.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

const LENGTH: usize = 200;
/// Further on there is nothing of the beginning.
const LOOKED_AT: usize = 10_000;

/// At most 200 characters, whole words, of the first paragraphs.
pub fn excerpt(body: &str) -> String {
    let start: String = body.chars().take(LOOKED_AT).collect();
    let mut text = String::new();
    let mut skipped = 0;
    for event in Parser::new_ext(&start, super::options()) {
        match event {
            Event::Start(tag) if says_nothing(&tag) => skipped += 1,
            Event::End(tag) if ends_nothing(tag) => skipped -= 1,
            Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::SoftBreak | Event::HardBreak => {
                text.push(' ')
            }
            Event::Text(words) | Event::Code(words) if skipped == 0 => text.push_str(&words),
            _ => {}
        }
        if text.chars().count() > 2 * LENGTH {
            break;
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    shortened(&words.join(" "))
}

fn says_nothing(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::Table(_)
            | Tag::FootnoteDefinition(_)
            | Tag::Image { .. }
    )
}

fn ends_nothing(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::Image
    )
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LENGTH {
        return text.to_owned();
    }
    let start: String = text.chars().take(LENGTH - 1).collect();
    let whole = start.rsplit_once(' ').map_or(&*start, |(whole, _)| whole);
    format!(
        "{}…",
        whole.trim_end_matches([',', ';', ':', '—', '-', ' '])
    )
}
