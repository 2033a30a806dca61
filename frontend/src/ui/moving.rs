//! Figures that run to where they are now instead of jumping there.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// News comes once a second: the figures arrive a little before the next.
const STEPS: u32 = 16;
const STEP_MS: u32 = 50;

/// The figures on their way from what was shown to what they are; at once where a person wants no motion, and in a
/// tab that nobody sees.
#[hook]
pub fn use_moving<const N: usize>(figures: [u64; N]) -> [u64; N] {
    let shown = use_state_eq(|| figures);
    let (from, setter) = (*shown, shown.setter());
    use_effect_with(figures, move |to| {
        let to = *to;
        let over = Rc::new(Cell::new(false));
        let ended = over.clone();
        spawn_local(async move {
            let is_still = from == to || wants_no_motion() || gloo_utils::document().hidden();
            let first = if is_still { STEPS } else { 1 };
            for step in first..=STEPS {
                if !is_still {
                    TimeoutFuture::new(STEP_MS).await;
                }
                if ended.get() {
                    return;
                }
                setter.set(on_the_way(from, to, step));
            }
        });
        move || over.set(true)
    });
    *shown
}

/// Where the figures are after so many steps.
fn on_the_way<const N: usize>(from: [u64; N], to: [u64; N], step: u32) -> [u64; N] {
    let share = f64::from(step.min(STEPS)) / f64::from(STEPS);
    std::array::from_fn(|place| {
        let (from, to) = (from[place] as f64, to[place] as f64);
        (from + (to - from) * share).round() as u64
    })
}

fn wants_no_motion() -> bool {
    let query = gloo_utils::window().match_media("(prefers-reduced-motion: reduce)");
    query.is_ok_and(|query| query.is_some_and(|query| query.matches()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_begin_where_they_were_and_end_where_they_are() {
        let (from, to) = ([0, 100], [1_600, 84]);
        assert_eq!(on_the_way(from, to, 0), from);
        assert_eq!(on_the_way(from, to, STEPS / 2), [800, 92]);
        assert_eq!(on_the_way(from, to, STEPS), to);
        assert_eq!(on_the_way(from, to, STEPS + 1), to);
    }
}
