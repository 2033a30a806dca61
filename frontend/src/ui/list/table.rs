//! A list as it is drawn.

use contract::listing::Page;
use yew::prelude::*;

use super::List;
use super::pager::Pager;
use super::search::SearchBox;
use crate::client::Loading;
use crate::i18n::Text;
use crate::i18n::{Words, texts};
use crate::ui::{Button, Empty, Icon, IconView, Look, skeleton};

/// A column: its title, the key it sorts by, and how a row looks in it.
pub struct Column<'a, T> {
    title: Text,
    sort: Option<&'static str>,
    figures: bool,
    zone: Option<AttrValue>,
    acts: bool,
    cell: Box<dyn Fn(&T) -> Html + 'a>,
}

impl<'a, T> Column<'a, T> {
    pub fn new(title: Text, cell: impl Fn(&T) -> Html + 'a) -> Self {
        Self {
            title,
            sort: None,
            figures: false,
            zone: None,
            acts: false,
            cell: Box::new(cell),
        }
    }

    /// Its head sorts by this key of the API.
    pub fn sorts_by(self, key: &'static str) -> Self {
        Self {
            sort: Some(key),
            ..self
        }
    }

    /// Numbers: to the right, in figures of one width.
    pub fn figures(self) -> Self {
        Self {
            figures: true,
            ..self
        }
    }

    /// Buttons: they say themselves what they do, so that no title stands over them.
    pub fn acts(self) -> Self {
        Self { acts: true, ..self }
    }

    /// Times of this zone: it stands in the head, not in every row.
    pub fn in_zone(self, zone: AttrValue) -> Self {
        Self {
            zone: Some(zone),
            ..self
        }
    }

    fn class(&self) -> Option<&'static str> {
        match (self.figures, self.acts) {
            (true, _) => Some("figures-cell"),
            (_, true) => Some("acts-cell"),
            _ => None,
        }
    }

    fn title(&self, words: Words) -> AttrValue {
        let title = words.say(self.title);
        match &self.zone {
            Some(zone) => format!("{title}, {zone}").into(),
            None => title,
        }
    }
}

/// A filter that is one press away, with how many it would show where that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// Its word in the address; empty for all.
    pub filter: &'static str,
    pub text: AttrValue,
    pub count: Option<u64>,
}

/// Everything a list needs to be drawn.
pub struct ListView<'a, T> {
    pub list: &'a List,
    pub loading: &'a Loading<Page<T>>,
    pub words: Words,
    pub id: fn(&T) -> i64,
    /// What a row is called, for screen readers.
    pub name: fn(&T) -> String,
    pub columns: Vec<Column<'a, T>>,
    /// What one can search for; none for a list without search.
    pub search: Option<Text>,
    pub chips: Vec<Chip>,
    /// Stands beside search and chips: another filter.
    pub beside: Html,
    /// What can be done with the selected rows; none for a list without selection.
    pub bulk: Option<Html>,
    /// What the list is for, and the first step.
    pub empty: Html,
}

impl<T> ListView<'_, T> {
    pub fn draw(&self) -> Html {
        html! {
            <section ref={self.list.head.clone()} class="panel list">
                { self.toolbar() }
                { self.loading.show(skeleton(6), |answer| self.page(&answer.value)) }
            </section>
        }
    }

    fn toolbar(&self) -> Html {
        let selection = &self.list.selection;
        if selection.count() > 0 {
            let clear = {
                let selection = selection.clone();
                Callback::from(move |()| selection.clear())
            };
            return html! {
                <div class="list-bar list-bar-selected">
                    <b>{ self.words.count(texts::SELECTED, selection.count()) }</b>
                    { self.bulk.clone().unwrap_or_default() }
                    <Button look={Look::Quiet} text={self.words.say(texts::CLEAR_SELECTION)} onclick={clear} />
                </div>
            };
        }
        if self.search.is_none() && self.chips.is_empty() && self.beside == Html::default() {
            return Html::default();
        }
        html! {
            <div class="list-bar">
                if let Some(search) = self.search {
                    <SearchBox placeholder={self.words.say(search)} search={self.list.address.search.clone()} on_search={self.on_search()} />
                }
                if !self.chips.is_empty() {
                    <div class="chips" role="group">{ for self.chips.iter().map(|chip| self.chip(chip)) }</div>
                }
                { self.beside.clone() }
            </div>
        }
    }

    fn chip(&self, chip: &Chip) -> Html {
        let on = self.list.address.filter == chip.filter;
        let choose = {
            let (list, filter) = (self.list.clone(), chip.filter);
            Callback::from(move |_: MouseEvent| list.show(list.address.filtered(filter)))
        };
        html! {
            <button type="button" class="chip" aria-pressed={on.to_string()} onclick={choose}>
                { chip.text.clone() }
                if let Some(count) = chip.count {
                    <span class="figures">{ format!(" · {}", self.words.number(count)) }</span>
                }
            </button>
        }
    }

    fn on_search(&self) -> Callback<String> {
        let list = self.list.clone();
        Callback::from(move |search| list.show(list.address.searching(search)))
    }

    fn page(&self, page: &Page<T>) -> Html {
        if page.items.is_empty() {
            return self.nothing();
        }
        let ids: Vec<i64> = page.items.iter().map(self.id).collect();
        html! {
            <>
                <table class="rows">
                    <thead>
                        <tr>
                            if self.bulk.is_some() {
                                <th class="row-select">{ self.select_all(ids) }</th>
                            }
                            { for self.columns.iter().map(|column| self.head(column)) }
                        </tr>
                    </thead>
                    <tbody>{ for page.items.iter().map(|item| self.row(item)) }</tbody>
                </table>
                <Pager list={self.list.clone()} rows={page.items.len() as u64} total={page.total}
                    capped={page.total_capped} next={page.next.clone().map(AttrValue::from)} />
            </>
        }
    }

    fn head(&self, column: &Column<'_, T>) -> Html {
        let title = self.words.say(column.title);
        let class = column.class();
        if column.acts {
            return html! { <th scope="col" {class}><span class="visually-hidden">{ title }</span></th> };
        }
        let zone = html! {
            if let Some(zone) = &column.zone {
                <small class="zone">{ zone.clone() }</small>
            }
        };
        let Some(key) = column.sort else {
            return html! { <th scope="col" {class}>{ title }{ zone }</th> };
        };
        let direction = self.list.address.direction(key);
        let icon = match direction {
            "ascending" => Icon::ChevronUp,
            "descending" => Icon::ChevronDown,
            _ => Icon::ChevronExpand,
        };
        let sort = {
            let list = self.list.clone();
            Callback::from(move |_: MouseEvent| list.show(list.address.sorted_by(key)))
        };
        html! {
            <th scope="col" {class} aria-sort={direction}>
                <button type="button" class="sort" onclick={sort}>{ title }<IconView {icon} /></button>
                { zone }
            </th>
        }
    }

    fn row(&self, item: &T) -> Html {
        let id = (self.id)(item);
        let selected = self.list.selection.has(id);
        html! {
            <tr key={id.to_string()} class={selected.then_some("selected")}>
                if self.bulk.is_some() {
                    <td class="row-select">{ self.select(id, (self.name)(item), selected) }</td>
                }
                { for self.columns.iter().map(|column| html! {
                    <td class={column.class()} data-title={column.title(self.words)}>
                        { (column.cell)(item) }
                    </td>
                }) }
            </tr>
        }
    }

    fn select(&self, id: i64, name: String, selected: bool) -> Html {
        let selection = self.list.selection.clone();
        let toggle = Callback::from(move |_: Event| selection.toggle(id));
        let label = self.words.fill(texts::SELECT_ROW, &[("name", &name)]);
        html! { <input type="checkbox" class="form-check-input" checked={selected} onchange={toggle} aria-label={label} /> }
    }

    fn select_all(&self, ids: Vec<i64>) -> Html {
        let selection = self.list.selection.clone();
        let all = selection.has_all(&ids);
        let toggle = Callback::from(move |_: Event| {
            if all {
                selection.clear()
            } else {
                selection.set(ids.iter().copied())
            }
        });
        let label = self.words.say(texts::SELECT_ALL);
        html! { <input type="checkbox" class="form-check-input" checked={all} onchange={toggle} aria-label={label} /> }
    }

    fn nothing(&self) -> Html {
        let address = &self.list.address;
        let sentence = if !address.search.is_empty() {
            self.words
                .fill(texts::NOTHING_FOUND_HINT, &[("search", &address.search)])
        } else if address.is_filtered() {
            self.words.say(texts::NOTHING_FILTERED)
        } else {
            return self.empty.clone();
        };
        let show_all = {
            let list = self.list.clone();
            Callback::from(move |()| list.show(list.address.unfiltered()))
        };
        html! {
            <Empty icon={Icon::Search} title={self.words.say(texts::NOTHING_FOUND)} {sentence}>
                <Button text={self.words.say(texts::SHOW_ALL)} onclick={show_all} />
            </Empty>
        }
    }
}
