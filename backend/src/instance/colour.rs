//! Colours, and how well one can be read on another (WCAG 2).

use std::fmt;

/// A colour without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    pub const BLACK: Self = Self([0; 3]);
    pub const WHITE: Self = Self([255; 3]);

    /// Reads `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .trim()
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).map(|value| value as u8))
            .collect::<Option<_>>()?;
        match *digits.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Self([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }

    /// This colour with so much of another in it, from 0 to 1.
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mixed = |mine: u8, theirs: u8| {
            (f64::from(mine) * (1.0 - share) + f64::from(theirs) * share).round() as u8
        };
        let (Self([r, g, b]), Self([x, y, z])) = (self, other);
        Self([mixed(r, x), mixed(g, y), mixed(b, z)])
    }

    /// From 1, the same, to 21, black on white. Text wants 4.5 at least.
    pub fn contrast(self, other: Self) -> f64 {
        let (mine, theirs) = (self.luminance(), other.luminance());
        (mine.max(theirs) + 0.05) / (mine.min(theirs) + 0.05)
    }

    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_css_writes_them() {
        for (text, read) in [
            ("#2854e0", Some("#2854e0")),
            (" #FC0 ", Some("#ffcc00")),
            ("2854e0", None),
            ("#2854e", None),
            ("#2854e0ff", None),
            ("#28g4e0", None),
            ("blue", None),
            ("#é1a", None),
            ("", None),
        ] {
            let colour = Colour::parse(text).map(|colour| colour.to_string());
            assert_eq!(colour.as_deref(), read, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        // As the checkers that people use give it for #767676 on white: 4.54.
        let grey = Colour::parse("#767676").unwrap();
        assert!((grey.contrast(Colour::WHITE) - 4.54).abs() < 0.005);
    }
}
