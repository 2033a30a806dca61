//! Addresses that a mail server refused for good: after the first refusal their letters are left out, as the engine
//! would have done.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use contract::delivery::EndReason;

use super::history::{Letter, Run, Try};
use crate::delivery::classify::refuses_address;
use crate::delivery::entity::delivery::State;

/// Leaves out what would have been sent to an address after it was refused.
pub fn leave_out(stories: &mut [Vec<Run>]) {
    let mut since: HashMap<i64, DateTime<Utc>> = HashMap::new();
    let runs = || stories.iter().flatten();
    for letter in runs().flat_map(|run| &run.letters) {
        if let Some(at) = refused_at(letter) {
            let first = since.entry(letter.recipient_id).or_insert(at);
            *first = at.min(*first);
        }
    }
    for run in stories.iter_mut().flatten() {
        for letter in &mut run.letters {
            let since = since.get(&letter.recipient_id);
            let first_try = letter.tries.first().map(|one| one.at);
            if let (Some(since), Some(at)) = (since, first_try)
                && at > *since
                // It was the address that was refused, not the phone.
                && letter.phone.is_none()
            {
                letter.state = State::Skipped;
                letter.reason = Some(EndReason::Suppressed);
                letter.possible_copies = 0;
                letter.updated_at = at;
                letter.tries.clear();
            }
        }
        let last = run.letters.iter().map(|letter| letter.updated_at).max();
        run.finished_at = run.finished_at.and(last);
    }
}

/// When the letter's address was refused for good, if it was.
pub fn refused_at(letter: &Letter) -> Option<DateTime<Utc>> {
    let Try { at, said, .. } = letter.tries.last()?;
    let answered_at = *at + TimeDelta::milliseconds(said.milliseconds.into());
    refuses_address(&said.reply()).then_some(answered_at)
}
