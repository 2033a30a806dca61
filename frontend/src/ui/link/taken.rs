//! Words of the address bar that are meant to be read once: tokens of links.

use yew::prelude::*;
use yew_router::history::{BrowserHistory, History};
use yew_router::prelude::*;

use crate::ui::list::address::pairs;

/// The value under this name in the query. It is taken out of the address bar, so that it stays neither in the
/// history nor in a picture of the screen.
#[hook]
pub fn use_taken(name: &'static str) -> Option<String> {
    let (taken, take) = use_taken_later(name);
    {
        let is_there = taken.is_some();
        use_effect_with((), move |()| {
            if is_there {
                take.emit(());
            }
        });
    }
    taken
}

/// The same, but it stays in the address bar until the callback is called: what waits for somebody to press a button
/// can be read anew until they have.
#[hook]
pub fn use_taken_later(name: &'static str) -> (Option<String>, Callback<()>) {
    let location = use_location();
    let query = location.as_ref().map_or("", Location::query_str);
    let found = use_memo((), |()| named(query, name));
    let take = use_callback((), move |(), ()| {
        if let Some(location) = &location {
            BrowserHistory::new().replace(location.path().to_owned());
        }
    });
    ((*found).clone(), take)
}

/// The value under this name in the query, which stays there: it is needed again when the page is read anew.
#[hook]
pub fn use_query(name: &'static str) -> Option<String> {
    let location = use_location();
    named(location.as_ref().map_or("", Location::query_str), name)
}

fn named(query: &str, name: &str) -> Option<String> {
    let found = pairs(query).into_iter().find(|(known, _)| known == name);
    found
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_name() {
        assert_eq!(
            named("?token=17.l0Yh2Q", "token"),
            Some("17.l0Yh2Q".to_owned())
        );
        assert_eq!(named("?token=", "token"), None);
        assert_eq!(named("?tok=1", "token"), None);
    }
}
