//! Which form a number takes: the CLDR plural rules for whole numbers.

/// 0: one, 1: other.
pub fn english(n: u64) -> usize {
    usize::from(n != 1)
}

/// 0: one (1, 21, 101), 1: few (2 to 4, 22), 2: many (0, 5 to 20, 111).
pub fn russian(n: u64) -> usize {
    match (n % 10, n % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_letters_are_counted_right() {
        let words = ["письмо", "письма", "писем"];
        let cases = [
            (0, "писем"),
            (1, "письмо"),
            (2, "письма"),
            (4, "письма"),
            (5, "писем"),
            (11, "писем"),
            (12, "писем"),
            (14, "писем"),
            (21, "письмо"),
            (22, "письма"),
            (25, "писем"),
            (101, "письмо"),
            (111, "писем"),
            (1_000_002, "письма"),
        ];
        for (n, word) in cases {
            assert_eq!(words[russian(n)], word, "{n}");
        }
    }

    #[test]
    fn english_has_one_and_other() {
        assert_eq!((english(0), english(1), english(2)), (1, 0, 1));
    }
}
