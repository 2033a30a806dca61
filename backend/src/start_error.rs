//! What keeps the service from starting, told to whoever starts it.

use sea_orm::DbErr;

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the database: {0}")]
    Database(#[from] DbErr),
    #[error("the data folder: {0}")]
    Data(#[from] std::io::Error),
    #[error("{0}")]
    Setting(String),
}
