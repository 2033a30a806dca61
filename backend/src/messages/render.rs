//! Messages become letters: prepared once for a run, then filled in for each recipient.
//!
//! A body in Markdown is turned into HTML once, with marks where the variables stand; the marks are then found
//! again. A mark is a word that nobody can have written, made of letters and digits alone, so that it comes
//! through Markdown and addresses unchanged. What is filled in is data: it is escaped in HTML, and loses its line
//! breaks and control characters, so that a name can be neither markup nor a header.

use std::borrow::Cow;

use contract::messages::Format;
use contract::problem::{FieldError, FieldErrors};
use contract::template::{Template, Variable};
use pulldown_cmark::{Options, Parser};

use super::text_part::text_of;
use crate::markup::escaped;

/// A message ready to be filled in.
#[derive(Clone, Debug)]
pub struct Prepared {
    subject: Template,
    text: Template,
    html: Template,
}

/// What one recipient gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What is filled in.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    pub full_name: &'a str,
    pub email: &'a str,
}

impl Prepared {
    /// `nonce` goes into the marks: letters and digits that nobody can guess.
    pub fn new(
        subject: &str,
        body: &str,
        format: Format,
        nonce: &str,
    ) -> Result<Self, FieldErrors> {
        let subject = Template::parse(subject).map_err(|errors| at("subject", errors))?;
        let body = Template::parse(body).map_err(|errors| at("body", errors))?;
        let mark = |variable: Variable| format!("golub{nonce}{}", variable.name().replace('_', ""));
        let marked = body.fill(|variable| mark(variable).into());
        let (text, html) = match format {
            Format::Markdown => (marked.clone(), from_markdown(&marked)),
            Format::Html => (text_of(&marked), marked),
            Format::Text => (marked.clone(), from_text(&marked)),
        };
        let html = if format == Format::Html && is_document(&html) {
            html
        } else {
            document(&html)
        };
        Ok(Self {
            subject,
            text: Template::from_marked(&text, mark),
            html: Template::from_marked(&html, mark),
        })
    }

    pub fn fill(&self, person: Person<'_>) -> Filled {
        Filled {
            subject: self.subject(person),
            text: self.text.fill(|variable| plain(value(person, variable))),
            html: self
                .html
                .fill(|variable| escaped(&plain(value(person, variable))).into()),
        }
    }

    pub fn subject(&self, person: Person<'_>) -> String {
        fill_text(&self.subject, person)
    }
}

/// A subject or an SMS, taken apart, as this person gets it.
pub fn fill_text(template: &Template, person: Person<'_>) -> String {
    template.fill(|variable| plain(value(person, variable)))
}

/// A subject or an SMS as this person gets it; as it is written where it cannot be filled in.
pub fn text_for(text: &str, person: Person<'_>) -> String {
    match Template::parse(text) {
        Ok(template) => fill_text(&template, person),
        Err(_) => text.to_owned(),
    }
}

fn value<'a>(person: Person<'a>, variable: Variable) -> &'a str {
    match variable {
        Variable::FullName => person.full_name,
        Variable::Email => person.email,
    }
}

/// One line without control characters.
fn plain(value: &str) -> Cow<'_, str> {
    if value.chars().any(char::is_control) {
        value
            .chars()
            .filter(|c| !c.is_control())
            .collect::<String>()
            .into()
    } else {
        value.into()
    }
}

fn from_markdown(markdown: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(markdown, options));
    html
}

fn from_text(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escaped).collect();
    format!("<p>{}</p>", lines.join("<br>\n"))
}

fn is_document(html: &str) -> bool {
    html.trim_start()
        .get(..9)
        .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
        || html
            .trim_start()
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("<html"))
}

/// A whole document around a body, readable in any mail program.
fn document(body: &str) -> String {
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n\
         <body style=\"margin:0;padding:24px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;\
         color:#1c2430\"><div style=\"max-width:640px;margin:0 auto\">\n{body}\n</div></body></html>\n"
    )
}

fn at(field: &str, errors: Vec<FieldError>) -> FieldErrors {
    let mut fields = FieldErrors::default();
    for error in errors {
        fields.add(field, error);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: Person<'_> = Person {
        full_name: "Анна <b>\r\nBcc: x",
        email: "a&b@example.org",
    };

    fn filled(body: &str, format: Format) -> Filled {
        Prepared::new("Hello {{ full_name }}", body, format, "Q7f3")
            .unwrap()
            .fill(ANNA)
    }

    #[test]
    fn markdown_becomes_html_and_names_stay_text() {
        let letter = filled(
            "# Hi **{{ full_name }}**\n\n[you](https://example.org/?e={{email}})",
            Format::Markdown,
        );
        assert!(
            letter
                .html
                .contains("<strong>Анна &lt;b&gt;Bcc: x</strong>"),
            "{}",
            letter.html
        );
        assert!(
            letter
                .html
                .contains("href=\"https://example.org/?e=a&amp;b@example.org\""),
            "{}",
            letter.html
        );
        assert!(
            letter.text.starts_with("# Hi **Анна <b>Bcc: x**"),
            "{}",
            letter.text
        );
        assert_eq!(letter.subject, "Hello Анна <b>Bcc: x");
    }

    #[test]
    fn html_is_kept_and_gets_a_text_part() {
        let letter = filled(
            "<p>Dear {{ full_name }},</p><p>&#123;&#123; email }} stays</p>",
            Format::Html,
        );
        assert!(letter.html.contains("<p>Dear Анна &lt;b&gt;Bcc: x,</p>"));
        assert!(letter.html.starts_with("<!doctype html>"));
        assert!(
            letter.text.contains("Dear Анна <b>Bcc: x,"),
            "{}",
            letter.text
        );
        assert!(letter.text.contains("{{ email }} stays"), "{}", letter.text);
        let whole = filled("<!DOCTYPE html><html><body>x</body></html>", Format::Html);
        assert_eq!(whole.html, "<!DOCTYPE html><html><body>x</body></html>");
    }

    #[test]
    fn text_keeps_its_lines_and_means_nothing() {
        let letter = filled("1 < 2\n{{ email }}", Format::Text);
        assert_eq!(letter.text, "1 < 2\na&b@example.org");
        assert!(
            letter
                .html
                .contains("<p>1 &lt; 2<br>\na&amp;b@example.org</p>")
        );
    }
}
