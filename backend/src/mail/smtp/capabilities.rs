//! What the server says it can do, from its answer to EHLO.

use super::answer::Answer;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Capabilities {
    pub pipelining: bool,
    pub starttls: bool,
    pub auth_plain: bool,
    pub auth_login: bool,
    /// SIZE was offered: a letter's size may be named at MAIL.
    pub size: bool,
    /// The largest letter it takes, if it names one.
    pub largest_letter: Option<usize>,
}

impl Capabilities {
    pub fn of(answer: &Answer) -> Self {
        let mut found = Self::default();
        // The first line is the server's name.
        for line in answer.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            // Some old servers write `AUTH=LOGIN` too.
            let mut words = line.split(|c: char| c.is_ascii_whitespace() || c == '=');
            match words.next().unwrap_or_default() {
                "PIPELINING" => found.pipelining = true,
                "STARTTLS" => found.starttls = true,
                "SIZE" => {
                    found.size = true;
                    // 0 means that there is no fixed limit.
                    found.largest_letter = words
                        .next()
                        .and_then(|limit| limit.parse().ok())
                        .filter(|&limit| limit > 0);
                }
                "AUTH" => {
                    for mechanism in words {
                        found.auth_plain |= mechanism == "PLAIN";
                        found.auth_login |= mechanism == "LOGIN";
                    }
                }
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(lines: &[&str]) -> Capabilities {
        Capabilities::of(&Answer {
            code: 250,
            lines: lines.iter().map(|&line| line.to_owned()).collect(),
        })
    }

    #[test]
    fn what_is_offered_is_found_in_any_case_and_order() {
        let found = offered(&[
            "mail.example.org",
            "size 10240000",
            "AUTH=CRAM-MD5 LOGIN",
            "auth plain",
            "StartTLS",
            "PIPELINING",
            "8BITMIME",
        ]);
        assert_eq!(
            found,
            Capabilities {
                pipelining: true,
                starttls: true,
                auth_plain: true,
                auth_login: true,
                size: true,
                largest_letter: Some(10_240_000),
            }
        );
    }

    #[test]
    fn the_name_of_the_server_offers_nothing() {
        assert_eq!(offered(&["PIPELINING"]), Capabilities::default());
        assert_eq!(offered(&["x", "SIZE 0"]).largest_letter, None);
        assert_eq!(offered(&["x", "SIZE much"]).largest_letter, None);
    }
}
