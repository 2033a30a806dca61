//! How much is tried, and chance that can be had again.

use std::env;
use std::time::Duration;

/// Is everything tried whole, or a version for every day?
pub fn whole() -> bool {
    env::var("GOLUB_FAULTS").is_ok_and(|how| how == "whole")
}

/// The first where everything is tried, else the second.
pub fn sized<T>(in_whole: T, in_short: T) -> T {
    if whole() { in_whole } else { in_short }
}

/// Numbers that look like chance and come again with the same seed (SplitMix64).
#[derive(Debug)]
pub struct Chance {
    pub seed: u64,
    state: u64,
}

impl Chance {
    /// The seed is handed over, or taken from the process's id; the report names it.
    pub fn new() -> Self {
        let seed = env::var("GOLUB_FAULTS_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or_else(|| u64::from(std::process::id()));
        println!("seed {seed}");
        Self::from(seed)
    }

    pub fn from(seed: u64) -> Self {
        Self { seed, state: seed }
    }

    /// Below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }

    pub fn up_to(&mut self, limit: Duration) -> Duration {
        Duration::from_micros(self.below(limit.as_micros() as u64 + 1))
    }

    /// So many ascending numbers below `limit`: one at random in each of as many equal parts.
    pub fn spread(&mut self, count: usize, limit: usize) -> Vec<usize> {
        (0..count)
            .map(|part| {
                let from = part * limit / count;
                let to = (part + 1) * limit / count;
                from + self.below((to - from) as u64) as usize
            })
            .collect()
    }
}
