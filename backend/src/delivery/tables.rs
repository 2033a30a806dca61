//! The ledger as rows of a file.

use contract::delivery::{AttemptView, Counts, DeliveryView, RunView};

use crate::http::csv::{Cells, Row};

impl Row for RunView {
    const HEAD: &'static [&'static str] = &[
        "id",
        "mailing_id",
        "mailing_title",
        "subject",
        "channel",
        "planned_for",
        "trigger",
        "state",
        "audience",
        "queued",
        "sending",
        "sent",
        "failed",
        "skipped",
        "unknown",
        "started_at",
        "finished_at",
        "pruned_at",
    ];

    fn write(&self, cells: &mut Cells) {
        let Self {
            id,
            mailing_id,
            mailing_title,
            subject,
            channel,
            planned_for,
            trigger,
            state,
            audience,
            counts,
            started_at,
            finished_at,
            pruned_at,
        } = self;
        let Counts {
            queued,
            sending,
            sent,
            failed,
            skipped,
            unknown,
        } = *counts;
        cells.number(*id);
        cells.number(*mailing_id);
        cells.text(mailing_title);
        cells.text(subject);
        cells.word(channel);
        cells.instant(*planned_for);
        cells.word(trigger);
        cells.word(state);
        cells.number(audience.and_then(|audience| i64::try_from(audience).ok()));
        for count in [queued, sending, sent, failed, skipped, unknown] {
            cells.count(count);
        }
        cells.instant(*started_at);
        cells.instant(*finished_at);
        cells.instant(*pruned_at);
    }
}

impl Row for DeliveryView {
    const HEAD: &'static [&'static str] = &[
        "id",
        "run_id",
        "mailing_id",
        "recipient_id",
        "recipient_email",
        "recipient_phone",
        "recipient_name",
        "state",
        "reason",
        "class",
        "due_at",
        "attempts",
        "possible_copies",
        "smtp_code",
        "response",
        "updated_at",
    ];

    fn write(&self, cells: &mut Cells) {
        let Self {
            id,
            run_id,
            mailing_id,
            recipient_id,
            recipient_email,
            recipient_phone,
            recipient_name,
            state,
            reason,
            class,
            due_at,
            attempts,
            possible_copies,
            smtp_code,
            response,
            updated_at,
        } = self;
        cells.number(*id);
        cells.number(*run_id);
        cells.number(*mailing_id);
        cells.number(*recipient_id);
        cells.text(recipient_email);
        cells.optional(recipient_phone.as_deref());
        cells.text(recipient_name);
        cells.word(state);
        cells.word(reason);
        cells.word(class);
        cells.instant(*due_at);
        cells.count(*attempts);
        cells.count(*possible_copies);
        cells.number(smtp_code.map(i64::from));
        cells.optional(response.as_deref());
        cells.instant(*updated_at);
    }
}

impl Row for AttemptView {
    const HEAD: &'static [&'static str] = &[
        "id",
        "delivery_id",
        "run_id",
        "mailing_id",
        "mailing_title",
        "number",
        "at",
        "outcome",
        "class",
        "server",
        "smtp_code",
        "enhanced_code",
        "response",
        "milliseconds",
        "recipient_email",
        "recipient_phone",
        "subject",
        "owner_id",
        "owner_email",
        "owner_name",
    ];

    fn write(&self, cells: &mut Cells) {
        let Self {
            id,
            delivery_id,
            run_id,
            mailing_id,
            mailing_title,
            number,
            at,
            outcome,
            class,
            server,
            smtp_code,
            enhanced_code,
            response,
            milliseconds,
            recipient_email,
            recipient_phone,
            subject,
            owner,
        } = self;
        cells.number(*id);
        cells.number(*delivery_id);
        cells.number(*run_id);
        cells.number(*mailing_id);
        cells.text(mailing_title);
        cells.count(*number);
        cells.instant(*at);
        cells.word(outcome);
        cells.word(class);
        cells.optional(server.as_deref());
        cells.number(smtp_code.map(i64::from));
        cells.optional(enhanced_code.as_deref());
        cells.text(response);
        cells.count(*milliseconds);
        cells.text(recipient_email);
        cells.optional(recipient_phone.as_deref());
        cells.text(subject);
        cells.owner(Some(owner));
    }
}
