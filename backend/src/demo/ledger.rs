//! The past as rows of the ledger: runs in the order in which they started, attempts in that in which they were made.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};

use super::answers::Said;
use super::history::{Letter, Run, Try};
use super::mailings::Told;
use super::suppressed::refused_at;
use crate::delivery::classify::class_of;
use crate::delivery::entity::class::ClassNumber;
use crate::delivery::entity::run::RunStateWord;
use crate::delivery::entity::{attempt, delivery, run};
use crate::delivery::ledger::attempts;
use crate::delivery::ledger::counts::Deltas;
use crate::delivery::ledger::sums;
use crate::mailings::entity::ChannelWord;
use crate::problem::ApiError;
use crate::recipients::suppression::{Refusal, suppress};

/// No worker has this id: the sums are over all.
const NO_WORKER: i64 = 0;
/// Rows in one statement: SQLite binds no more than 32,766 values.
const ROWS: usize = 500;

pub async fn insert(
    tx: &impl ConnectionTrait,
    told: Vec<Told>,
    mail_from: &str,
) -> Result<(), ApiError> {
    let mut runs: Vec<(&Told, &Run)> = told
        .iter()
        .flat_map(|told| told.runs.iter().map(move |run| (told, run)))
        .collect();
    runs.sort_by_key(|(_, run)| run.started_at);
    let mut tries = Vec::new();
    for (told, run) in runs {
        let row = run_row(told, run, mail_from).insert(tx).await?;
        sums::add_run(tx, &row).await?;
        let ids = insert_deliveries(tx, &row, &run.letters).await?;
        for letter in &run.letters {
            let id = ids.get(&letter.recipient_id);
            let id = *id.ok_or_else(|| ApiError::ours("a delivery of the demo is gone"))?;
            tries.extend(attempt_rows(&row, id, letter));
            if let Some(at) = refused_at(letter) {
                suppress(tx, &[refusal(id, letter)], at).await?;
            }
        }
    }
    tries.sort_by_key(|(at, _)| *at);
    let tries: Vec<attempt::ActiveModel> = tries.into_iter().map(|(_, row)| row).collect();
    let mut deltas = Deltas::default();
    for some in tries.chunks(ROWS) {
        attempts::add(tx, some.to_vec(), &mut deltas).await?;
    }
    deltas.write(tx, NO_WORKER).await?;
    Ok(())
}

fn run_row(told: &Told, story: &Run, mail_from: &str) -> run::ActiveModel {
    let Told {
        mailing,
        message,
        owner,
        runs: _,
    } = told;
    let last = story.letters.last().map_or(0, |letter| letter.recipient_id);
    let state = match story.finished_at {
        Some(_) => RunStateWord::Finished,
        None => RunStateWord::Sending,
    };
    run::ActiveModel {
        mailing_id: Set(mailing.id),
        owner_id: Set(mailing.owner_id),
        message_id: Set(Some(message.id)),
        planned_for: Set(story.planned_for),
        asked_by: Set(story.trigger.into()),
        state: Set(state),
        title: Set(mailing.title.clone()),
        subject: Set(message.subject.clone()),
        body: Set(message.body.clone()),
        format: Set(message.format),
        channel: Set(mailing.channel),
        sms_text: Set(message
            .sms_text
            .clone()
            .filter(|_| mailing.channel == ChannelWord::Sms)),
        mail_from: Set(mail_from.to_owned()),
        reply_to: Set(Some(owner.email.clone())),
        on_unknown: Set(mailing.on_unknown),
        ends_at: Set(mailing.ends_at),
        audience_id: Set(mailing.audience_id),
        recipient_through: Set(last),
        planned_through: Set(last),
        audience: Set(Some(story.letters.len() as i64)),
        close_reason: Set(story.close_reason.map(Into::into)),
        started_at: Set(story.started_at),
        finished_at: Set(story.finished_at),
        pruned_at: Set(None),
        pruning: Set(false),
        ..Default::default()
    }
}

fn refusal(delivery_id: i64, letter: &Letter) -> Refusal {
    let last = letter.tries.last().map(|one| &one.said);
    Refusal {
        recipient_id: letter.recipient_id,
        delivery_id,
        email: letter.email.clone(),
        code: last.and_then(|said| code(said.code)),
        response: last.map(|said| said.text.clone()).unwrap_or_default(),
    }
}

/// Now and then the first server did not work, and the other one had the letters of a run.
fn server(run: &run::Model) -> &'static str {
    match run.channel {
        ChannelWord::Sms => "sms",
        ChannelWord::Email if run.id % 7 == 4 => "reserve",
        ChannelWord::Email => "main",
    }
}

/// Writes a run's deliveries and their counts; gives their ids by recipient.
async fn insert_deliveries(
    tx: &impl ConnectionTrait,
    run: &run::Model,
    letters: &[Letter],
) -> Result<HashMap<i64, i64>, ApiError> {
    let mut deltas = Deltas::default();
    for some in letters.chunks(ROWS) {
        let rows = some.iter().map(|letter| {
            deltas.add(run.id, letter.state, 1);
            delivery_row(run, letter)
        });
        delivery::Entity::insert_many(rows.collect::<Vec<_>>())
            .exec_without_returning(tx)
            .await?;
    }
    deltas.write(tx, NO_WORKER).await?;
    let ids: Vec<(i64, i64)> = delivery::Entity::find()
        .select_only()
        .columns([delivery::Column::RecipientId, delivery::Column::Id])
        .filter(delivery::Column::RunId.eq(run.id))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids.into_iter().collect())
}

fn delivery_row(run: &run::Model, letter: &Letter) -> delivery::ActiveModel {
    let Letter {
        recipient_id,
        email,
        full_name,
        phone,
        state,
        reason,
        due_at,
        possible_copies,
        updated_at,
        tries,
    } = letter;
    let last = tries.last().map(|one| &one.said);
    delivery::ActiveModel {
        run_id: Set(run.id),
        mailing_id: Set(run.mailing_id),
        owner_id: Set(run.owner_id),
        recipient_id: Set(*recipient_id),
        email: Set(email.clone()),
        full_name: Set(full_name.clone()),
        phone: Set(phone.clone()),
        state: Set(*state),
        reason: Set(reason.map(Into::into)),
        due_at: Set(*due_at),
        claim_id: Set(None),
        attempts: Set(tries.len() as i64),
        possible_copies: Set(*possible_copies as i64),
        smtp_code: Set(last.and_then(|said| code(said.code))),
        response: Set(last.map(|said| said.text.clone())),
        class: Set(last.and_then(class)),
        updated_at: Set(*updated_at),
        ..Default::default()
    }
}

fn attempt_rows(
    run: &run::Model,
    delivery_id: i64,
    letter: &Letter,
) -> Vec<(DateTime<Utc>, attempt::ActiveModel)> {
    let row = |(number, one): (i64, &Try)| {
        let Try { at, outcome, said } = one;
        let row = attempt::ActiveModel {
            delivery_id: Set(delivery_id),
            run_id: Set(run.id),
            mailing_id: Set(run.mailing_id),
            owner_id: Set(run.owner_id),
            number: Set(number),
            at: Set(*at),
            outcome: Set((*outcome).into()),
            smtp_code: Set(code(said.code)),
            enhanced_code: Set(said.enhanced_code.map(str::to_owned)),
            response: Set(said.text.clone()),
            class: Set(class(said)),
            server: Set(Some(server(run).to_owned())),
            milliseconds: Set(said.milliseconds.into()),
            email: Set(letter.email.clone()),
            full_name: Set(letter.full_name.clone()),
            ..Default::default()
        };
        (*at, row)
    };
    (1..).zip(&letter.tries).map(row).collect()
}

fn class(said: &Said) -> Option<ClassNumber> {
    class_of(&said.reply()).map(Into::into)
}

fn code(code: Option<u16>) -> Option<i16> {
    code.and_then(|code| i16::try_from(code).ok())
}
