//! PostgreSQL's arrays in their text form, so that a column of any length is one value of a statement.

use std::fmt::{Display, Write as _};

/// An array being written. `{1,NULL,"say \"no\""}`
#[derive(Debug, Default)]
pub(super) struct ArrayText(String);

impl ArrayText {
    /// Something that contains neither spaces nor signs that mean something in an array.
    pub fn push(&mut self, element: impl Display) {
        self.separate();
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{element}");
    }

    pub fn push_or_null(&mut self, element: Option<impl Display>) {
        match element {
            Some(element) => self.push(element),
            None => self.push("NULL"),
        }
    }

    /// Any text.
    pub fn push_text(&mut self, text: Option<&str>) {
        let Some(text) = text else {
            return self.push("NULL");
        };
        self.separate();
        self.0.push('"');
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                self.0.push('\\');
            }
            // PostgreSQL keeps no NUL.
            if c != '\0' {
                self.0.push(c);
            }
        }
        self.0.push('"');
    }

    pub fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }

    fn separate(&mut self) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_keeps_its_elements_apart_whatever_stands_in_them() {
        let mut array = ArrayText::default();
        array.push(-7);
        array.push_or_null(None::<i64>);
        array.push_text(Some(r#"550 "no", {a\b} NULL"#));
        array.push_text(Some(""));
        array.push_text(None);
        assert_eq!(
            array.end(),
            r#"{-7,NULL,"550 \"no\", {a\\b} NULL","",NULL}"#
        );
        assert_eq!(ArrayText::default().end(), "{}");
    }
}
