//! The delivery ledger: workers, runs, claims, deliveries, attempts and their sums.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, STATEMENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::drop_tables(
            manager,
            &[
                "attempts",
                "run_counts",
                "deliveries",
                "claims",
                "runs",
                "workers",
                "rules",
            ],
        )
        .await
    }
}

const STATEMENTS: &[&str] = &[
    // One number that everything which takes letters back (stop, pause, block, delete) moves on.
    "CREATE TABLE rules (
        id BIGINT PRIMARY KEY,
        number BIGINT NOT NULL
    )",
    "INSERT INTO rules (id, number) VALUES (1, 0)",
    "CREATE TABLE workers (
        id {id},
        name TEXT NOT NULL,
        beat BIGINT NOT NULL,
        taken_over BOOLEAN NOT NULL,
        started_at {instant} NOT NULL
    )",
    // Runs, deliveries and attempts have no foreign keys to what can be deleted: history is not rewritten.
    "CREATE TABLE runs (
        id {id},
        mailing_id BIGINT NOT NULL,
        owner_id BIGINT NOT NULL,
        message_id BIGINT,
        planned_for {instant} NOT NULL,
        asked_by TEXT NOT NULL,
        state TEXT NOT NULL,
        title TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        format TEXT NOT NULL,
        mail_from TEXT NOT NULL,
        reply_to TEXT,
        on_unknown TEXT NOT NULL,
        ends_at {instant},
        audience_id BIGINT,
        recipient_through BIGINT NOT NULL,
        planned_through BIGINT NOT NULL,
        audience BIGINT,
        close_reason TEXT,
        started_at {instant} NOT NULL,
        finished_at {instant},
        UNIQUE (mailing_id, planned_for)
    )",
    "CREATE INDEX runs_mailing ON runs (mailing_id, id)",
    "CREATE INDEX runs_open ON runs (owner_id, id) WHERE state <> 'finished'",
    "CREATE INDEX runs_audience ON runs (audience_id) WHERE state = 'planning'",
    // A claim is made by its worker, which begins its deliveries in ascending order: those up to
    // `begun_through` may have left, those above have not.
    "CREATE TABLE claims (
        id BIGINT PRIMARY KEY,
        worker_id BIGINT NOT NULL,
        run_id BIGINT NOT NULL,
        begun_through BIGINT NOT NULL,
        taken BOOLEAN NOT NULL,
        created_at {instant} NOT NULL
    )",
    "CREATE INDEX claims_worker ON claims (worker_id)",
    // state: 0 queued, 1 sending, 2 sent, 3 failed, 4 skipped, 5 unknown.
    "CREATE TABLE deliveries (
        id {id},
        run_id BIGINT NOT NULL,
        mailing_id BIGINT NOT NULL,
        owner_id BIGINT NOT NULL,
        recipient_id BIGINT NOT NULL,
        email {key} NOT NULL,
        full_name TEXT NOT NULL,
        state SMALLINT NOT NULL,
        reason TEXT,
        due_at {instant} NOT NULL,
        claim_id BIGINT,
        attempts BIGINT NOT NULL,
        possible_copies BIGINT NOT NULL,
        smtp_code SMALLINT,
        response TEXT,
        updated_at {instant} NOT NULL,
        UNIQUE (run_id, recipient_id)
    ){ledger}",
    "CREATE INDEX deliveries_queue ON deliveries (run_id, due_at, id) WHERE state = 0",
    "CREATE INDEX deliveries_state ON deliveries (run_id, state, id)",
    "CREATE INDEX deliveries_email ON deliveries (run_id, email)",
    "CREATE TABLE attempts (
        id {id},
        delivery_id BIGINT NOT NULL,
        run_id BIGINT NOT NULL,
        mailing_id BIGINT NOT NULL,
        owner_id BIGINT NOT NULL,
        number BIGINT NOT NULL,
        at {instant} NOT NULL,
        outcome SMALLINT NOT NULL,
        smtp_code SMALLINT,
        enhanced_code TEXT,
        response TEXT NOT NULL,
        milliseconds BIGINT NOT NULL,
        email {key} NOT NULL,
        full_name TEXT NOT NULL,
        UNIQUE (delivery_id, number)
    )",
    "CREATE INDEX attempts_owner ON attempts (owner_id, id)",
    "CREATE INDEX attempts_mailing ON attempts (mailing_id, id)",
    "CREATE INDEX attempts_run ON attempts (run_id, id)",
    // How many deliveries of a run stand in each state: every worker changes rows of its own, the sum is the count.
    "CREATE TABLE run_counts (
        run_id BIGINT NOT NULL,
        worker_id BIGINT NOT NULL,
        state SMALLINT NOT NULL,
        count BIGINT NOT NULL,
        PRIMARY KEY (run_id, worker_id, state)
    )",
];
