//! No secret lies in the repository: nothing kept there has the shape of one, but for what was made up for tests.

use std::{fs, path::Path, process::Command};

/// What tests have made up, by file and kind.
const MADE_UP: [(&str, &str); 2] = [
    ("backend/tests/api/mail/dkim/rsa.pem", PRIVATE_KEY),
    ("backend/tests/api/support/sms_server.rs", SMS_KEY),
];

const PRIVATE_KEY: &str = "a private key";
const AWS_KEY: &str = "a key to Amazon's services";
const SMS_KEY: &str = "a key to the SMS service";
const PASSWORD: &str = "a password in settings";

/// How the names of settings end that hold secrets.
const SECRET_SETTINGS: [&str; 5] = ["password", "secret", "token", "_key", "api_id"];
/// Shorter ones are examples, such as `password`.
const LONG: usize = 12;

#[test]
fn no_secret_is_in_the_repository() {
    let found: Vec<(String, &str)> = kept()
        .into_iter()
        .flat_map(|(name, text)| {
            let found = secrets_in(&name, &text).into_iter();
            found.map(move |kind| (name.clone(), kind))
        })
        .filter(|(name, kind)| !MADE_UP.contains(&(name.as_str(), kind)))
        .collect();
    assert!(
        found.is_empty(),
        "take these out and change them: {found:?}"
    );
}

#[test]
fn what_was_made_up_for_tests_is_still_there() {
    let kept = kept();
    for (name, kind) in MADE_UP {
        let file = kept.iter().find(|(kept, _)| kept == name);
        let (_, text) = file.unwrap_or_else(|| panic!("{name} is gone"));
        assert_eq!(secrets_in(name, text), [kind], "{name}");
    }
}

/// In pieces, so that they are not found in this file.
#[test]
fn a_planted_secret_is_found_and_a_blank_one_is_not() {
    let cases: [(&str, &[&str], &[&str]); 12] = [
        (
            "a.pem",
            &["-----BEGIN RSA PRI", "VATE KEY-----"],
            &[PRIVATE_KEY],
        ),
        ("a.pem", &["-----BEGIN PUBLIC KEY-----"], &[]),
        ("a.rs", &["(\"AKIA", "IOSFODNN7EXAMPLE\")"], &[AWS_KEY]),
        ("a.rs", &["AKIA", "IOSFODNN7EXAMPLES"], &[]),
        (
            "a.md",
            &["id 0a1b2c3d-", "0011-2233-4455-66778899aabb."],
            &[SMS_KEY],
        ),
        ("a.md", &["0a1b2c3d-", "0011-2233-4455"], &[]),
        (
            "a.toml",
            &["password = \"seven her", "ons cross\" # so"],
            &[PASSWORD],
        ),
        (
            "a.yml",
            &["  GOLUB__AUTH__SECRET: 0123456", "789abcdef"],
            &[PASSWORD],
        ),
        (
            "a.toml",
            &["#secret_key = \"abcdefgh", "ijklmnop\""],
            &[PASSWORD],
        ),
        ("a.yml", &["  PASSWORD: \"${POSTGRES_PASSWORD:-}\""], &[]),
        ("a.toml", &["password = \"\""], &[]),
        ("a.rs", &["let password = \"seven herons cross\";"], &[]),
    ];
    for (name, pieces, kinds) in cases {
        assert_eq!(secrets_in(name, &pieces.concat()), kinds, "{pieces:?}");
    }
}

/// The kinds of secrets in a file.
fn secrets_in(name: &str, text: &str) -> Vec<&'static str> {
    let is_settings = [".toml", ".yml", ".yaml", ".env"]
        .iter()
        .any(|end| name.ends_with(end));
    let is_key_block = |line: &str| {
        let begin = line.trim().strip_prefix("-----BEGIN ");
        begin.is_some_and(|rest| rest.ends_with("PRIVATE KEY-----"))
    };
    [
        (PRIVATE_KEY, text.lines().any(is_key_block)),
        (
            AWS_KEY,
            words(text, |c| c.is_ascii_alphanumeric()).any(is_aws_key),
        ),
        (
            SMS_KEY,
            words(text, |c| c.is_ascii_hexdigit() || c == '-').any(is_sms_key),
        ),
        (PASSWORD, is_settings && text.lines().any(sets_a_secret)),
    ]
    .into_iter()
    .filter_map(|(kind, found)| found.then_some(kind))
    .collect()
}

fn words(text: &str, belongs: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !belongs(c))
}

fn is_aws_key(word: &str) -> bool {
    word.len() == 20
        && (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && !word.contains(|c: char| c.is_ascii_lowercase())
}

/// sms.ru's are UUIDs.
fn is_sms_key(word: &str) -> bool {
    word.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

/// As `password = "…"` or `PASSWORD: …`, in a comment too.
fn sets_a_secret(line: &str) -> bool {
    let line = line.trim_start_matches(['#', ' ', '-']);
    let Some((name, value)) = line.split_once(['=', ':']) else {
        return false;
    };
    let name = name.trim().trim_matches('"').to_ascii_lowercase();
    let value = value.trim();
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split_whitespace().next(),
    };
    SECRET_SETTINGS.iter().any(|end| name.ends_with(end))
        && value.is_some_and(|value| value.len() >= LONG && !value.contains("${"))
}

/// Every file that is in the repository or could be added to it: its path from the root, and its text.
fn kept() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in a workspace");
    let listed = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(root)
        .output()
        .expect("git lists the files");
    assert!(listed.status.success(), "{listed:?}");
    let names = String::from_utf8(listed.stdout).expect("names in UTF-8");
    let names = names.split_terminator('\0').map(str::to_owned);
    // What was deleted and is not committed yet is listed too.
    let kept: Vec<(String, String)> = names
        .filter_map(|name| {
            let bytes = fs::read(root.join(&name)).ok()?;
            Some((name, String::from_utf8_lossy(&bytes).into_owned()))
        })
        .collect();
    assert!(!kept.is_empty());
    kept
}
