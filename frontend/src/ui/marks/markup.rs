//! What a toolbar of Markdown does to a text. Offsets are those of browsers: UTF-16 units.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Bold,
    Italic,
    Link,
    Heading,
    Bullets,
    Numbers,
    Quote,
    Code,
    Table,
    /// A picture that can be found there, with what is to be seen on it.
    Picture {
        url: String,
        alt: String,
    },
    /// Just these words, in place of what is selected.
    Words(String),
}

const TABLE: &str = "| A | B |\n| --- | ---: |\n| a | 1 |\n";

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
        Mark::Words(words) => instead(from, to, words),
        Mark::Picture { url, alt } => picture(&units, from, to, &url, &alt),
        Mark::Table => instead(from, to, own_lines(&units, from, TABLE)),
        Mark::Code if selected.contains('\n') => around(from, to, "```\n", &selected, "\n```"),
        Mark::Code => around(from, to, "`", &selected, "`"),
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

fn instead(from: usize, to: usize, text: String) -> Edit {
    let end = from + length(&text);
    Edit {
        from,
        to,
        text,
        select: (end, end),
    }
}

/// Without words for it, selects where they belong: that is what one types next.
fn picture(units: &[u16], from: usize, to: usize, url: &str, alt: &str) -> Edit {
    let text = own_lines(units, from, &format!("![{alt}]({url})\n"));
    let words = text.find("![").map_or(0, |place| place + "![".len());
    let edit = instead(from, to, text);
    match alt {
        // Nothing but line breaks stands before it: each is one unit.
        "" => Edit {
            select: (from + words, from + words),
            ..edit
        },
        _ => edit,
    }
}

/// Text that stands in lines of its own, with an empty one before it.
fn own_lines(units: &[u16], from: usize, text: &str) -> String {
    const BREAK: u16 = b'\n' as u16;
    let before = match &units[..from] {
        [] | [.., BREAK, BREAK] => "",
        [.., BREAK] => "\n",
        _ => "\n\n",
    };
    format!("{before}{text}")
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
    fn words_replace_the_selection() {
        let mark = Mark::Words("{{ full_name }}".to_owned());
        assert_eq!(after(mark, "Hello X!", 6, 7), "Hello {{ full_name }}⟨⟩!");
    }

    #[test]
    fn code_of_one_line_stands_within_it_and_of_more_in_a_block() {
        assert_eq!(after(Mark::Code, "run ls", 4, 6), "run `⟨ls⟩`");
        assert_eq!(after(Mark::Code, "a\nb", 0, 3), "```\n⟨a\nb⟩\n```");
    }

    #[test]
    fn a_picture_stands_in_a_line_of_its_own_and_waits_for_its_words() {
        let picture = |alt: &str| Mark::Picture {
            url: "/p.jpg".to_owned(),
            alt: alt.to_owned(),
        };
        assert_eq!(after(picture(""), "Да", 2, 2), "Да\n\n![⟨⟩](/p.jpg)\n");
        assert_eq!(
            after(picture("A dove"), "a\n\n", 3, 3),
            "a\n\n![A dove](/p.jpg)\n⟨⟩"
        );
    }

    #[test]
    fn a_table_begins_after_an_empty_line() {
        let text = after(Mark::Table, "x\n", 2, 2);
        assert_eq!(text, format!("x\n\n{TABLE}⟨⟩"));
    }
}
