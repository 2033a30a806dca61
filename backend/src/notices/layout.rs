//! How a letter of the service is laid out: the same words as plain text and as HTML.
//!
//! Words are data, whoever wrote them: here they are escaped. The HTML is one narrow column with inline styles, which
//! every mail program shows as it is meant, in light and in dark.

use crate::instance::Tones;
use crate::markup::escaped;

/// What a letter says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub subject: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    /// The one thing to do.
    pub button: Option<Button>,
    /// How long the link works, and what to do if it was not you.
    pub notes: Vec<String>,
}

/// A link that looks like a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    pub url: String,
}

/// Who the letter is from, at its head and its foot.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    pub instance: &'a str,
    /// The accent, which is readable in every letter: it has a ground and words of its own.
    pub tones: &'a Tones,
    /// Where the service is.
    pub url: &'a str,
    /// Why one got it.
    pub reason: &'a str,
}

/// The letter as plain text.
pub fn text(words: &Words, sender: Sender<'_>) -> String {
    let Words {
        subject: _,
        greeting,
        paragraphs,
        button,
        notes,
    } = words;
    let mut blocks = vec![greeting.clone()];
    blocks.extend(paragraphs.iter().cloned());
    if let Some(Button { label, url }) = button {
        blocks.push(format!("{label}:\n{url}"));
    }
    blocks.extend(notes.iter().cloned());
    let Sender {
        instance,
        url,
        reason,
        tones: _,
    } = sender;
    blocks.push(format!("-- \n{instance}, {url}\n{reason}"));
    blocks.join("\n\n") + "\n"
}

/// The letter as HTML.
pub fn html(words: &Words, sender: Sender<'_>, language: &str) -> String {
    let Words {
        subject,
        greeting,
        paragraphs,
        button,
        notes,
    } = words;
    let Tones { fill, on_fill, .. } = sender.tones;
    let accent = format!("background:{fill};color:{on_fill}");
    let mut body = paragraph(PARAGRAPH, greeting);
    for text in paragraphs {
        body.push_str(&paragraph(PARAGRAPH, text));
    }
    if let Some(Button { label, url }) = button {
        let (label, url) = (escaped(label), escaped(url));
        body.push_str(&format!(
            "<p style=\"margin:24px 0\"><a href=\"{url}\" style=\"{BUTTON};{accent}\">{label}</a></p>\n\
             <p style=\"{NOTE}\"><a href=\"{url}\" style=\"color:inherit;word-break:break-all\">{url}</a></p>\n"
        ));
    }
    for text in notes {
        body.push_str(&paragraph(NOTE, text));
    }
    let (instance, url) = (escaped(sender.instance), escaped(sender.url));
    let (subject, reason) = (escaped(subject), escaped(sender.reason));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{subject}</title>\n</head>\n\
         <body style=\"{BODY}\">\n<div style=\"{COLUMN}\">\n\
         <p style=\"{HEAD};{accent}\">{instance}</p>\n{body}\
         <p style=\"{FOOT}\"><a href=\"{url}\" style=\"color:inherit\">{instance}</a><br>{reason}</p>\n\
         </div>\n</body>\n</html>\n"
    )
}

const BODY: &str = "margin:0;padding:24px 16px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;\
    font-size:16px;line-height:1.5";
const COLUMN: &str = "max-width:34em;margin:0 auto";
const HEAD: &str =
    "margin:0 0 24px;padding:12px 20px;border-radius:8px;font-size:18px;font-weight:700";
const PARAGRAPH: &str = "margin:0 0 16px";
const NOTE: &str = "margin:0 0 12px;font-size:14px;opacity:0.8";
const FOOT: &str =
    "margin:32px 0 0;padding:12px 0 0;border-top:1px solid #8888;font-size:13px;opacity:0.7";
const BUTTON: &str =
    "display:inline-block;padding:12px 20px;border-radius:8px;font-weight:600;text-decoration:none";

fn paragraph(style: &str, text: &str) -> String {
    let text = escaped(text).replace('\n', "<br>");
    format!("<p style=\"{style}\">{text}</p>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instance::{Colour, Palette};

    #[test]
    fn words_stay_words() {
        let words = Words {
            subject: "</title><script>".to_owned(),
            greeting: "Hello, <b onclick='x'>\"A&B\"</b>!".to_owned(),
            paragraphs: vec!["One\nTwo".to_owned()],
            button: Some(Button {
                label: "Go".to_owned(),
                url: "https://golub.example/?a=1&b=\"2\"".to_owned(),
            }),
            notes: Vec::new(),
        };
        let sender = Sender {
            instance: "<Golub>",
            tones: &Palette::of(Colour([0xff, 0xcc, 0])).light,
            url: "https://golub.example",
            reason: "Because.",
        };
        let html = html(&words, sender, "en");
        assert!(!html.contains("<script") && !html.contains("<b ") && !html.contains("<Golub>"));
        assert!(
            html.contains("Hello, &lt;b onclick=&#39;x&#39;&gt;&quot;A&amp;B&quot;&lt;/b&gt;!")
        );
        assert!(html.contains("One<br>Two"));
        // The name above and the button, dark on a bright accent.
        assert_eq!(html.matches("background:#ffcc00;color:#0f141b").count(), 2);
        assert!(html.contains("href=\"https://golub.example/?a=1&amp;b=&quot;2&quot;\""));
        let text = text(&words, sender);
        assert!(
            text.contains("\n\nGo:\nhttps://golub.example/?a=1&b=\"2\"\n\n-- \n<Golub>, https")
        );
    }
}
