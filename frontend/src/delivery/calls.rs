//! The operations that read the ledger.

use contract::delivery::progress::Progress;
use contract::delivery::{AttemptTotals, AttemptView, DeliveryDetail, DeliveryView, RunView};
use contract::listing::Page;
use contract::mailings::{Retried, RetryMailing};

use crate::client::Call;
use crate::operations;

operations! {
    RUNS: Get "/mailings/{id}/runs" -> Page<RunView>;
    /// Told live, as server-sent events.
    PROGRESS: Get "/mailings/{id}/progress" -> Progress;
    RETRY: Post "/mailings/{id}/retry" -> Retried;
    RUN: Get "/runs/{id}" -> RunView;
    DELIVERIES: Get "/runs/{id}/deliveries" -> Page<DeliveryView>;
    DELIVERY: Get "/deliveries/{id}" -> DeliveryDetail;
    ATTEMPTS: Get "/attempts" -> Page<AttemptView>;
    TOTALS: Get "/attempts/totals" -> AttemptTotals;
}

pub fn retry(mailing_id: i64, asked: &RetryMailing) -> Call<Retried> {
    RETRY.of(mailing_id).body(asked)
}
