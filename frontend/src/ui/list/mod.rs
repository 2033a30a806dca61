//! Lists: search, filter chips, sortable heads, keyset pages with a total, selection, and a first step when empty.
//!
//! A screen calls [`use_list`], loads the page that `list.address` names, and draws a [`ListView`] of columns.
//! On a phone each row becomes a small stack, with every column's title beside its value.

pub mod address;
mod pager;
mod search;
mod selection;
mod table;

use std::cell::RefCell;
use std::rc::Rc;

use contract::listing::{DEFAULT_LIMIT, Page};
use web_sys::Element;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::client::{Call, Loading};
use address::ListAddress;
pub use search::SearchBox;
pub use selection::Selection;
pub use table::{Chip, Column, ListView};

/// A list's state and how to change it.
#[derive(Clone, PartialEq)]
pub struct List {
    pub address: ListAddress,
    pub selection: Selection,
    /// What stands above its rows: another page is read from there on.
    pub head: NodeRef,
    location: Option<Location>,
    navigator: Option<Navigator>,
    trail: Trail,
}

/// Where each page that was walked through began, to find the way back; lost with a reload.
#[derive(Clone, Default)]
struct Trail(Rc<RefCell<Vec<String>>>);

impl PartialEq for Trail {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[hook]
pub fn use_list() -> List {
    let location = use_location();
    let query = location.as_ref().map_or("", Location::query_str);
    let address = ListAddress::read(query);
    let selection = selection::use_selection(&address);
    let trail = use_memo((), |()| Trail::default());
    List {
        address,
        selection,
        head: use_node_ref(),
        location,
        navigator: use_navigator(),
        trail: (*trail).clone(),
    }
}

impl List {
    /// Asks for the page that the address names.
    pub fn page<T>(&self, call: Call<T>) -> Call<T> {
        let ListAddress {
            search,
            sort,
            after,
            filter: _,
            page: _,
            others: _,
        } = &self.address;
        call.query("search", search)
            .query("sort", sort)
            .query("after", after)
    }

    /// There is nothing at all yet: the empty state offers the first step, so the page's head need not.
    pub fn has_nothing<T>(&self, loading: &Loading<Page<T>>) -> bool {
        let narrowed = !self.address.search.is_empty() || self.address.is_filtered();
        !narrowed && loading.value().is_some_and(|page| page.total == 0)
    }

    /// Shows another state of the list; searching replaces the entry in the history, the rest adds one.
    pub fn show(&self, address: ListAddress) {
        let (Some(navigator), Some(location)) = (&self.navigator, &self.location) else {
            return;
        };
        let typing = address.search != self.address.search;
        let query = address.pairs();
        let route = PathOnly(location.path().to_owned());
        let turning = address.page != self.address.page;
        let _ = if typing {
            navigator.replace_with_query(&route, query)
        } else {
            navigator.push_with_query(&route, query)
        };
        if turning {
            self.show_head();
        }
    }

    /// Whoever has turned the page stands at the foot of the one before.
    fn show_head(&self) {
        let head = self.head.cast::<Element>();
        if let Some(head) = head.filter(|head| head.get_bounding_client_rect().top() < 0.0) {
            head.scroll_into_view();
        }
    }

    fn show_next(&self, cursor: &str) {
        self.trail.0.borrow_mut().push(self.address.after.clone());
        self.show(self.address.next_page(cursor));
    }

    /// The page before, as far as the way back is known; else the first.
    fn show_previous(&self) {
        let from = self.trail.0.borrow_mut().pop();
        match from {
            Some(cursor) => self.show(self.address.previous_page(&cursor)),
            None => self.show(self.address.from_the_start()),
        }
    }

    fn knows_the_way_back(&self) -> bool {
        !self.trail.0.borrow().is_empty()
    }

    /// The place of the page's first row in the whole list, from 1.
    fn first_place(&self) -> u64 {
        (self.address.page - 1) * DEFAULT_LIMIT + 1
    }
}

/// The router wants a route; a list only changes the query of the path it is at.
#[derive(Clone, Debug, PartialEq)]
struct PathOnly(String);

impl Routable for PathOnly {
    fn from_path(path: &str, _: &std::collections::HashMap<&str, &str>) -> Option<Self> {
        Some(Self(path.to_owned()))
    }

    fn to_path(&self) -> String {
        self.0.clone()
    }

    fn routes() -> Vec<&'static str> {
        Vec::new()
    }

    fn not_found_route() -> Option<Self> {
        None
    }

    fn recognize(pathname: &str) -> Option<Self> {
        Some(Self(pathname.to_owned()))
    }
}
