//! What every fault needs: a place with a database, the program, a mail server, the check, and the report.

pub mod check;
pub mod golub;
pub mod keeper;
pub mod place;
pub mod postgres;
pub mod proxy;
pub mod report;
pub mod scale;
pub mod settings;
pub mod sink;
pub mod wait;

pub use check::check;
pub use golub::Golub;
pub use place::Place;
pub use postgres::Postgres;
pub use report::Report;
pub use scale::Chance;
pub use settings::Settings;
pub use sink::Sink;
pub use wait::wait_until;
