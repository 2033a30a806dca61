//! Statistics: what became of letters, in figures, over days, by mailing, message and user, and as files.

mod answers;
pub mod calls;
mod chart;
mod daily;
mod download;
mod figures;
mod lists;
mod one;
mod reports;
mod runs;
mod scale;
mod summary;
pub mod texts;
mod view;

pub use daily::Letters30Days;
pub use download::CsvButton;
pub use one::{MailingReport, MessageReport};
pub use reports::Reports;
