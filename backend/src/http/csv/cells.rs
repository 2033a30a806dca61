//! Cells, quoted where they must be, and never a formula.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use contract::listing::Owner;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Row;

/// What a cell begins with that a spreadsheet takes for a formula, or skips to find one. Some take the wide forms, too.
const BEGINS_FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Where a spreadsheet may cut a cell in two: some go by a separator of their own choice, and by no quotes.
const CUTS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// What stands between cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    #[default]
    Comma,
    Semicolon,
}

/// Rows that are being written.
#[derive(Debug)]
pub struct Cells {
    text: String,
    separator: char,
    is_first: bool,
}

impl Cells {
    pub fn new(separator: Separator) -> Self {
        Self {
            text: String::new(),
            separator: match separator {
                Separator::Comma => ',',
                Separator::Semicolon => ';',
            },
            is_first: true,
        }
    }

    pub fn head<T: Row>(&mut self) {
        for name in T::HEAD {
            self.text(name);
        }
        self.end_row();
    }

    pub fn rows<T: Row>(&mut self, rows: &[T]) {
        for row in rows {
            row.write(self);
            self.end_row();
        }
    }

    pub fn finish(self) -> String {
        self.text
    }

    pub fn text(&mut self, text: &str) {
        self.separate();
        // Whichever separator a spreadsheet goes by, nothing inside of a cell may end it.
        if !text.contains('"') && !text.contains(CUTS) && !text.starts_with(BEGINS_FORMULA) {
            self.text.push_str(text);
            return;
        }
        self.text.push('"');
        if text.starts_with(BEGINS_FORMULA) {
            self.text.push('\'');
        }
        let mut is_behind_cut = false;
        for letter in text.chars() {
            let cuts = CUTS.contains(&letter);
            if is_behind_cut && !cuts && BEGINS_FORMULA.contains(&letter) {
                self.text.push('\'');
            }
            if letter == '"' {
                self.text.push('"');
            }
            self.text.push(letter);
            // A quote behind a cut may be taken for an empty cell's, and what follows it for the cell.
            is_behind_cut = cuts || is_behind_cut && letter == '"';
        }
        self.text.push('"');
    }

    pub fn optional(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    pub fn number(&mut self, number: impl Into<Option<i64>>) {
        self.separate();
        if let Some(number) = number.into() {
            self.text.push_str(&number.to_string());
        }
    }

    pub fn count(&mut self, count: u64) {
        self.separate();
        self.text.push_str(&count.to_string());
    }

    /// A part of one, to four places.
    pub fn share(&mut self, share: Option<f64>) {
        self.separate();
        if let Some(share) = share {
            self.text.push_str(&format!("{share:.4}"));
        }
    }

    pub fn instant(&mut self, at: impl Into<Option<DateTime<Utc>>>) {
        let at = at.into();
        let at = at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        self.optional(at.as_deref());
    }

    pub fn date(&mut self, date: NaiveDate) {
        self.text(&date.to_string());
    }

    /// The word that it has in JSON.
    pub fn word(&mut self, word: &impl Serialize) {
        let word = serde_json::to_value(word).ok();
        self.optional(word.as_ref().and_then(|word| word.as_str()));
    }

    /// An id, an address and a name.
    pub fn owner(&mut self, owner: Option<&Owner>) {
        self.number(owner.map(|owner| owner.id));
        self.optional(owner.map(|owner| owner.email.as_str()));
        self.optional(owner.map(|owner| owner.full_name.as_str()));
    }

    fn separate(&mut self) {
        if !self.is_first {
            self.text.push(self.separator);
        }
        self.is_first = false;
    }

    fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.is_first = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut cells = Cells::new(Separator::Comma);
        cells.text(text);
        cells.finish()
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for begin in BEGINS_FORMULA {
            let text = format!("{begin}HYPERLINK(1)");
            assert_eq!(cell(&text), format!("\"'{text}\""));
        }
        assert_eq!(cell("a=1"), "a=1");
        assert_eq!(cell("2.0.0 Ok"), "2.0.0 Ok");
    }

    #[test]
    fn neither_is_what_is_left_of_a_cell_that_the_wrong_separator_cuts() {
        assert_eq!(cell("a;=1+1"), "\"a;'=1+1\"");
        assert_eq!(cell("a,-1"), "\"a,'-1\"");
        assert_eq!(cell("a;b\t@x;+y"), "\"a;b\t'@x;'+y\"");
        assert_eq!(cell("a\r\n=1"), "\"a\r\n'=1\"");
        assert_eq!(cell("a;\t\u{ff1d}1"), "\"a;\t'\u{ff1d}1\"");
        assert_eq!(cell("=a;=b"), "\"'=a;'=b\"");
        assert_eq!(cell("a;\"=1"), "\"a;\"\"'=1\"");
        assert_eq!(cell("a-b; c=d"), "\"a-b; c=d\"");
    }

    #[test]
    fn what_would_end_a_cell_stands_in_quotes() {
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("a;b"), "\"a;b\"");
        assert_eq!(cell("say \"a\""), "\"say \"\"a\"\"\"");
        assert_eq!(cell("a\r\nb"), "\"a\r\nb\"");
        assert_eq!(cell(""), "");
    }

    #[test]
    fn rows_have_all_their_cells_also_empty_ones() {
        let mut cells = Cells::new(Separator::Semicolon);
        cells.number(None);
        cells.count(7);
        cells.optional(None);
        cells.share(Some(0.5));
        cells.number(-3);
        cells.end_row();
        assert_eq!(cells.finish(), ";7;;0.5000;-3\r\n");
    }
}
