//! How many of each claim begin when there is room for so many: all the same, and what a short one leaves goes to
//! the longer ones.

pub fn shares(lengths: &[usize], room: usize) -> Vec<usize> {
    let mut by_length: Vec<usize> = (0..lengths.len()).collect();
    by_length.sort_by_key(|place| lengths[*place]);
    let mut shares = vec![0; lengths.len()];
    let (mut room, mut claims) = (room, lengths.len());
    for place in by_length {
        shares[place] = Ord::min(lengths[place], room.div_ceil(claims));
        room -= shares[place];
        claims -= 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_claim_begins_whole_beside_a_large_one() {
        assert_eq!(shares(&[500, 5], 64), [59, 5]);
        assert_eq!(shares(&[500, 500, 500], 64), [22, 21, 21]);
        assert_eq!(shares(&[3], 64), [3]);
        assert_eq!(shares(&[500, 5], 0), [0, 0]);
        assert!(shares(&[], 64).is_empty());
    }
}
