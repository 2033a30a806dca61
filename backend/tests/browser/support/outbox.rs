//! The letters and SMS that the program kept in its outbox instead of sending them.

use std::fs;

use mail_parser::MessageParser;

use super::{eventually, golub::Golub};

/// What a person needs of what they got.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Everything kept so far, the oldest first.
pub fn all(golub: &Golub) -> Vec<Kept> {
    let folder = golub.data().join("outbox");
    let mut files: Vec<_> = fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.retain(|file: &std::path::PathBuf| file.extension().is_some_and(|end| end == "eml"));
    // A file's name begins with its letter's instant.
    files.sort();
    let raw = files.iter().filter_map(|file| fs::read(file).ok());
    raw.map(|raw| read(&raw)).collect()
}

/// The letter to this person whose subject says this.
pub async fn letter(golub: &Golub, to: &str, subject: &str) -> Kept {
    let found = || {
        all(golub)
            .into_iter()
            .find(|kept| kept.to == to && kept.subject.contains(subject))
    };
    eventually(&format!("a letter: {subject}"), found, || golub.log()).await
}

/// The page's address in the last letter to this person that leads to `path`, once there are so many of them.
pub async fn link(golub: &Golub, to: &str, path: &str, letters: usize) -> String {
    let begin = format!("{}{path}?", golub.base);
    let found = || {
        let links: Vec<_> = texts_to(golub, to)
            .filter_map(|text| {
                let link = &text[text.find(&begin)? + golub.base.len()..];
                Some(link.split_whitespace().next()?.to_owned())
            })
            .collect();
        links.last().filter(|_| links.len() >= letters).cloned()
    };
    eventually(&format!("a letter that leads to {path}"), found, || {
        golub.log()
    })
    .await
}

/// The six digits in the SMS to this number.
pub async fn code(golub: &Golub, number: &str) -> String {
    let found = || {
        let text = texts_to(golub, number).last()?;
        let mut words = text.split(|c: char| !c.is_ascii_digit());
        words.find(|word| word.len() == 6).map(str::to_owned)
    };
    eventually("an SMS with a code", found, || golub.log()).await
}

fn texts_to<'a>(golub: &Golub, to: &'a str) -> impl Iterator<Item = String> + 'a {
    let kept = all(golub).into_iter();
    kept.filter(move |kept| kept.to == to).map(|kept| kept.text)
}

fn read(raw: &[u8]) -> Kept {
    let letter = MessageParser::default().parse(raw).expect("a letter");
    let to = letter.header_raw("To").unwrap_or_default().trim();
    // With a name, the address stands in angle brackets.
    let to = to.rsplit('<').next().unwrap_or(to).trim_end_matches('>');
    Kept {
        to: to.to_owned(),
        subject: letter.subject().unwrap_or_default().to_owned(),
        text: letter.body_text(0).unwrap_or_default().into_owned(),
    }
}
