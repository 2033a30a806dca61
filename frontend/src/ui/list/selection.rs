//! Which rows are selected. Another page, search or filter begins with none.

use std::collections::BTreeSet;

use yew::prelude::*;

use super::address::ListAddress;

#[derive(Clone, PartialEq)]
pub struct Selection {
    chosen: UseStateHandle<BTreeSet<i64>>,
}

#[hook]
pub fn use_selection(address: &ListAddress) -> Selection {
    let chosen = use_state(BTreeSet::new);
    {
        let chosen = chosen.clone();
        use_effect_with(address.clone(), move |_| chosen.set(BTreeSet::new()));
    }
    Selection { chosen }
}

impl Selection {
    pub fn ids(&self) -> Vec<i64> {
        self.chosen.iter().copied().collect()
    }

    pub fn count(&self) -> u64 {
        self.chosen.len() as u64
    }

    pub fn has(&self, id: i64) -> bool {
        self.chosen.contains(&id)
    }

    pub fn has_all(&self, ids: &[i64]) -> bool {
        !ids.is_empty() && ids.iter().all(|id| self.has(*id))
    }

    pub fn toggle(&self, id: i64) {
        let mut chosen = (*self.chosen).clone();
        if !chosen.remove(&id) {
            chosen.insert(id);
        }
        self.chosen.set(chosen);
    }

    pub fn set(&self, ids: impl IntoIterator<Item = i64>) {
        self.chosen.set(ids.into_iter().collect());
    }

    pub fn clear(&self) {
        self.chosen.set(BTreeSet::new());
    }
}
