//! Home: what everybody may know of the service. Its figures are counted at most once a minute.

pub mod figures;
pub mod routes;
mod service;

use self::figures::KeptFigures;
use crate::blog::answers::Answers;
use crate::database::changes::Changes;

/// What a process keeps of home in memory. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Home {
    pub figures: KeptFigures,
    /// The one there is.
    pub answers: Answers,
}

impl Home {
    pub fn new(changes: &Changes) -> Self {
        Self {
            figures: KeptFigures::default(),
            answers: Answers::new(changes),
        }
    }
}
