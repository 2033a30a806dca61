//! Whose turn it is: owners in turn, and the runs of each owner in turn, so that a large mailing holds nobody up.

use std::collections::HashMap;

use super::super::ledger::due::DueRun;

/// Remembers who was served last.
#[derive(Clone, Debug, Default)]
pub struct Rotation {
    last_owner: i64,
    last_runs: HashMap<i64, i64>,
}

impl Rotation {
    /// The runs that are due, sorted by owner and id, in the order of their turns; at most so many.
    pub fn order(&self, due: &[DueRun], most: usize) -> Vec<DueRun> {
        let mut ahead = self.clone();
        let mut waiting = due.to_vec();
        let mut order = Vec::new();
        while order.len() < most
            && let Some(next) = ahead.next(&waiting)
        {
            waiting.retain(|run| *run != next);
            ahead.served(next);
            order.push(next);
        }
        order
    }

    pub fn served(&mut self, run: DueRun) {
        self.last_owner = run.owner_id;
        self.last_runs.insert(run.owner_id, run.run_id);
    }

    fn next(&self, due: &[DueRun]) -> Option<DueRun> {
        let owner = due
            .iter()
            .find(|run| run.owner_id > self.last_owner)
            .or(due.first())?
            .owner_id;
        let last_run = self.last_runs.get(&owner).copied().unwrap_or(0);
        let mut of_owner = due.iter().filter(|run| run.owner_id == owner);
        of_owner
            .clone()
            .find(|run| run.run_id > last_run)
            .or(of_owner.next())
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUE: [DueRun; 4] = [run(1, 10), run(1, 11), run(2, 20), run(3, 30)];

    const fn run(owner_id: i64, run_id: i64) -> DueRun {
        DueRun { owner_id, run_id }
    }

    #[test]
    fn owners_take_turns_and_so_do_their_runs() {
        let mut rotation = Rotation::default();
        let turns: Vec<i64> = (0..7)
            .flat_map(|_| {
                let next = rotation.order(&DUE, 1);
                next.iter().for_each(|run| rotation.served(*run));
                next
            })
            .map(|run| run.run_id)
            .collect();
        assert_eq!(turns, [10, 20, 30, 11, 20, 30, 10]);
        assert_eq!(rotation.order(&[], 4), []);
    }

    #[test]
    fn whoever_was_not_served_keeps_the_turn() {
        let mut rotation = Rotation::default();
        assert_eq!(
            rotation.order(&DUE, 9),
            [run(1, 10), run(2, 20), run(3, 30), run(1, 11)]
        );
        rotation.served(run(1, 10));
        assert_eq!(rotation.order(&DUE, 2), [run(2, 20), run(3, 30)]);
    }
}
