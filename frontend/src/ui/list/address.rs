//! The state of a list as it stands in the address bar, so that a reload, a link and the back button keep it.

use std::collections::BTreeMap;

/// Which part of a screen is open; the only other word in the address that does not narrow the list.
pub const TAB: &str = "tab";

/// What a list shows: searched for, filtered, sorted, and which page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListAddress {
    pub search: String,
    /// A column's key, with `-` before it for the other direction; empty for the API's own order.
    pub sort: String,
    /// The chosen filter chip; empty for all.
    pub filter: String,
    /// The cursor that this page begins after; empty for the first.
    pub after: String,
    /// Which page that is, from 1.
    pub page: u64,
    /// What else a screen keeps there by a name of its own: a period, the open tab.
    pub others: BTreeMap<String, String>,
}

impl ListAddress {
    pub fn read(query: &str) -> Self {
        let mut address = Self {
            page: 1,
            ..Self::default()
        };
        for (name, value) in pairs(query) {
            match name.as_str() {
                "search" => address.search = value,
                "sort" => address.sort = value,
                "filter" => address.filter = value,
                "after" => address.after = value,
                "page" => address.page = value.parse().unwrap_or(1).max(1),
                _ if !name.is_empty() && !value.is_empty() => {
                    address.others.insert(name, value);
                }
                _ => {}
            }
        }
        if address.after.is_empty() {
            address.page = 1;
        }
        address
    }

    /// What is not as usual, as the query's pairs.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        let all = [
            ("search", self.search.clone()),
            ("filter", self.filter.clone()),
            ("sort", self.sort.clone()),
            ("after", self.after.clone()),
            ("page", page),
        ];
        let own = all
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        own.chain(self.others.clone())
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// What stands there under a name of the screen's own; empty when nothing does.
    pub fn other(&self, name: &str) -> &str {
        self.others.get(name).map_or("", String::as_str)
    }

    /// The first page with something else under a name of the screen's own.
    pub fn with_other(&self, name: &str, value: &str) -> Self {
        let mut others = self.others.clone();
        others.insert(name.to_owned(), value.to_owned());
        Self {
            others,
            ..self.from_the_start()
        }
    }

    /// Another part of the screen, where lists begin anew.
    pub fn tab(&self, tab: &str) -> Self {
        Self::read("").with_other(TAB, tab)
    }

    /// Whether filters leave something out.
    pub fn is_filtered(&self) -> bool {
        let narrows = |(name, value): (&String, &String)| name != TAB && !value.is_empty();
        !self.filter.is_empty() || self.others.iter().any(narrows)
    }

    /// The same part of the screen with nothing left out.
    pub fn unfiltered(&self) -> Self {
        self.tab(self.other(TAB))
    }

    pub fn searching(&self, search: String) -> Self {
        Self {
            search,
            ..self.from_the_start()
        }
    }

    pub fn filtered(&self, filter: &str) -> Self {
        Self {
            filter: filter.to_owned(),
            ..self.from_the_start()
        }
    }

    /// The next order when a column's head is pressed: up, down, and back to the usual one.
    pub fn sorted_by(&self, key: &str) -> Self {
        let sort = match self.sort.strip_prefix('-') {
            Some(down) if down == key => String::new(),
            None if self.sort == key => format!("-{key}"),
            _ => key.to_owned(),
        };
        Self {
            sort,
            ..self.from_the_start()
        }
    }

    pub fn next_page(&self, after: &str) -> Self {
        Self {
            after: after.to_owned(),
            page: self.page + 1,
            ..self.clone()
        }
    }

    /// The page before, which began after `cursor`.
    pub fn previous_page(&self, cursor: &str) -> Self {
        Self {
            after: cursor.to_owned(),
            page: self.page.saturating_sub(1).max(1),
            ..self.clone()
        }
    }

    pub fn from_the_start(&self) -> Self {
        Self {
            after: String::new(),
            page: 1,
            ..self.clone()
        }
    }

    /// For `aria-sort` of a column's head.
    pub fn direction(&self, key: &str) -> &'static str {
        if self.sort == key {
            "ascending"
        } else if self.sort.strip_prefix('-') == Some(key) {
            "descending"
        } else {
            "none"
        }
    }
}

/// The names and values of a query, decoded.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let escaped = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (byte, escaped) {
            (b'%', Some(escaped)) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = after;
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let address =
            ListAddress::read("?search=%D0%90%D0%BD%D0%BD%D0%B0+K&sort=-email&after=abc%3D&page=3");
        assert_eq!(address.search, "Анна K");
        assert_eq!(address.direction("email"), "descending");
        assert_eq!((address.after.as_str(), address.page), ("abc=", 3));
        let query: Vec<String> = address
            .pairs()
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(
            query,
            ["search=Анна K", "sort=-email", "after=abc=", "page=3"]
        );
    }

    #[test]
    fn searching_filtering_and_sorting_begin_on_the_first_page() {
        let third = ListAddress::read("?after=abc&page=3");
        for moved in [
            third.searching("a".to_owned()),
            third.filtered("failed"),
            third.sorted_by("email"),
        ] {
            assert_eq!((moved.after.as_str(), moved.page), ("", 1));
        }
    }

    #[test]
    fn a_head_sorts_up_then_down_then_not() {
        let list = ListAddress::read("");
        let up = list.sorted_by("email");
        let down = up.sorted_by("email");
        assert_eq!((up.sort.as_str(), down.sort.as_str()), ("email", "-email"));
        assert_eq!(down.sorted_by("email").sort, "");
        assert_eq!(down.sorted_by("name").sort, "name");
    }

    #[test]
    fn a_screen_keeps_words_of_its_own_there() {
        let attempts = ListAddress::read("?period=week&tab=runs&after=abc&page=2");
        assert_eq!(attempts.other("period"), "week");
        assert!(attempts.is_filtered());
        assert!(!attempts.unfiltered().is_filtered());
        assert_eq!(attempts.unfiltered().other(TAB), "runs");
        let all = attempts.with_other("period", "");
        assert_eq!((all.is_filtered(), all.page), (false, 1));
        assert_eq!(all.pairs(), [("tab".to_owned(), "runs".to_owned())]);
    }

    #[test]
    fn nonsense_in_the_address_does_no_harm() {
        assert_eq!(
            ListAddress::read("?page=minus&x=&&=%zz&search"),
            ListAddress::read("")
        );
        assert_eq!(decoded("%"), "%");
    }
}
