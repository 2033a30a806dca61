//! What the toolbar does to a text. Offsets are those of browsers: UTF-16 units.

use contract::template::Variable;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Bold,
    Italic,
    Link,
    Heading,
    Bullets,
    Numbers,
    Quote,
    Variable(Variable),
}

/// Put `text` in place of what stands from `from` to `to`, and then select from `select.0` to `select.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub from: usize,
    pub to: usize,
    pub text: String,
    pub select: (usize, usize),
}

/// How a mark changes a text in which `from` to `to` is selected.
pub fn edit(mark: Mark, text: &str, from: usize, to: usize) -> Edit {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (from, to) = (from.min(units.len()), to.min(units.len()));
    let (from, to) = (from.min(to), from.max(to));
    let selected = String::from_utf16_lossy(&units[from..to]);
    match mark {
        Mark::Bold => around(from, to, "**", &selected, "**"),
        Mark::Italic => around(from, to, "*", &selected, "*"),
        Mark::Link => link(from, to, &selected),
        Mark::Variable(variable) => {
            let text = format!("{{{{ {} }}}}", variable.name());
            let end = from + length(&text);
            Edit {
                from,
                to,
                text,
                select: (end, end),
            }
        }
        Mark::Heading => lines(&units, from, to, |_| "## ".to_owned()),
        Mark::Bullets => lines(&units, from, to, |_| "- ".to_owned()),
        Mark::Numbers => lines(&units, from, to, |place| format!("{}. ", place + 1)),
        Mark::Quote => lines(&units, from, to, |_| "> ".to_owned()),
    }
}

fn around(from: usize, to: usize, before: &str, selected: &str, after: &str) -> Edit {
    let start = from + length(before);
    Edit {
        from,
        to,
        text: format!("{before}{selected}{after}"),
        select: (start, start + length(selected)),
    }
}

/// Selects the address, which is what one types next.
fn link(from: usize, to: usize, selected: &str) -> Edit {
    const ADDRESS: &str = "https://";
    let start = from + length(selected) + "[](".len();
    Edit {
        from,
        to,
        text: format!("[{selected}]({ADDRESS})"),
        select: (start, start + ADDRESS.len()),
    }
}

/// Puts a sign before each of the lines that the selection touches.
fn lines(units: &[u16], from: usize, to: usize, sign: impl Fn(usize) -> String) -> Edit {
    const BREAK: u16 = b'\n' as u16;
    let start = units[..from]
        .iter()
        .rposition(|unit| *unit == BREAK)
        .map_or(0, |place| place + 1);
    let end = units[to..]
        .iter()
        .position(|unit| *unit == BREAK)
        .map_or(units.len(), |place| to + place);
    let block = String::from_utf16_lossy(&units[start..end]);
    let signed: Vec<String> = block
        .split('\n')
        .enumerate()
        .map(|(place, line)| format!("{}{line}", sign(place)))
        .collect();
    let text = signed.join("\n");
    let end_after = start + length(&text);
    Edit {
        from: start,
        to: end,
        text,
        select: (end_after, end_after),
    }
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text after the edit, with the selection in brackets.
    fn after(mark: Mark, text: &str, from: usize, to: usize) -> String {
        let edit = edit(mark, text, from, to);
        let mut units: Vec<u16> = text.encode_utf16().collect();
        units.splice(edit.from..edit.to, edit.text.encode_utf16());
        let part = |from: usize, to: usize| String::from_utf16_lossy(&units[from..to]);
        let (start, end) = edit.select;
        format!(
            "{}⟨{}⟩{}",
            part(0, start),
            part(start, end),
            part(end, units.len())
        )
    }

    #[test]
    fn a_selection_is_marked_and_stays_selected() {
        assert_eq!(after(Mark::Bold, "Привет, мир", 8, 11), "Привет, **⟨мир⟩**");
        assert_eq!(after(Mark::Italic, "🕊 go", 3, 5), "🕊 *⟨go⟩*");
    }

    #[test]
    fn a_link_waits_for_its_address() {
        assert_eq!(
            after(Mark::Link, "see shop", 4, 8),
            "see [shop](⟨https://⟩)"
        );
    }

    #[test]
    fn every_touched_line_gets_its_sign() {
        assert_eq!(after(Mark::Numbers, "a\nb\nc", 0, 3), "1. a\n2. b⟨⟩\nc");
        assert_eq!(after(Mark::Heading, "one\ntwo", 5, 5), "one\n## two⟨⟩");
    }

    #[test]
    fn a_variable_replaces_the_selection() {
        let mark = Mark::Variable(Variable::FullName);
        assert_eq!(after(mark, "Hello X!", 6, 7), "Hello {{ full_name }}⟨⟩!");
    }
}
