//! A carrier of SMS: takes begun messages one by one, and waits for the service's answer to each.
//!
//! There is no session to keep. What is wrong with the service or with our account closes the lane, and so does a
//! service that has answered nothing since a message left: what was begun and not sent goes back untried.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::FutureExt as _;

use super::carrier::{Counted, Road};
use crate::delivery::sms_reply;
use crate::mail::{Reply, Stage, Verdict};
use crate::sms::{SmsFate, SmsSender};

impl Road {
    /// Carries until it is aborted, or there are too many carriers.
    pub async fn carry_sms(self, service: SmsSender, _counted: Counted) {
        loop {
            let parcel = self.parcels.take().await;
            if self.has_too_many_carriers() {
                self.parcels.give([parcel]);
                return;
            }
            if !self.may_send() {
                self.put(&parcel, self.clock.now(), Duration::ZERO, None);
                continue;
            }
            let (at, started) = (self.clock.now(), self.clock.monotonic());
            let (phone, text) = match parcel.letters.sms(&parcel.delivery) {
                Ok(message) => message,
                Err(error) => {
                    let reply = Reply::ours(Verdict::Permanent, Stage::Idle, error.to_string());
                    self.put(&parcel, at, Duration::ZERO, Some(reply));
                    continue;
                }
            };
            let heard = self.heard.load(Ordering::Relaxed);
            parcel.is_given.store(true, Ordering::Release);
            let sent = AssertUnwindSafe(service.send(phone, &text)).catch_unwind();
            let Ok(answer) = sent.await else {
                let delivery = parcel.delivery.id;
                tracing::error!(delivery, "sending an SMS panicked");
                self.outcomes.put(parcel.lost(&self.server, at));
                continue;
            };
            let others_heard = self.heard.load(Ordering::Relaxed) != heard;
            if answer.fate == SmsFate::Answered {
                self.heard.fetch_add(1, Ordering::Relaxed);
            }
            let reply = sms_reply::reply(answer, others_heard);
            if reply.verdict == Verdict::NotTried || reply.stage == Stage::Request {
                self.is_closed.store(true, Ordering::Relaxed);
            }
            let took = self.clock.monotonic().saturating_sub(started);
            self.put(&parcel, at, took, Some(reply));
        }
    }
}
