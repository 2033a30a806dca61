//! A run as it is told live, heard again after the connection was lost.

use contract::delivery::RunView;
use contract::delivery::progress::Progress;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::client::{Hold, use_client};
use crate::delivery::calls;

const FIRST_WAIT_MS: u32 = 1_000;
const LONGEST_WAIT_MS: u32 = 30_000;

/// What was heard last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    pub progress: Option<Progress>,
    /// The connection is lost, and is being made again.
    pub is_away: bool,
}

impl Live {
    /// What is told of this run, if it is the one that is told of.
    pub fn of(&self, run_id: i64) -> Option<&Progress> {
        self.progress
            .as_ref()
            .filter(|progress| progress.run_id == Some(run_id))
    }
}

/// The run as it stands by what was told later than it was read.
pub fn newer(run: &RunView, told: Option<&Progress>) -> RunView {
    let Some(told) = told else { return run.clone() };
    RunView {
        state: told.run_state.unwrap_or(run.state),
        audience: told.audience.or(run.audience),
        counts: told.counts,
        ..run.clone()
    }
}

/// Hears how the mailing's latest run gets on while `active`, but not in a tab that nobody sees: browsers open only a
/// few connections at once.
#[hook]
pub fn use_live(mailing_id: i64, active: bool) -> Live {
    let client = use_client();
    let live = use_state_eq(Live::default);
    let seen = use_seen();
    let setter = live.setter();
    use_effect_with((mailing_id, active, seen), move |(id, active, seen)| {
        let hold = Rc::new(Cell::new(None::<Hold>));
        let over = Rc::new(Cell::new(!(*active && *seen)));
        if !*active {
            setter.set(Live::default());
        }
        let call = calls::PROGRESS.of(*id);
        let (held, ended) = (hold.clone(), over.clone());
        spawn_local(async move {
            let last = Rc::new(std::cell::RefCell::new(None::<Progress>));
            let mut failures = 0;
            while !ended.get() {
                let connection = Hold::take();
                held.set(Some(connection.clone()));
                let heard = Rc::new(Cell::new(false));
                let told = {
                    let (setter, last, heard) = (setter.clone(), last.clone(), heard.clone());
                    move |progress: Progress| {
                        heard.set(true);
                        *last.borrow_mut() = Some(progress.clone());
                        setter.set(Live {
                            progress: Some(progress),
                            is_away: false,
                        });
                    }
                };
                let result = client.watch(&call, &connection, told).await;
                if ended.get() {
                    return;
                }
                let told_all = last.borrow().as_ref().is_some_and(Progress::is_last);
                let refused = result
                    .as_ref()
                    .err()
                    .is_some_and(|error| error.is_not_found() || error.means_signed_out());
                if told_all || refused {
                    return;
                }
                failures = if heard.get() { 1 } else { failures + 1 };
                setter.set(Live {
                    progress: last.borrow().clone(),
                    is_away: true,
                });
                TimeoutFuture::new(wait_after(failures)).await;
            }
        });
        move || {
            over.set(true);
            if let Some(connection) = hold.take() {
                connection.let_go();
            }
        }
    });
    (*live).clone()
}

/// Is this tab the one that is looked at?
#[hook]
fn use_seen() -> bool {
    let seen = use_state_eq(|| !gloo_utils::document().hidden());
    let setter = seen.setter();
    use_effect_with((), move |()| {
        let document = gloo_utils::document();
        let changed = EventListener::new(&document, "visibilitychange", move |_| {
            setter.set(!gloo_utils::document().hidden());
        });
        move || drop(changed)
    });
    *seen
}

/// How long to wait after so many failures in a row.
fn wait_after(failures: u32) -> u32 {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    FIRST_WAIT_MS.saturating_mul(doubled).min(LONGEST_WAIT_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_again_soon_and_then_less_and_less_often() {
        let waits: Vec<u32> = (1..=7).map(wait_after).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(wait_after(4_000_000), LONGEST_WAIT_MS);
    }
}
