//! Whose turn it is: owners in turn, and the runs of each owner in turn, so that a large mailing holds nobody up.

use std::collections::HashMap;

use super::super::ledger::claim::DueRun;

/// Remembers who was served last.
#[derive(Clone, Debug, Default)]
pub struct Rotation {
    last_owner: i64,
    last_runs: HashMap<i64, i64>,
}

impl Rotation {
    /// The next of the runs that are due; they are sorted by owner and id.
    pub fn next(&mut self, due: &[DueRun]) -> Option<DueRun> {
        let owner = due
            .iter()
            .find(|run| run.owner_id > self.last_owner)
            .or(due.first())?
            .owner_id;
        let last_run = self.last_runs.get(&owner).copied().unwrap_or(0);
        let mut of_owner = due.iter().filter(|run| run.owner_id == owner);
        let next = of_owner
            .clone()
            .find(|run| run.run_id > last_run)
            .or(of_owner.next())
            .copied()?;
        self.last_owner = owner;
        self.last_runs.insert(owner, next.run_id);
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_take_turns_and_so_do_their_runs() {
        let due = [(1, 10), (1, 11), (2, 20), (3, 30)]
            .map(|(owner_id, run_id)| DueRun { owner_id, run_id });
        let mut rotation = Rotation::default();
        let turns: Vec<i64> = (0..7)
            .filter_map(|_| rotation.next(&due))
            .map(|run| run.run_id)
            .collect();
        assert_eq!(turns, [10, 20, 30, 11, 20, 30, 10]);
        assert_eq!(rotation.next(&[]), None);
    }
}
