//! Whose turn it is among the servers that have room: by weight, evenly mixed.

use super::MailServers;

/// Smooth weighted round robin: each server gains its weight at every turn, the richest one takes the turn and pays
/// for all. Weights of 3 and 1 give a, a, b, a and not a, a, a, b.
#[derive(Clone, Debug, Default)]
pub struct Turns(Vec<i64>);

impl Turns {
    /// The next server's place in the list, among those that have room.
    pub fn next(&mut self, servers: &MailServers, has_room: &[bool]) -> Option<usize> {
        let weights: Vec<i64> = servers
            .iter()
            .map(|server| i64::from(server.weight))
            .collect();
        self.among(&weights, has_room)
    }

    fn among(&mut self, weights: &[i64], has_room: &[bool]) -> Option<usize> {
        self.0.resize(weights.len(), 0);
        let in_turn = || (0..weights.len()).filter(|place| has_room.get(*place) == Some(&true));
        let mut total = 0;
        for place in in_turn() {
            self.0[place] += weights[place];
            total += weights[place];
        }
        // Of equals, the first.
        let next = in_turn().reduce(|best, place| match self.0[place] > self.0[best] {
            true => place,
            false => best,
        })?;
        self.0[next] -= total;
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(weights: &[i64], has_room: &[bool], count: usize) -> Vec<usize> {
        let mut turns = Turns::default();
        (0..count)
            .filter_map(|_| turns.among(weights, has_room))
            .collect()
    }

    #[test]
    fn turns_are_mixed_by_weight() {
        assert_eq!(turns(&[3, 1], &[true, true], 8), [0, 0, 1, 0, 0, 0, 1, 0]);
        assert_eq!(turns(&[1, 1, 1], &[true; 3], 6), [0, 1, 2, 0, 1, 2]);
    }

    #[test]
    fn a_server_without_room_is_passed_over_and_owed_nothing() {
        assert_eq!(turns(&[3, 1], &[false, true], 3), [1, 1, 1]);
        assert!(turns(&[3, 1], &[false, false], 3).is_empty());
        let mut mixed = Turns::default();
        for _ in 0..100 {
            mixed.among(&[1, 1], &[false, true]);
        }
        let back: Vec<_> = (0..4)
            .filter_map(|_| mixed.among(&[1, 1], &[true, true]))
            .collect();
        assert_eq!(back, [0, 1, 0, 1]);
    }
}
