//! Statistics as rows of a file.

use contract::delivery::RunView;
use contract::statistics::{
    AnswerCount, DayStatistics, Figures, MailingStatistics, MessageStatistics, RunStatistics,
    UserStatistics,
};

use crate::http::csv::{Cells, Row};

/// The columns of each, its own first.
macro_rules! head {
    ($($own:literal),+) => {
        &[
            $($own),+, "letters_sent", "letters_failed", "letters_queued", "letters_skipped", "letters_unknown",
            "attempts", "succeeded", "failed", "unknown", "success_rate", "accepted",
        ]
    };
}

fn figures(cells: &mut Cells, figures: &Figures) {
    let Figures {
        letters,
        attempts,
        succeeded,
        failed,
        unknown,
        success_rate,
        accepted,
    } = figures;
    cells.count(letters.sent);
    cells.count(letters.failed);
    cells.count(letters.queued);
    cells.count(letters.skipped);
    cells.count(letters.unknown);
    cells.count(*attempts);
    cells.count(*succeeded);
    cells.count(*failed);
    cells.count(*unknown);
    cells.share(*success_rate);
    cells.count(*accepted);
}

impl Row for AnswerCount {
    const HEAD: &'static [&'static str] = &["outcome", "class", "attempts"];

    fn write(&self, cells: &mut Cells) {
        let Self {
            outcome,
            class,
            attempts,
        } = self;
        cells.word(outcome);
        cells.word(class);
        cells.count(*attempts);
    }
}

impl Row for DayStatistics {
    const HEAD: &'static [&'static str] = head!("date", "from", "to");

    fn write(&self, cells: &mut Cells) {
        let Self {
            date,
            from,
            to,
            figures: sums,
        } = self;
        cells.date(*date);
        cells.instant(*from);
        cells.instant(*to);
        figures(cells, sums);
    }
}

impl Row for MailingStatistics {
    const HEAD: &'static [&'static str] = head!(
        "mailing_id",
        "title",
        "status",
        "completed_at",
        "owner_id",
        "owner_email",
        "owner_name",
        "runs",
        "first_run_at",
        "last_run_at"
    );

    fn write(&self, cells: &mut Cells) {
        let Self {
            mailing_id,
            title,
            status,
            completed_at,
            owner,
            runs,
            first_run_at,
            last_run_at,
            figures: sums,
        } = self;
        cells.number(*mailing_id);
        cells.text(title);
        match status {
            Some(status) => cells.word(status),
            None => cells.text("deleted"),
        }
        cells.instant(*completed_at);
        cells.owner(Some(owner));
        cells.count(*runs);
        cells.instant(*first_run_at);
        cells.instant(*last_run_at);
        figures(cells, sums);
    }
}

impl Row for RunStatistics {
    /// Those of a run, and whose it is behind them.
    const HEAD: &'static [&'static str] = &with_owner::<{ RunView::HEAD.len() + 3 }>(RunView::HEAD);

    fn write(&self, cells: &mut Cells) {
        let Self { run, owner } = self;
        run.write(cells);
        cells.owner(Some(owner));
    }
}

const fn with_owner<const N: usize>(own: &[&'static str]) -> [&'static str; N] {
    let mut head = [""; N];
    let mut place = 0;
    while place < own.len() {
        head[place] = own[place];
        place += 1;
    }
    head[place] = "owner_id";
    head[place + 1] = "owner_email";
    head[place + 2] = "owner_name";
    head
}

impl Row for MessageStatistics {
    const HEAD: &'static [&'static str] = head!(
        "message_id",
        "subject",
        "deleted",
        "owner_id",
        "owner_email",
        "owner_name",
        "runs",
        "first_run_at",
        "last_run_at"
    );

    fn write(&self, cells: &mut Cells) {
        let Self {
            message_id,
            subject,
            deleted,
            owner,
            runs,
            first_run_at,
            last_run_at,
            figures: sums,
        } = self;
        cells.number(*message_id);
        cells.text(subject);
        cells.text(if *deleted { "true" } else { "false" });
        cells.owner(owner.as_ref());
        cells.count(*runs);
        cells.instant(*first_run_at);
        cells.instant(*last_run_at);
        figures(cells, sums);
    }
}

impl Row for UserStatistics {
    const HEAD: &'static [&'static str] = head!(
        "user_id",
        "email",
        "full_name",
        "runs",
        "first_run_at",
        "last_run_at"
    );

    fn write(&self, cells: &mut Cells) {
        let Self {
            user,
            runs,
            first_run_at,
            last_run_at,
            figures: sums,
        } = self;
        cells.owner(Some(user));
        cells.count(*runs);
        cells.instant(*first_run_at);
        cells.instant(*last_run_at);
        figures(cells, sums);
    }
}
