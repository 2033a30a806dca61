//! When to come back, as a mail server says it: "try again in 10 minutes". No standard has a place for that, so it
//! is looked for in the server's words. Pure.
//!
//! A number with a unit counts only behind words that ask to come back or to wait: servers also name addresses,
//! queue ids, limits and rates ("at most 100 messages in 60 minutes").

use std::time::Duration;

use chrono::TimeDelta;

/// Nobody is made to wait longer by what a server says.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// A server that says "in 3 seconds" means the next time: sooner than this is hammering.
const SHORTEST: Duration = Duration::from_secs(60);

/// How many words may stand between what asks and how long.
const REACH: usize = 6;

/// What asks to come back. The words of one phrase follow each other.
const ASKS: &[&[&str]] = &[
    &["again"],
    &["later"],
    &["retry"],
    &["retry-after"],
    &["back"],
    &["wait"],
    &["delay"],
    &["deferred"],
    &["delayed"],
    &["resend"],
    &["reconnect"],
    &["greylisted"],
    &["greylisting"],
    &["graylisted"],
    &["graylisting"],
    &["grey-listed"],
    &["see", "you"],
    &["blocked", "for"],
    &["повторите"],
    &["попробуйте"],
    &["подождите"],
];

/// How long the server asks to be left alone, if it says so: at least a minute, at most a day.
pub fn asked_wait(said: &str) -> Option<Duration> {
    let words: Vec<String> = said.split_whitespace().map(plain).collect();
    let asked = (0..words.len())
        .filter(|place| asks(&words[*place..]))
        .find_map(|place| {
            let behind = &words[place + 1..];
            behind
                .iter()
                .take(REACH)
                .enumerate()
                .find_map(|(at, _)| length(&behind[at..]))
        });
    asked.map(|wait| wait.clamp(SHORTEST, LONGEST))
}

/// A word without what stands around it.
fn plain(word: &str) -> String {
    let trimmed = word.trim_matches(|c: char| !c.is_alphanumeric());
    trimmed.to_lowercase()
}

fn asks(words: &[String]) -> bool {
    ASKS.iter().any(|phrase| {
        phrase.len() <= words.len() && phrase.iter().zip(words).all(|(asked, word)| asked == word)
    })
}

/// A length of time at the beginning of these words: `10 minutes`, `299s`, `00:04:59`.
fn length(words: &[String]) -> Option<Duration> {
    let first = words.first()?;
    if let Some(clock) = by_the_clock(first) {
        return Some(clock);
    }
    let digits = first
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(first.len());
    let (number, own_unit) = first.split_at(digits);
    let number = number.parse::<u32>().ok()?;
    let unit = if own_unit.is_empty() {
        words.get(1)?
    } else {
        own_unit.trim_start_matches('-')
    };
    let seconds = u64::from(number).checked_mul(seconds_in(unit)?)?;
    Some(Duration::from_secs(seconds))
}

/// `00:05:00`, as milter-greylist has it.
fn by_the_clock(word: &str) -> Option<Duration> {
    let parts: Vec<u32> = word
        .split(':')
        .map(|part| part.parse().ok().filter(|_| part.len() == 2))
        .collect::<Option<_>>()?;
    let [hours, minutes, seconds] = parts[..] else {
        return None;
    };
    let whole = TimeDelta::hours(hours.into())
        + TimeDelta::minutes(minutes.into())
        + TimeDelta::seconds(seconds.into());
    whole.to_std().ok()
}

fn seconds_in(unit: &str) -> Option<u64> {
    Some(match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 24 * 3600,
        _ if unit.starts_with("секунд") || unit == "сек" => 1,
        _ if unit.starts_with("минут") || unit == "мин" => 60,
        _ if unit == "час" || unit == "часа" || unit == "часов" => 3600,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_say_is_understood() {
        let cases = [
            ("try again in 10 minutes", 600),
            ("retry after 300 seconds", 300),
            ("please try again later in 1 hour", 3600),
            ("4.7.1 Too much mail, wait 5 min", 300),
            // postgrey
            (
                "4.2.0 <anna@example.org>: Recipient address rejected: Greylisted, see \
                 http://postgrey.schweikert.ch/help/example.org.html (wait 299 seconds)",
                299,
            ),
            (
                "4.7.1 <anna@example.org>: Recipient address rejected: Greylisted for 5 minutes",
                300,
            ),
            (
                "4.7.1 <anna@example.org>: Recipient address rejected: Greylisted, try again in 299 seconds",
                299,
            ),
            // milter-greylist
            (
                "4.7.1 Greylisting in action, please come back in 00:05:00",
                300,
            ),
            // sqlgrey, rspamd, Exim's recipe, Haraka, Kerio
            ("Greylisted for 5 minutes (see http://example.org)", 300),
            ("4.7.1 Greylisted, please try again after 600 seconds", 600),
            ("Greylisted. Retry in 15 min.", 900),
            ("4.7.1 DENY: Retry-After: 120 seconds", 120),
            ("4.7.1 Please try again later (in 20m)", 1200),
            ("Please try again in 30s", 60),
            // limits of providers
            (
                "4.7.1 Sender rate limit exceeded, please try again in 60 minutes",
                3600,
            ),
            ("Ratelimit: Попробуйте через 15 минут", 900),
            ("4.5.1 Too many recipients, retry in 2 days", 24 * 3600),
            ("try again in 0 seconds", 60),
            ("see you in 60 seconds", 60),
        ];
        for (said, seconds) in cases {
            assert_eq!(
                asked_wait(said),
                Some(Duration::from_secs(seconds)),
                "{said}"
            );
        }
    }

    #[test]
    fn numbers_that_are_no_hint_are_left_alone() {
        let cases = [
            "",
            // Gmail
            "4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional \
             messages from being delivered. Please resend your message at a later time. If the user is able to \
             receive mail at that time, your message will be delivered. 5b1f17b1804b1-4 - gsmtp",
            "4.7.0 [203.0.113.9      15] Our system has detected that this message is suspicious due to the nature \
             of the content. To best protect our users, the message has been temporarily rate limited. - gsmtp",
            "4.7.28 Gmail has detected an unusual rate of mail originating from your DKIM domain [example.org 35].",
            // Outlook
            "4.7.500 Server busy. Please try again later from [203.0.113.9]. (AS77712314) [AM6EUR05FT039.eop-eur05]",
            "4.7.651 The mail server [203.0.113.9] has been temporarily rate limited due to IP reputation (S775)",
            "4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing channel",
            // Yahoo
            "4.7.0 [TSS04] Messages from 203.0.113.9 temporarily deferred due to unexpected volume or user \
             complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
            "Resources temporarily unavailable. Please try again later [#4.16.5].",
            // Mail.ru, Yandex
            "Try again later. Rate limit exceeded. 48 messages from 203.0.113.9",
            "4.7.1 Sorry, the service is currently unavailable. Please come back later. 1699-abc",
            "4.7.1 Greylisted, please try again later 12345 sas1-1234",
            // Limits that tell what is allowed, not when to come back
            "4.7.1 At most 100 messages in 60 minutes are allowed",
            "queued 10 minutes ago; retry",
            "wait 99999999999999999999 seconds",
        ];
        for said in cases {
            assert_eq!(asked_wait(said), None, "{said}");
        }
    }
}
