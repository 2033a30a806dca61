//! The settings themselves: what letters link to, and what signs people in.

use super::Finding;
use crate::config::{Config, ConfigError};

const SETTINGS: &str = "settings";
const LINKS: &str = "http.public_url";
const SECRET: &str = "auth.secret";
/// As the service asks of one that is set.
const SECRET_LENGTH: usize = 32;

pub fn look(config: &Config) -> Vec<Finding> {
    vec![
        Finding::fine(SETTINGS, "they can be read"),
        links(&config.http.public_url),
        secret(config),
    ]
}

/// Why they cannot be read.
pub fn unreadable(error: &ConfigError) -> Finding {
    Finding::broken(SETTINGS, error.to_string())
}

fn links(public_url: &str) -> Finding {
    let Ok(url) = url::Url::parse(public_url) else {
        return Finding::broken(LINKS, format!("{public_url} is not an address of the web"));
    };
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" if here => Finding::warning(LINKS, "links in letters lead to this machine only"),
        "https" => Finding::fine(LINKS, format!("links in letters begin with {public_url}")),
        "http" if here => Finding::warning(
            LINKS,
            format!("links in letters begin with {public_url}: nobody else can follow them"),
        ),
        "http" => Finding::warning(
            LINKS,
            format!(
                "{public_url} is not https: whoever is on the way reads passwords and sessions"
            ),
        ),
        other => Finding::broken(LINKS, format!("{other} is nothing that a browser opens")),
    }
}

fn secret(config: &Config) -> Finding {
    let on_postgres = !is_sqlite(config.database.url.reveal());
    match config.auth.secret.reveal() {
        "" if on_postgres => Finding::broken(
            SECRET,
            "it must be set on PostgreSQL, the same for all processes",
        ),
        "" => Finding::fine(SECRET, "made once and kept in the data folder"),
        secret if secret.len() < SECRET_LENGTH => Finding::broken(
            SECRET,
            format!("it must be at least {SECRET_LENGTH} characters long"),
        ),
        _ => Finding::fine(SECRET, "it is set"),
    }
}

pub(super) fn is_sqlite(url: &str) -> bool {
    url.is_empty() || url.starts_with("sqlite:")
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn links_that_only_this_machine_can_follow_are_pointed_out() {
        let cases = [
            ("https://mail.example.org", Health::Fine),
            ("https://localhost:8443", Health::Warning),
            ("http://localhost:8080", Health::Warning),
            ("http://mail.example.org", Health::Warning),
            ("ftp://mail.example.org", Health::Broken),
            ("mail.example.org", Health::Broken),
        ];
        for (url, health) in cases {
            assert_eq!(links(url).health, health, "{url}");
        }
    }
}
