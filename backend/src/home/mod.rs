//! Home: what everybody may know of the service. Its figures are counted at most once a minute.

pub mod figures;
pub mod routes;
mod service;

use self::figures::KeptFigures;

/// What a process keeps of home in memory. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Home {
    pub figures: KeptFigures,
}
