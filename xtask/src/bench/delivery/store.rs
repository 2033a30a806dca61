//! The database that letters are sent from: new for each round, with people to write to.
//!
//! People are put in by SQL, a million in seconds; all else is done through the API.

use std::{fs, path::PathBuf, process::Command};

use super::wish::Engine;
use crate::{
    bench::{
        machine,
        procfs::{self, Cpu},
    },
    packages,
    problem::{Outcome, Problem},
    process,
    services::{keeper::Keeper, postgres::Postgres, scratch},
};

#[derive(Debug)]
pub struct Store {
    /// The data folder of the program.
    pub folder: PathBuf,
    kind: Kind,
    _keeper: Keeper,
}

#[derive(Debug)]
enum Kind {
    Sqlite,
    Postgres(Postgres),
}

impl Store {
    pub fn new(engine: Engine) -> Outcome<Self> {
        let folder = scratch::folder("bench")?;
        let keeper = Keeper::new("", &[], &folder)?;
        let kind = match engine {
            Engine::Sqlite => Kind::Sqlite,
            Engine::Postgres => Kind::Postgres(Postgres::start_lasting()?),
        };
        Ok(Self {
            folder,
            kind,
            _keeper: keeper,
        })
    }

    /// `database.url` in the program's settings.
    pub fn url(&self) -> &str {
        match &self.kind {
            Kind::Sqlite => "",
            Kind::Postgres(postgres) => &postgres.url,
        }
    }

    /// Puts in so many people, all of the first account.
    pub fn fill(&self, people: u64) -> Outcome<()> {
        let numbers = match self.kind {
            Kind::Sqlite => format!(
                "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {people})"
            ),
            Kind::Postgres(_) => {
                format!("WITH numbers (n) AS (SELECT * FROM generate_series(1, {people}))")
            }
        };
        self.say(&format!(
            "{numbers} INSERT INTO recipients
            (owner_id, email, email_key, full_name, name_key, comment, version, created_at, updated_at)
            SELECT users.id, 'reader' || n || '@example.com', 'reader' || n || '@example.com',
            'Маргарита Reader ' || n, 'маргарита reader ' || n, '', 1, users.created_at, users.created_at
            FROM numbers, users WHERE users.id = (SELECT MIN(id) FROM users) ORDER BY n"
        ))?;
        if matches!(self.kind, Kind::Postgres(_)) {
            // As autovacuum does in time where there is time.
            self.say("VACUUM ANALYZE recipients")?;
        }
        Ok(())
    }

    /// How much disk the database takes.
    pub fn bytes(&self) -> Outcome<u64> {
        match &self.kind {
            Kind::Sqlite => {
                // What stands in the log only counts once.
                self.say("PRAGMA wal_checkpoint(TRUNCATE)")?;
                let size = |file| fs::metadata(self.folder.join(file)).map_or(0, |file| file.len());
                Ok(size("golub.db") + size("golub.db-wal"))
            }
            Kind::Postgres(_) => {
                let said = self.say("SELECT pg_database_size(current_database())")?;
                let size = said.trim().parse();
                size.map_err(|error| Problem::failed("the database's size", error))
            }
        }
    }

    /// Processor time of the database's own processes.
    pub fn cpu(&self) -> Outcome<Cpu> {
        match &self.kind {
            Kind::Sqlite => Ok(Cpu::default()),
            Kind::Postgres(postgres) => procfs::of_family(postgres.pid),
        }
    }

    /// What it is, for the tables.
    pub fn version(&self) -> Outcome<String> {
        Ok(match self.kind {
            Kind::Sqlite => "SQLite, built in (WAL, synchronous = FULL)".to_owned(),
            Kind::Postgres(_) => format!(
                "{} (fsync and synchronous_commit on, otherwise as installed)",
                machine::version(&psql()?)
            ),
        })
    }

    fn say(&self, sql: &str) -> Outcome<String> {
        match &self.kind {
            Kind::Sqlite => {
                let mut shell = Command::new(sqlite3()?);
                shell
                    .arg("-batch")
                    .arg(self.folder.join("golub.db"))
                    .arg(sql);
                process::output(&mut shell)
            }
            Kind::Postgres(postgres) => {
                let mut shell = Command::new(psql()?);
                shell.args(["--quiet", "--no-align", "--tuples-only", "--command", sql]);
                process::output(shell.arg(&postgres.url))
            }
        }
    }
}

fn sqlite3() -> Outcome<PathBuf> {
    packages::program("SQLite's shell", &["sqlite3"], &Vec::new, &["sqlite3"])
}

fn psql() -> Outcome<PathBuf> {
    let beside = || {
        Postgres::programs()
            .map(|folder| vec![folder])
            .unwrap_or_default()
    };
    packages::program(
        "PostgreSQL's shell",
        &["psql"],
        &beside,
        &["postgresql-client"],
    )
}
