//! How many letters of a run failed in which way.

use contract::delivery::{DeliveryState, DeliveryView, FailureClass};
use contract::listing::Page;
use yew::prelude::*;

use crate::client::{Call, Loading, use_loaded_if};
use crate::delivery::calls;
use crate::delivery::words::{classes, states};

/// The kinds that there are, with how many letters each has; more than are counted count as so many.
pub type Failures = Vec<(FailureClass, u64)>;

/// Counts them anew whenever another number of letters has failed; nothing is asked while none has.
#[hook]
pub fn use_failures(run_id: i64, failed: u64) -> Failures {
    let of = |class| (failed > 0).then(|| count(run_id, class));
    // A hook for each kind, in their order.
    let [a, b, c, d, e, f] = FailureClass::ALL;
    let counted = [
        (a, use_loaded_if(of(a))),
        (b, use_loaded_if(of(b))),
        (c, use_loaded_if(of(c))),
        (d, use_loaded_if(of(d))),
        (e, use_loaded_if(of(e))),
        (f, use_loaded_if(of(f))),
    ];
    {
        let reloads = counted.clone().map(|(_, loading)| loading.reload);
        let first = use_mut_ref(|| true);
        use_effect_with(failed, move |failed| {
            if !first.replace(false) && *failed > 0 {
                reloads.iter().for_each(|reload| reload.emit(()));
            }
        });
    }
    let total =
        |loading: &Loading<Page<DeliveryView>>| loading.value().map_or(0, |page| page.total);
    counted
        .iter()
        .map(|(class, loading)| (*class, total(loading)))
        .filter(|(_, count)| failed > 0 && *count > 0)
        .collect()
}

fn count(run_id: i64, class: FailureClass) -> Call<Page<DeliveryView>> {
    calls::DELIVERIES
        .of(run_id)
        .query("state", states::state_key(DeliveryState::Failed))
        .query("class", classes::class_key(class))
        .query("limit", 1)
}
