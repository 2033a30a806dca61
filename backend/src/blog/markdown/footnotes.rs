//! Footnotes: taken from where they stand, numbered as they are referred to, and put behind the text.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

pub struct Footnotes<'a> {
    notes: HashMap<CowStr<'a>, Vec<Event<'a>>>,
    /// In the order in which they are first referred to.
    wanted: Vec<CowStr<'a>>,
    numbers: HashMap<CowStr<'a>, usize>,
    given: usize,
}

impl<'a> Footnotes<'a> {
    /// The events without their footnotes, and these.
    pub fn taken_out(events: Vec<Event<'a>>) -> (Vec<Event<'a>>, Self) {
        let mut body = Vec::new();
        let mut notes: HashMap<CowStr<'a>, Vec<Event<'a>>> = HashMap::new();
        let mut open: Vec<(CowStr<'a>, Vec<Event<'a>>)> = Vec::new();
        for event in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((label, Vec::new())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((label, note)) = open.pop() {
                        notes.entry(label).or_insert(note);
                    }
                }
                event => match open.last_mut() {
                    Some((_, note)) => note.push(event),
                    None => body.push(event),
                },
            }
        }
        let footnotes = Self {
            notes,
            wanted: Vec::new(),
            numbers: HashMap::new(),
            given: 0,
        };
        (body, footnotes)
    }

    /// The number of a note, and whether it is referred to for the first time; none if there is no such note.
    pub fn refer(&mut self, label: &CowStr<'a>) -> Option<(usize, bool)> {
        if let Some(number) = self.numbers.get(label) {
            return Some((*number, false));
        }
        if !self.notes.contains_key(label) {
            return None;
        }
        self.wanted.push(label.clone());
        let number = self.wanted.len();
        self.numbers.insert(label.clone(), number);
        Some((number, true))
    }

    /// The next note that is referred to, with its number.
    pub fn next_wanted(&mut self) -> Option<(usize, Vec<Event<'a>>)> {
        let label = self.wanted.get(self.given)?;
        self.given += 1;
        let note = self.notes.remove(label).unwrap_or_default();
        Some((self.given, note))
    }
}
