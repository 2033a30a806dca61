//! Why something could not be done: a part of the machine is missing, or it was tried and failed.
//!
//! The difference matters to `test`: what is missing may be skipped (aloud) on a person's machine,
//! what failed never is.

use std::fmt;

pub type Outcome<T> = Result<T, Problem>;

#[derive(Debug)]
pub enum Problem {
    /// Not on this machine and not installable from here; the text says what to install.
    Missing(String),
    Failed(String),
}

impl Problem {
    pub fn failed(doing: &str, error: impl fmt::Display) -> Self {
        Self::Failed(format!("{doing}: {error}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) | Self::Failed(what) => out.write_str(what),
        }
    }
}
