//! The service's own face: its name, its logo and its accent colour, as the settings give them.
//!
//! All three are looked at when the service starts, so that a file that is no picture or a colour that is none is
//! told to whoever starts it, and not to those who open the page.

mod colour;
mod logo;
mod palette;
pub mod routes;
mod theme;

pub use self::colour::Colour;
pub use self::logo::Logo;
pub use self::palette::{Palette, Tones};
pub use self::theme::Theme;
use crate::config::InstanceConfig;
use crate::start_error::StartError;

/// More does not stand beside a logo.
const NAME_LIMIT: usize = 60;

/// What a company's people see everywhere.
#[derive(Debug)]
pub struct Instance {
    pub palette: Palette,
    /// The style sheet that gives the page its accent.
    pub theme: Theme,
    /// None: the page draws our pigeon.
    pub logo: Option<Logo>,
}

impl Instance {
    pub fn open(config: &InstanceConfig) -> Result<Self, StartError> {
        let InstanceConfig {
            name,
            logo,
            accent,
            attempt_log: _,
        } = config;
        let wrong = |what: String| StartError::Setting(format!("instance.{what}"));
        let length = name.chars().count();
        if name.trim().is_empty() || length > NAME_LIMIT || name.contains(char::is_control) {
            return Err(wrong(format!(
                "name: one line of 1 to {NAME_LIMIT} characters"
            )));
        }
        let accent = Colour::parse(accent).ok_or_else(|| {
            wrong(format!(
                "accent: {accent:?} is no colour such as \"#2854e0\""
            ))
        })?;
        let palette = Palette::of(accent);
        let logo = logo.as_deref().map(Logo::open).transpose();
        Ok(Self {
            theme: Theme::of(&palette),
            palette,
            logo: logo.map_err(|error| wrong(format!("logo: {error}")))?,
        })
    }
}
