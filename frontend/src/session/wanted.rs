//! Where a guest wanted to go. It stands in the sign-in screen's address, and is remembered in the browser too: signing
//! up and a forgotten password lead through a letter, whose link opens another tab.

use chrono::{DateTime, TimeDelta, Utc};
use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

use crate::ui::list::address::pairs;
use crate::ui::time::now;

const KEY: &str = "golub.wanted";
/// Whoever signs in here later than that may be somebody else.
const REMEMBERED_FOR: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, Serialize, Deserialize)]
struct Wanted {
    path: String,
    at: DateTime<Utc>,
}

impl Wanted {
    fn still(self, now: DateTime<Utc>) -> Option<String> {
        let lately = (TimeDelta::zero()..REMEMBERED_FOR).contains(&(now - self.at));
        own_path(self.path).filter(|_| lately)
    }
}

/// Remembers a path of the page for whoever signs in next.
pub fn remember(path: &str) {
    let wanted = Wanted {
        path: path.to_owned(),
        at: now(),
    };
    // A full or forbidden storage only means that one begins with the overview.
    let _ = LocalStorage::set(KEY, wanted);
}

/// What was remembered, once.
pub fn take() -> Option<String> {
    let wanted: Option<Wanted> = LocalStorage::get(KEY).ok();
    LocalStorage::delete(KEY);
    wanted?.still(now())
}

/// `next` of the query.
pub fn in_query(query: &str) -> Option<String> {
    let (_, next) = pairs(query).into_iter().find(|(name, _)| name == "next")?;
    own_path(next)
}

/// A path of our own: never another site's address.
fn own_path(path: String) -> Option<String> {
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    ours.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_led_back_only_within_the_page() {
        assert_eq!(
            in_query("?next=%2Frecipients%2F7"),
            Some("/recipients/7".to_owned())
        );
        for elsewhere in [
            "?next=https%3A%2F%2Fevil.example",
            "?next=%2F%2Fevil.example",
            "?next=%2F%5Cevil.example",
            "",
        ] {
            assert_eq!(in_query(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn what_somebody_wanted_long_ago_leads_nobody_anywhere() {
        let at: DateTime<Utc> = "2030-05-01T06:00:00Z".parse().unwrap();
        let after = |path: &str, seconds: i64| {
            let path = path.to_owned();
            Wanted { path, at }.still(at + TimeDelta::seconds(seconds))
        };
        assert_eq!(
            after("/reports?by=day", 3599),
            Some("/reports?by=day".to_owned())
        );
        assert_eq!(after("/reports", 3600), None);
        // The clock was set back.
        assert_eq!(after("/reports", -1), None);
        assert_eq!(after("//evil.example", 0), None);
    }
}
