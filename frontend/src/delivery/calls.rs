//! The operations that read the ledger.

use contract::delivery::progress::Progress;
use contract::delivery::{AttemptTotals, AttemptView, DeliveryDetail, DeliveryView, RunView};
use contract::listing::Page;

use crate::operations;

operations! {
    RUNS: Get "/mailings/{id}/runs" -> Page<RunView>;
    /// Told live, as server-sent events.
    PROGRESS: Get "/mailings/{id}/progress" -> Progress;
    RUN: Get "/runs/{id}" -> RunView;
    DELIVERIES: Get "/runs/{id}/deliveries" -> Page<DeliveryView>;
    DELIVERY: Get "/deliveries/{id}" -> DeliveryDetail;
    ATTEMPTS: Get "/attempts" -> Page<AttemptView>;
    TOTALS: Get "/attempts/totals" -> AttemptTotals;
}
