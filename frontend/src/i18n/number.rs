//! Numbers as each language writes them.

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

/// How often something happens: with a tenth where it is less than ten.
pub fn rate(rate: f64, language: Language) -> String {
    if rate >= 9.95 {
        return grouped(rate.round() as u64, language);
    }
    let written = format!("{rate:.1}");
    match language {
        Language::En => written,
        Language::Ru => written.replace('.', ","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_rate_has_tenths() {
        assert_eq!(rate(4.46, Language::Ru), "4,5");
        assert_eq!(rate(0.04, Language::En), "0.0");
        assert_eq!(rate(9.99, Language::En), "10");
        assert_eq!(rate(12_345.6, Language::En), "12,346");
    }

    #[test]
    fn groups_by_three() {
        assert_eq!(grouped(7, Language::En), "7");
        assert_eq!(grouped(1_284, Language::En), "1,284");
        assert_eq!(grouped(1_284, Language::Ru), "1284");
        assert_eq!(grouped(48_812, Language::Ru), "48\u{202f}812");
        assert_eq!(grouped(1_000_000, Language::En), "1,000,000");
    }
}
