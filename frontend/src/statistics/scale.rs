//! How a chart of days is laid out: its highest line, and where each part of a bar stands. Pure.

/// Bars stand in a field of this size; it is stretched to the place that there is.
pub const WIDTH: f64 = 1000.0;
pub const HEIGHT: f64 = 200.0;

/// Of the place of a day so much is bar.
const BAR: f64 = 0.72;
/// What is there at all is seen.
const LEAST: f64 = 1.5;

/// A part of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The number at the highest line: round, and no smaller than the largest sum. Even, so that its half is whole.
pub fn top(largest: u64) -> u64 {
    let mut unit = 1_u64;
    while unit.saturating_mul(10) < largest {
        unit *= 10;
    }
    [2, 4, 6, 8, 10]
        .into_iter()
        .map(|steps| unit.saturating_mul(steps))
        .find(|top| *top >= largest)
        .unwrap_or(largest)
}

/// The parts of one day's bar, from below; none for what is not there.
pub fn parts(day: usize, days: usize, counts: &[u64], top: u64) -> Vec<Option<Part>> {
    let place = WIDTH / days.max(1) as f64;
    let width = place * BAR;
    let x = place * day as f64 + (place - width) / 2.0;
    let mut floor = HEIGHT;
    counts
        .iter()
        .map(|count| {
            if *count == 0 {
                return None;
            }
            let height = (HEIGHT * *count as f64 / top.max(1) as f64).max(LEAST);
            floor -= height;
            Some(Part {
                x,
                y: floor,
                width,
                height,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_line_is_round_and_has_a_whole_half() {
        let cases = [
            (0, 2),
            (1, 2),
            (3, 4),
            (10, 10),
            (11, 20),
            (99, 100),
            (1_204, 2_000),
            (7_000, 8_000),
        ];
        for (largest, highest) in cases {
            assert_eq!(top(largest), highest, "{largest}");
            assert!(top(largest) >= largest && top(largest).is_multiple_of(2));
        }
    }

    #[test]
    fn parts_stand_on_each_other_within_their_day() {
        let parts = parts(1, 4, &[50, 0, 25], 100);
        let [Some(lower), None, Some(upper)] = parts[..] else {
            panic!("{parts:?}")
        };
        assert_eq!((lower.y, lower.height), (100.0, 100.0));
        assert_eq!((upper.y, upper.height), (50.0, 50.0));
        assert!(lower.x > 250.0 && lower.x + lower.width < 500.0);
    }

    #[test]
    fn one_letter_among_a_million_is_seen() {
        let parts = parts(0, 30, &[999_999, 1], 1_000_000);
        assert!(parts[1].is_some_and(|part| part.height >= LEAST));
    }
}
