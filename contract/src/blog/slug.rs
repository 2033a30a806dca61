//! An article's place in the address: small Latin letters, digits and hyphens, made from its title.

use crate::problem::{FieldCode, FieldError};

pub const SLUG_LIMIT: u64 = 80;

/// What a title without a letter that can be written so becomes.
const NAMELESS: &str = "article";

/// The page has other things there.
const KEPT_FREE: [&str; 6] = ["new", "edit", "drafts", "sources", "pictures", "feed"];

/// A slug that was chosen by hand; empty: none was.
pub fn check(raw: &str) -> Result<String, FieldError> {
    let slug = raw.trim();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() {
        return Ok(String::new());
    }
    if slug.len() as u64 > SLUG_LIMIT {
        let message = format!("must be at most {SLUG_LIMIT} characters long");
        let error = FieldError::new(FieldCode::TooLong, message);
        return Err(FieldError {
            limit: Some(SLUG_LIMIT),
            ..error
        });
    }
    if !slug.chars().all(is_plain) || slug.starts_with('-') || slug.ends_with('-') {
        let message = "must be small Latin letters and digits, with hyphens between";
        return Err(FieldError::new(FieldCode::WrongType, message));
    }
    if !has_a_letter(slug) {
        let message = "must have a letter: a number is an article's id";
        return Err(FieldError::new(FieldCode::WrongType, message));
    }
    if KEPT_FREE.contains(&slug) {
        let message = "is kept for a page of its own";
        return Err(FieldError::new(FieldCode::Taken, message));
    }
    Ok(slug.to_owned())
}

/// The slug that a title makes.
pub fn from_title(title: &str) -> String {
    let slug = plain(title);
    if KEPT_FREE.contains(&slug.as_str()) || slug.is_empty() {
        return join(NAMELESS, &slug);
    }
    if has_a_letter(&slug) {
        slug
    } else {
        join(NAMELESS, &slug)
    }
}

/// The same slug with a number behind it, for when there is one without already.
pub fn numbered(slug: &str, number: u64) -> String {
    let end = format!("-{number}");
    let room = SLUG_LIMIT as usize - end.len();
    format!("{}{end}", cut(slug, room))
}

/// Any text in small Latin letters and digits, with hyphens between its words; for anchors, too.
pub fn plain(text: &str) -> String {
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        match latin(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_lowercase() || c.is_ascii_digit() => slug.push(c),
            // An apostrophe stands within a word.
            None if matches!(c, '\'' | '’') => {}
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    cut(slug.trim_end_matches('-'), SLUG_LIMIT as usize).to_owned()
}

fn join(word: &str, slug: &str) -> String {
    let parts = [word, slug];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    cut(&parts.join("-"), SLUG_LIMIT as usize).to_owned()
}

/// At most so many characters, and whole words where that leaves any.
fn cut(slug: &str, limit: usize) -> &str {
    if slug.len() <= limit {
        return slug;
    }
    let start = &slug[..limit];
    let is_between_words = slug[limit..].starts_with('-');
    let whole = if is_between_words {
        start
    } else {
        start.rsplit_once('-').map_or(start, |(whole, _)| whole)
    };
    whole.trim_end_matches('-')
}

fn has_a_letter(slug: &str) -> bool {
    slug.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Letters that are no Latin ones without marks, as they are commonly written with those.
const fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ї' => "yi",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_an_address_that_can_be_typed() {
        let long = "слово ".repeat(60);
        let cases = [
            ("Как варить кофе", "kak-varit-kofe"),
            ("Ещё щётка, объём & ёж!", "eshche-shchetka-obem-ezh"),
            ("  Water first: why?  ", "water-first-why"),
            ("Don’t panic", "dont-panic"),
            ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
            ("Größe", "groesse"),
            ("2030", "article-2030"),
            ("New", "article-new"),
            ("日本語", "article"),
            ("", "article"),
            (&long, &"slovo-".repeat(13)[..77]),
        ];
        for (title, slug) in cases {
            assert_eq!(from_title(title), slug, "{title}");
            assert_eq!(check(slug).as_deref(), Ok(slug), "{title}");
        }
        let word = "ж".repeat(200);
        assert_eq!(from_title(&word).len(), 80);
    }

    #[test]
    fn a_number_behind_it_keeps_it_short_enough() {
        assert_eq!(numbered("kofe", 2), "kofe-2");
        let longest = "a".repeat(80);
        assert_eq!(numbered(&longest, 12).len(), 80);
    }

    #[test]
    fn what_is_chosen_by_hand_must_be_such_an_address() {
        assert_eq!(check("  ").unwrap(), "");
        assert_eq!(check("kofe-2").unwrap(), "kofe-2");
        for (slug, code) in [
            ("Kofe", FieldCode::WrongType),
            ("кофе", FieldCode::WrongType),
            ("a/b", FieldCode::WrongType),
            ("a b", FieldCode::WrongType),
            ("-a", FieldCode::WrongType),
            ("a-", FieldCode::WrongType),
            ("..", FieldCode::WrongType),
            ("12", FieldCode::WrongType),
            ("new", FieldCode::Taken),
            (&"a".repeat(81), FieldCode::TooLong),
        ] {
            assert_eq!(check(slug).unwrap_err().code, code, "{slug}");
        }
    }
}
