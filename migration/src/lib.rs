//! The schema, for SQLite and PostgreSQL alike.
//!
//! Each migration is written once, in SQL, with the words in which the two databases differ left open
//! (see [`dialect`]). A migration never imports entities: those move on, it must not.

mod dialect;
mod m0001_accounts;
mod m0002_recipients;
mod m0003_messages;
mod m0004_mailings;
mod m0005_delivery;
mod m0006_ledger_reads;
mod m0007_idempotency;
mod m0008_people;
mod m0009_keys;
mod m0010_notices;
mod m0011_audit_log;
mod m0012_email_changes;
mod m0013_user_lists;
mod m0014_user_states;
mod m0015_failures;
mod m0016_mail_servers;
mod m0017_suppression;
mod m0018_attempt_counts;
mod m0019_unsubscribing;
mod m0021_ledger_lists;
mod m0022_blog;
mod m0023_statistics;
mod m0024_sms;
mod m0025_failures_by_kind;
mod m0026_notifying;
mod m0027_loose_files;
mod m0028_sums;

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::prelude::MigratorTrait;

#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_accounts::Migration),
            Box::new(m0002_recipients::Migration),
            Box::new(m0003_messages::Migration),
            Box::new(m0004_mailings::Migration),
            Box::new(m0005_delivery::Migration),
            Box::new(m0006_ledger_reads::Migration),
            Box::new(m0007_idempotency::Migration),
            Box::new(m0008_people::Migration),
            Box::new(m0009_keys::Migration),
            Box::new(m0010_notices::Migration),
            Box::new(m0011_audit_log::Migration),
            Box::new(m0012_email_changes::Migration),
            Box::new(m0013_user_lists::Migration),
            Box::new(m0014_user_states::Migration),
            Box::new(m0015_failures::Migration),
            Box::new(m0016_mail_servers::Migration),
            Box::new(m0017_suppression::Migration),
            Box::new(m0018_attempt_counts::Migration),
            Box::new(m0019_unsubscribing::Migration),
            Box::new(m0021_ledger_lists::Migration),
            Box::new(m0022_blog::Migration),
            Box::new(m0023_statistics::Migration),
            Box::new(m0024_sms::Migration),
            Box::new(m0025_failures_by_kind::Migration),
            Box::new(m0026_notifying::Migration),
            Box::new(m0027_loose_files::Migration),
            Box::new(m0028_sums::Migration),
        ]
    }
}
