//! What became of letters, summed up: of a person, of the whole service, by day, by mailing and by message.
//!
//! Letters are counted where their run was started, by how they stand now; attempts where they were made.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::users::LetterCounts;
use crate::delivery::{FailureClass, Outcome, RunView};
use crate::listing::Owner;
use crate::mailings::MailingStatus;

/// Days are told of no longer a time at once.
pub const DAYS_LIMIT: u64 = 366;
/// So many days, today the last of them, are told of when nothing else is asked for.
pub const DAYS_DEFAULT: u64 = 30;

/// Whose letters are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One's own.
    Own,
    /// Those of the whole service.
    Everyone,
}

/// What became of some letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// The letters of the runs that were started in the period, by how they stand now.
    pub letters: LetterCounts,
    /// How many tries were made in the period.
    pub attempts: u64,
    pub succeeded: u64,
    pub failed: u64,
    /// Handed over, and the answer never came.
    pub unknown: u64,
    /// Which part of the attempts succeeded, from 0 to 1, to four places; none where there were none.
    #[schema(example = 0.973)]
    pub success_rate: Option<f64>,
    /// Letters that a mail server accepted in the period for the first time. One that was accepted twice, for the first
    /// answer was lost, counts once.
    pub accepted: u64,
}

impl Figures {
    /// Nothing happened.
    pub fn is_empty(&self) -> bool {
        self.attempts == 0 && self.letters == LetterCounts::default()
    }

    /// How many letters there are in all.
    pub fn all_letters(&self) -> u64 {
        let LetterCounts {
            sent,
            failed,
            queued,
            skipped,
            unknown,
        } = self.letters;
        sent + failed + queued + skipped + unknown
    }
}

/// How often attempts ended so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnswerCount {
    pub outcome: Outcome,
    /// What kind of failure it was, if it was one whose kind is known.
    pub class: Option<FailureClass>,
    pub attempts: u64,
}

/// What became of letters in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Statistics {
    /// The quarter of an hour from which on was counted; none for from the beginning.
    pub from: Option<DateTime<Utc>>,
    /// The quarter of an hour before which was counted; none for until now.
    pub to: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub figures: Figures,
    /// The attempts by the kind of the mail server's answer, the good ones first.
    pub answers: Vec<AnswerCount>,
}

/// What became of letters, by day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DailyStatistics {
    /// The zone whose days they are.
    #[schema(example = "Europe/Moscow")]
    pub time_zone: String,
    /// Every day of the period, the first one first, also those on which nothing happened.
    pub days: Vec<DayStatistics>,
}

/// What became of letters on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DayStatistics {
    pub date: NaiveDate,
    /// Where the day begins.
    pub from: DateTime<Utc>,
    /// Where it ends: 23 to 25 hours later, as the zone's clocks have it.
    pub to: DateTime<Utc>,
    #[serde(flatten)]
    pub figures: Figures,
}

/// Which mailings statistics are asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportedStatus {
    /// Those that may send still: running, paused, or planned anew.
    Open,
    /// Those that are completed or deleted.
    Completed,
}

/// What became of a mailing's letters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailingStatistics {
    pub mailing_id: i64,
    /// Of a deleted one: as its last run had it.
    pub title: String,
    /// None when it was deleted since.
    pub status: Option<MailingStatus>,
    pub completed_at: Option<DateTime<Utc>>,
    pub owner: Owner,
    /// How many runs it has had in all.
    pub runs: u64,
    /// When its first run was started; none before that.
    pub first_run_at: Option<DateTime<Utc>>,
    pub last_run_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub figures: Figures,
}

/// What became of a mailing's letters, with the mail servers' answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailingStatisticsDetail {
    #[serde(flatten)]
    pub mailing: MailingStatistics,
    /// The attempts by the kind of the mail server's answer, the good ones first.
    pub answers: Vec<AnswerCount>,
}

/// One run with what became of its letters, and whose it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunStatistics {
    #[serde(flatten)]
    pub run: RunView,
    pub owner: Owner,
}

/// What became of the letters that one person sent of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MessageStatistics {
    pub message_id: i64,
    /// Of a deleted one: as the last run had it.
    pub subject: String,
    /// It was deleted since, or is shared no longer with who asks.
    pub deleted: bool,
    /// Whose letters they are; none for everybody's. Others may send a message that is shared.
    pub owner: Option<Owner>,
    /// How many runs have sent it in all.
    pub runs: u64,
    pub first_run_at: Option<DateTime<Utc>>,
    pub last_run_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub figures: Figures,
}

/// What became of the letters of a message, with the mail servers' answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MessageStatisticsDetail {
    #[serde(flatten)]
    pub message: MessageStatistics,
    /// The attempts by the kind of the mail server's answer, the good ones first.
    pub answers: Vec<AnswerCount>,
}

/// What became of a user's letters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UserStatistics {
    /// Without an address where the account was deleted.
    pub user: Owner,
    /// How many runs their mailings have had in all.
    pub runs: u64,
    pub first_run_at: DateTime<Utc>,
    pub last_run_at: DateTime<Utc>,
    #[serde(flatten)]
    pub figures: Figures,
}
