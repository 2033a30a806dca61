//! Whole numbers as each language groups them.

use contract::accounts::Language;

/// `48,812` in English, `48 812` with a narrow no-break space in Russian, which leaves four digits together.
pub fn grouped(n: u64, language: Language) -> String {
    let digits = n.to_string();
    let (separator, from) = match language {
        Language::En => (',', 4),
        Language::Ru => ('\u{202f}', 5),
    };
    if digits.len() < from {
        return digits;
    }
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_three() {
        assert_eq!(grouped(7, Language::En), "7");
        assert_eq!(grouped(1_284, Language::En), "1,284");
        assert_eq!(grouped(1_284, Language::Ru), "1284");
        assert_eq!(grouped(48_812, Language::Ru), "48\u{202f}812");
        assert_eq!(grouped(1_000_000, Language::En), "1,000,000");
    }
}
