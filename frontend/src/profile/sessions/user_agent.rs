//! What a client says of itself, as a person would say it: "Firefox on Linux".

use crate::i18n::{Text, Words};
use crate::texts;

texts! {
    BROWSER_ON_SYSTEM: "{browser} on {system}", "{browser} на {system}";
    SOME_BROWSER: "A browser on {system}", "Браузер на {system}";
    UNKNOWN_DEVICE: "Unknown device", "Неизвестное устройство";
}

/// The device in words.
pub fn in_words(words: Words, user_agent: &str) -> String {
    let fill = |text: Text, arguments: &[(&str, &dyn std::fmt::Display)]| {
        words.fill(text, arguments).to_string()
    };
    match (browser(user_agent), system(user_agent)) {
        (Some(browser), Some(system)) => fill(
            BROWSER_ON_SYSTEM,
            &[("browser", &browser), ("system", &system)],
        ),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => fill(SOME_BROWSER, &[("system", &system)]),
        (None, None) => match program(user_agent) {
            Some(program) => program.to_owned(),
            None => words.say(UNKNOWN_DEVICE).to_string(),
        },
    }
}

/// Whether it is carried about, for the icon beside it.
pub fn is_handheld(user_agent: &str) -> bool {
    matches!(system(user_agent), Some("Android" | "iPhone" | "iPad"))
}

/// Most browsers call themselves by the names of others too: the rarest name tells.
const BROWSERS: [(&str, &str); 13] = [
    ("YaBrowser/", "Yandex Browser"),
    ("OPR/", "Opera"),
    ("Opera/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Android is a Linux, and an iPhone is "like Mac OS X".
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

fn browser(user_agent: &str) -> Option<&'static str> {
    named(&BROWSERS, user_agent)
}

fn system(user_agent: &str) -> Option<&'static str> {
    named(&SYSTEMS, user_agent)
}

fn named(names: &[(&str, &'static str)], user_agent: &str) -> Option<&'static str> {
    let found = names.iter().find(|(mark, _)| user_agent.contains(mark));
    found.map(|(_, name)| *name)
}

/// `curl/8.5.0` is curl.
fn program(user_agent: &str) -> Option<&str> {
    let name = user_agent.split(['/', ' ']).next()?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn said(language: Language, user_agent: &str) -> String {
        in_words(Words { language }, user_agent)
    }

    #[test]
    fn browsers_are_told_by_what_sets_them_apart() {
        let cases = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
                "Chrome on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 YaBrowser/24.10.0.0 Safari/537.36",
                "Yandex Browser on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
                "Samsung Internet on Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36",
                "Chrome on Linux",
            ),
            ("curl/8.5.0", "curl"),
            ("", "Unknown device"),
        ];
        for (user_agent, expected) in cases {
            assert_eq!(said(Language::En, user_agent), expected);
        }
    }

    #[test]
    fn and_in_russian() {
        let firefox = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0";
        assert_eq!(said(Language::Ru, firefox), "Firefox на Android");
        assert_eq!(said(Language::Ru, " "), "Неизвестное устройство");
        assert!(is_handheld(firefox));
        assert!(!is_handheld("curl/8.5.0"));
    }
}
