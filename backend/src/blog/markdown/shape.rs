//! From what Markdown means to what our page shows: a list of events becomes another one.

use std::collections::HashMap;

use contract::blog::slug;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::footnotes::Footnotes;
use super::{Place, images};

/// Deeper nesting says nothing to a reader, and costs whoever reads HTML the square of its depth.
const DEPTH_LIMIT: usize = 60;
/// More tags than this in raw HTML are shown as they were typed.
const RAW_TAGS_LIMIT: usize = 5_000;

/// The events of a body as our page shows them.
pub fn shaped<'a>(
    events: impl Iterator<Item = Event<'a>>,
    place: &Place,
    public_url: &str,
) -> Vec<Event<'a>> {
    let (events, footnotes) = Footnotes::taken_out(within_depth(events));
    let mut shape = Shape {
        place,
        public_url,
        footnotes,
        anchors: HashMap::new(),
        lowered: events.iter().any(is_highest_heading),
        alignments: Vec::new(),
        cell: 0,
        in_head: false,
        links: 0,
        raw_tags: 0,
    };
    let mut out = Vec::new();
    shape.go_over(events, &mut out);
    let mut begun = false;
    // Notes may refer to further notes.
    while let Some((number, note)) = shape.footnotes.next_wanted() {
        if !begun {
            out.push(html("<div class=\"footnotes\"><ol>\n"));
            begun = true;
        }
        out.push(html(format!("<li id=\"fn-{number}\">")));
        shape.go_over(note, &mut out);
        out.push(html(format!("<a href=\"#fnref-{number}\">↩</a></li>\n")));
    }
    if begun {
        out.push(html("</ol></div>\n"));
    }
    out
}

/// The words in events, without what they are marked as.
pub fn text_of(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// What is known on the way through a body and its notes.
struct Shape<'a, 'p> {
    place: &'p Place,
    public_url: &'p str,
    footnotes: Footnotes<'a>,
    /// Those that were given, and up to which number after each.
    anchors: HashMap<String, u64>,
    /// The highest heading is the article's title: all others go one step down.
    lowered: bool,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// How many links are open: one within another is none.
    links: usize,
    raw_tags: usize,
}

impl<'a> Shape<'a, '_> {
    fn go_over(&mut self, events: Vec<Event<'a>>, out: &mut Vec<Event<'a>>) {
        let mut at = 0;
        while at < events.len() {
            let event = &events[at];
            if let Event::Start(Tag::Image {
                dest_url, title, ..
            }) = event
            {
                let end = end_of_image(&events, at);
                let alt = text_of(&events[at..end]);
                images::show(
                    dest_url,
                    title,
                    &alt,
                    self.place,
                    self.public_url,
                    self.links > 0,
                    out,
                );
                at = end + 1;
                continue;
            }
            if let Event::Start(Tag::Heading { level, .. }) = event {
                let anchor = self.anchor(&text_of(&events[at..end_of_heading(&events, at)]));
                let level = self.level(*level);
                out.push(html(format!("<h{level} id=\"{anchor}\">")));
            } else {
                self.take(event.clone(), out);
            }
            at += 1;
        }
    }

    fn take(&mut self, event: Event<'a>, out: &mut Vec<Event<'a>>) {
        match event {
            Event::End(TagEnd::Heading(level)) => {
                out.push(html(format!("</h{}>\n", self.level(level))));
            }
            Event::Start(Tag::Table(alignments)) => {
                self.alignments = alignments;
                // A wide one is moved within its own frame, also by keys.
                out.push(html(
                    "<div class=\"table-responsive\" tabindex=\"0\"><table>",
                ));
            }
            Event::End(TagEnd::Table) => out.push(html("</tbody></table></div>\n")),
            Event::Start(Tag::TableHead) => {
                (self.in_head, self.cell) = (true, 0);
                out.push(html("<thead><tr>"));
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                out.push(html("</tr></thead><tbody>\n"));
            }
            Event::Start(Tag::TableRow) => {
                self.cell = 0;
                out.push(html("<tr>"));
            }
            Event::End(TagEnd::TableRow) => out.push(html("</tr>\n")),
            Event::Start(Tag::TableCell) => {
                let cell = if self.in_head { "th" } else { "td" };
                let class = match self.alignments.get(self.cell) {
                    Some(Alignment::Center) => " class=\"text-center\"",
                    Some(Alignment::Right) => " class=\"text-end\"",
                    _ => "",
                };
                out.push(html(format!("<{cell}{class}>")));
            }
            Event::End(TagEnd::TableCell) => {
                self.cell += 1;
                out.push(html(if self.in_head { "</th>" } else { "</td>" }));
            }
            Event::Start(Tag::CodeBlock(kind)) => out.push(html(code(&kind))),
            Event::End(TagEnd::CodeBlock) => out.push(html("</code></pre>\n")),
            Event::FootnoteReference(label) => {
                if let Some((number, is_first)) = self.footnotes.refer(&label) {
                    let id = if is_first {
                        format!(" id=\"fnref-{number}\"")
                    } else {
                        String::new()
                    };
                    out.push(html(format!(
                        "<sup{id}><a href=\"#fn-{number}\">{number}</a></sup>"
                    )));
                }
            }
            Event::TaskListMarker(is_done) => {
                out.push(Event::Text(if is_done { "☑ " } else { "☐ " }.into()));
            }
            Event::Html(raw) | Event::InlineHtml(raw) => {
                self.raw_tags += raw.matches('<').count();
                out.push(if self.raw_tags > RAW_TAGS_LIMIT {
                    Event::Text(raw)
                } else {
                    Event::Html(raw)
                });
            }
            Event::Start(Tag::Link { .. }) => {
                self.links += 1;
                out.push(event);
            }
            Event::End(TagEnd::Link) => {
                self.links = self.links.saturating_sub(1);
                out.push(event);
            }
            other => out.push(other),
        }
    }

    fn level(&self, level: HeadingLevel) -> usize {
        let level = level as usize;
        if self.lowered {
            Ord::min(level + 1, 6)
        } else {
            level
        }
    }

    /// A place to link to. Its beginning keeps it apart from the page's own.
    fn anchor(&mut self, heading: &str) -> String {
        let plain = slug::plain(heading);
        let plain = if plain.is_empty() {
            "s".to_owned()
        } else {
            format!("s-{plain}")
        };
        let Some(given) = self.anchors.get(&plain) else {
            self.anchors.insert(plain.clone(), 1);
            return plain;
        };
        // Another heading may itself end with the next number.
        let mut number = given + 1;
        while self.anchors.contains_key(&format!("{plain}-{number}")) {
            number += 1;
        }
        let anchor = format!("{plain}-{number}");
        self.anchors.insert(plain, number);
        self.anchors.insert(anchor.clone(), 1);
        anchor
    }
}

pub fn html<'a>(html: impl Into<pulldown_cmark::CowStr<'a>>) -> Event<'a> {
    Event::Html(html.into())
}

fn code(kind: &CodeBlockKind<'_>) -> String {
    let language: String = match kind {
        CodeBlockKind::Indented => String::new(),
        CodeBlockKind::Fenced(info) => {
            let word = info.split([' ', ',']).next().unwrap_or_default();
            let plain = word
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || "+-#_".contains(*c));
            plain.take(30).collect()
        }
    };
    // Long lines are moved within their own frame, also by keys.
    if language.is_empty() {
        "<pre tabindex=\"0\"><code>".to_owned()
    } else {
        format!("<pre tabindex=\"0\"><code class=\"language-{language}\">")
    }
}

/// The same without what is nested too deep; its words stay.
fn within_depth<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut open = Vec::new();
    let mut depth = 0;
    let mut kept = Vec::new();
    for event in events {
        match &event {
            Event::Start(_) => {
                let fits = depth < DEPTH_LIMIT;
                depth += usize::from(fits);
                open.push(fits);
                if !fits {
                    continue;
                }
            }
            Event::End(_) => {
                let fitted = open.pop().unwrap_or(false);
                depth -= usize::from(fitted);
                if !fitted {
                    continue;
                }
            }
            _ => {}
        }
        kept.push(event);
    }
    kept
}

fn is_highest_heading(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        })
    )
}

fn end_of_heading(events: &[Event<'_>], start: usize) -> usize {
    let rest = events[start..].iter();
    let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(_)));
    start + rest.take_while(|event| !is_end(event)).count()
}

/// Words for a picture may themselves have pictures.
fn end_of_image(events: &[Event<'_>], start: usize) -> usize {
    let mut open = 0;
    for (at, event) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at;
        }
    }
    events.len() - 1
}
