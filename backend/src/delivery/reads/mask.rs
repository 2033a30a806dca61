//! What others may see of a recipient: enough to follow what happened, not enough to write to them.
//!
//! Servers repeat the address, or the part before the @, in what they say; so that goes too.

use contract::address::Address;

/// What stands for the name of somebody else's recipient.
pub const NAME: &str = "•••";

/// The address as others may see it.
pub fn address(email: &str) -> String {
    Address::parse(email).map_or_else(|_| NAME.to_owned(), |address| address.masked())
}

/// The number as others may see it.
pub fn phone(number: &str) -> String {
    let from_end = |digits: usize| number.len().saturating_sub(digits);
    match (number.get(..2), number.get(from_end(2)..)) {
        (Some(begins), Some(ends)) if number.len() > 6 => format!("{begins}{NAME}{ends}"),
        _ => NAME.to_owned(),
    }
}

/// A server's words without the address: every address in them is masked, and the local part or the number standing
/// alone.
pub fn response(said: &str, address: &str) -> String {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    let mut masked = String::with_capacity(said.len());
    let mut rest = said;
    while let Some(start) = rest.find(in_word) {
        let (before, from) = rest.split_at(start);
        masked.push_str(before);
        let end = from.find(|c| !in_word(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        masked.push_str(&masked_word(word, local));
        rest = after;
    }
    masked.push_str(rest);
    masked
}

fn masked_word(word: &str, local: &str) -> String {
    let trimmed = word.trim_end_matches('.');
    // Services write numbers with their plus and without.
    let (bare, local_bare) = (
        trimmed.trim_start_matches('+'),
        local.trim_start_matches('+'),
    );
    match word.rsplit_once('@') {
        Some((name, domain)) if !name.is_empty() => format!("{}@{domain}", cut(name)),
        None if bare.eq_ignore_ascii_case(local_bare) => {
            format!("{}{}", cut(trimmed), &word[trimmed.len()..])
        }
        _ => word.to_owned(),
    }
}

fn cut(name: &str) -> String {
    format!("{}•••", name.chars().next().unwrap_or('•'))
}

/// What an address is made of (RFC 5321's atoms, dots and the @), in any script.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || "@.!#$%&'*+-/=?^_`{|}~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_tell_no_address() {
        let cases = [
            (
                "5.1.1 <gone@example.org>: Recipient address rejected",
                "5.1.1 <g•••@example.org>: Recipient address rejected",
            ),
            ("User GONE unknown.", "User G••• unknown."),
            ("no such user: gone.", "no such user: g•••."),
            ("2.0.0 Ok: queued as 4F2A1", "2.0.0 Ok: queued as 4F2A1"),
            ("the mailbox is gone@", "the mailbox is g•••@"),
            ("begone, goner", "begone, goner"),
        ];
        for (said, shown) in cases {
            assert_eq!(response(said, "gone@example.org"), shown);
        }
        assert_eq!(
            response("no route to 79211234567, sorry", "+79211234567"),
            "no route to 7•••, sorry"
        );
        assert_eq!(phone("+79211234567"), "+7•••67");
    }
}
