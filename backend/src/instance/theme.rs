//! The accent as a style sheet: the page's own policy lets in no style that stands in the document.

use super::palette::{Palette, Tones};
use crate::digest;

/// A style sheet, and the tag by which a browser asks whether it has changed.
#[derive(Debug)]
pub struct Theme {
    pub css: String,
    pub tag: String,
}

impl Theme {
    /// Overrides the tokens of `frontend/styles/tokens.css` that are made of the accent.
    pub fn of(palette: &Palette) -> Self {
        let Palette { light, dark } = palette;
        let css = format!(
            ":root,\n[data-bs-theme=\"light\"] {{\n{}}}\n\n[data-bs-theme=\"dark\"] {{\n{}}}\n",
            tokens(light),
            tokens(dark)
        );
        Self {
            tag: format!("\"{}\"", digest::short(css.as_bytes())),
            css,
        }
    }
}

fn tokens(tones: &Tones) -> String {
    let Tones {
        accent,
        strong,
        soft,
        fill,
        fill_strong,
        on_fill,
    } = tones;
    let named = [
        ("accent", accent),
        ("accent-strong", strong),
        ("accent-soft", soft),
        ("accent-fill", fill),
        ("accent-fill-strong", fill_strong),
        ("on-accent", on_fill),
    ];
    let lines = named.map(|(name, colour)| format!("  --{name}: {colour};\n"));
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::super::colour::Colour;
    use super::*;

    #[test]
    fn the_page_has_a_token_of_its_own_for_each_that_is_overridden() {
        let page = include_str!("../../../frontend/styles/tokens.css");
        let theme = Theme::of(&Palette::of(Colour::BLACK));
        let names: Vec<&str> = theme
            .css
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.split(':').next())
            .collect();
        assert_eq!(names.len(), 12);
        for name in names {
            assert_eq!(page.matches(&format!("  --{name}: ")).count(), 2, "{name}");
        }
    }

    #[test]
    fn another_colour_has_another_tag() {
        let tag = |colour| Theme::of(&Palette::of(colour)).tag;
        assert_eq!(tag(Colour::BLACK), tag(Colour::BLACK));
        assert_ne!(tag(Colour::BLACK), tag(Colour([0x28, 0x54, 0xe0])));
    }
}
