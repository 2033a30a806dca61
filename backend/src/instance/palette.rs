//! From one accent colour to all that the page paints with it, such that everything stays readable.
//!
//! What is painted *with* the accent (buttons) is the colour as it was given, with white text on it, or dark text
//! where white cannot be read. What is *written* in it (links) is made darker, or on a dark page lighter, until it can
//! be read on every ground of the page.

use super::colour::Colour;

/// What WCAG asks of text.
const READABLE: f64 = 4.5;
/// In so many steps a colour is brought to black or white.
const STEPS: u32 = 50;

/// The grounds and words of the page's own two themes, as in `frontend/styles/tokens.css`.
#[derive(Clone, Copy, Debug)]
struct Page {
    surface: Colour,
    /// The ground nearest to the words' colour.
    hover: Colour,
    muted: Colour,
    /// Where words go when they cannot be read.
    extreme: Colour,
    /// How much of the accent is in its soft ground at most.
    soft_share: f64,
}

const LIGHT: Page = Page {
    surface: Colour::WHITE,
    hover: Colour([0xf2, 0xf4, 0xf7]),
    muted: Colour([0x5b, 0x66, 0x78]),
    extreme: Colour::BLACK,
    soft_share: 0.10,
};

const DARK: Page = Page {
    surface: Colour([0x17, 0x1e, 0x28]),
    hover: Colour([0x1e, 0x27, 0x33]),
    muted: Colour([0x98, 0xa4, 0xb6]),
    extreme: Colour::WHITE,
    soft_share: 0.18,
};

/// Dark text on a bright accent; the ground of the dark theme.
const INK: Colour = Colour([0x0f, 0x14, 0x1b]);

/// All that is made of the accent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    pub light: Tones,
    pub dark: Tones,
}

/// The accent in one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tones {
    /// Words, lines and icons.
    pub accent: Colour,
    /// The same under the pointer.
    pub strong: Colour,
    /// A ground for such words.
    pub soft: Colour,
    /// Buttons.
    pub fill: Colour,
    pub fill_strong: Colour,
    /// What stands on a button.
    pub on_fill: Colour,
}

impl Palette {
    pub fn of(given: Colour) -> Self {
        Self {
            light: Tones::on(LIGHT, given, given),
            dark: {
                let readable = readable(DARK, given).0;
                Tones::on(DARK, given, readable)
            },
        }
    }
}

impl Tones {
    fn on(page: Page, given: Colour, fill: Colour) -> Self {
        let (accent, soft) = readable(page, given);
        let on_fill = on(fill);
        Self {
            accent,
            strong: accent.mixed(page.extreme, 0.18),
            soft,
            fill,
            fill_strong: under_pointer(page, fill, on_fill),
            on_fill,
        }
    }
}

/// The words' colour and their soft ground: the first on the way to black or white that can be read.
fn readable(page: Page, given: Colour) -> (Colour, Colour) {
    let tried = (0..=STEPS).map(|step| {
        let accent = given.mixed(page.extreme, f64::from(step) / f64::from(STEPS));
        (accent, soft(page, accent))
    });
    let is_readable = |(accent, soft): &(Colour, Colour)| {
        let grounds = [page.surface, page.hover, *soft];
        grounds
            .iter()
            .all(|ground| accent.contrast(*ground) >= READABLE)
    };
    // The extreme itself is readable in both themes.
    let found = tried.into_iter().find(is_readable);
    found.unwrap_or((page.extreme, page.surface))
}

/// As much of the accent in the surface as leaves quiet words readable.
fn soft(page: Page, accent: Colour) -> Colour {
    let shares = (0..=9)
        .rev()
        .map(|step| page.soft_share * f64::from(step) / 9.0);
    let grounds = shares.map(|share| page.surface.mixed(accent, share));
    let mut fit = grounds.filter(|ground| page.muted.contrast(*ground) >= READABLE);
    fit.next().unwrap_or(page.surface)
}

/// White wherever it can be read, as people expect of a button.
fn on(fill: Colour) -> Colour {
    let choices = [Colour::WHITE, INK];
    let found = choices
        .into_iter()
        .find(|text| text.contrast(fill) >= READABLE);
    // Between the two there is a narrow band of brightness where only pure black will do.
    found.unwrap_or(Colour::BLACK)
}

/// A shade further, towards where the text stays readable.
fn under_pointer(page: Page, fill: Colour, text: Colour) -> Colour {
    let ways = [
        fill.mixed(page.extreme, 0.16),
        fill.mixed(Colour::WHITE, 0.16),
        fill.mixed(Colour::BLACK, 0.16),
    ];
    let found = ways
        .into_iter()
        .find(|colour| *colour != fill && text.contrast(*colour) >= READABLE);
    found.unwrap_or(fill)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../frontend/styles/tokens.css");

    fn pairs(tones: &Tones, page: Page) -> Vec<(Colour, Colour)> {
        let Tones {
            accent,
            strong,
            soft,
            fill,
            fill_strong,
            on_fill,
        } = *tones;
        let grounds = [page.surface, page.hover, soft];
        let mut pairs = vec![(on_fill, fill), (on_fill, fill_strong), (page.muted, soft)];
        pairs.extend(grounds.map(|ground| (accent, ground)));
        pairs.extend(grounds.map(|ground| (strong, ground)));
        pairs
    }

    #[test]
    fn whatever_colour_is_given_everything_can_be_read_in_both_themes() {
        let channel = || (0..=255_u8).step_by(17);
        for red in channel() {
            for green in channel() {
                for blue in channel() {
                    let given = Colour([red, green, blue]);
                    let Palette { light, dark } = Palette::of(given);
                    for (text, ground) in [pairs(&light, LIGHT), pairs(&dark, DARK)].concat() {
                        let contrast = text.contrast(ground);
                        assert!(
                            contrast >= READABLE,
                            "{given}: {text} on {ground}: {contrast:.2}"
                        );
                    }
                    assert_eq!(light.fill, given, "a button has the colour that was given");
                    assert_ne!(light.fill, light.fill_strong, "{given}");
                }
            }
        }
    }

    #[test]
    fn a_dark_colour_bears_white_and_a_bright_one_dark_text() {
        let on = |given: &str| Palette::of(Colour::parse(given).unwrap()).light.on_fill;
        assert_eq!(on("#2854e0"), Colour::WHITE);
        assert_eq!(on("#ffcc00"), INK);
    }

    #[test]
    fn the_grounds_are_those_of_the_page() {
        let (light, dark) = TOKENS.split_once("[data-bs-theme=\"dark\"] {").unwrap();
        for (theme, page) in [(light, LIGHT), (dark, DARK)] {
            let token = |name: &str| {
                let (_, rest) = theme.split_once(&format!("--{name}: ")).unwrap();
                Colour::parse(rest.split(';').next().unwrap()).unwrap()
            };
            assert_eq!(token("surface"), page.surface);
            assert_eq!(token("hover"), page.hover);
            assert_eq!(token("muted"), page.muted);
            for ground in ["ground", "sunken", "surface"] {
                // What can be read on the ground nearest to the words can be read on these.
                let contrast = token(ground).contrast(page.extreme);
                assert!(contrast >= page.hover.contrast(page.extreme), "{ground}");
            }
        }
    }
}
