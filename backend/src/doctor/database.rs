//! The database: it answers, its schema is this program's, and what it has committed survives a power cut.

use sea_orm::{ConnectionTrait, DbErr, Statement, TryGetable};

use super::settings::is_sqlite;
use super::{Finding, Health};
use crate::config::Config;
use crate::database::{self, Database, Engine};

const DATABASE: &str = "database";
const SCHEMA: &str = "schema";
const LASTING: &str = "durability";
const VERSION: &str = "PostgreSQL";
/// The oldest PostgreSQL that the whole test-suite runs on.
const OLDEST: i64 = 150_000;

/// Opens it without making one.
pub async fn open(config: &Config) -> Result<Database, Finding> {
    let url = config.database.url.reveal();
    if is_sqlite(url) {
        let file = match url {
            "" => config.data.join("golub.db"),
            url => {
                let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
                path.split('?').next().unwrap_or(path).into()
            }
        };
        if !file.exists() {
            let name = file.display();
            return Err(Finding::warning(
                DATABASE,
                format!("{name} is not there; the first start makes it"),
            ));
        }
    }
    database::connect(&config.database, &config.data)
        .await
        .map_err(|error| Finding::broken(DATABASE, format!("it cannot be reached: {error}")))
}

pub async fn look(database: &Database) -> Vec<Finding> {
    let mut findings = match database.engine() {
        Engine::Sqlite => vec![sqlite(database).await],
        Engine::Postgres => postgres(database).await,
    };
    let schema = match database.is_migrated().await {
        Ok(true) => Finding::fine(SCHEMA, "it is the one of this program"),
        Ok(false) => Finding::warning(
            SCHEMA,
            "it is not up to date; the next start, or `golub migrate`, brings it there",
        ),
        Err(error) => Finding::broken(SCHEMA, format!("it cannot be read: {error}")),
    };
    findings.push(schema);
    findings
}

/// Asked of the connection that writes, since each connection has settings of its own.
async fn sqlite(database: &Database) -> Finding {
    let asked = async {
        let tx = database.write().await?;
        let journal: String = one(&tx, "PRAGMA journal_mode").await?;
        let synchronous: i64 = one(&tx, "PRAGMA synchronous").await?;
        tx.rollback().await?;
        Ok((journal, synchronous))
    };
    match asked.await {
        // 2 is FULL, 3 is EXTRA.
        Ok((journal, 2..)) if journal == "wal" => {
            Finding::fine(LASTING, "SQLite with journal_mode WAL, synchronous FULL")
        }
        Ok((journal, synchronous)) => Finding::broken(
            LASTING,
            format!(
                "SQLite runs with journal_mode {journal} and synchronous {synchronous} instead of WAL and FULL: is \
                 the data folder on a network's disk?"
            ),
        ),
        Err(error) => Finding::broken(DATABASE, unreadable(&error)),
    }
}

async fn postgres(database: &Database) -> Vec<Finding> {
    let asked = async {
        let db = database.read();
        let version: String = one(db, "SHOW server_version_num").await?;
        let fsync: String = one(db, "SHOW fsync").await?;
        let commit: String = one(db, "SHOW synchronous_commit").await?;
        Ok((version, fsync, commit))
    };
    match asked.await {
        Ok((version, fsync, commit)) => {
            vec![age(version.parse().unwrap_or(0)), lasting(&fsync, &commit)]
        }
        Err(error) => vec![Finding::broken(DATABASE, unreadable(&error))],
    }
}

fn age(version: i64) -> Finding {
    let name = format!("{}.{}", version / 10_000, version % 10_000);
    if version >= OLDEST {
        return Finding::fine(VERSION, format!("version {name}"));
    }
    let oldest = OLDEST / 10_000;
    Finding::broken(
        VERSION,
        format!("version {name} is too old; it takes {oldest}"),
    )
}

/// An outcome that is lost at a power cut is a letter that is sent twice.
fn lasting(fsync: &str, synchronous_commit: &str) -> Finding {
    let waits = !matches!(synchronous_commit, "off" | "false" | "no" | "0");
    let health = if fsync == "on" && waits {
        Health::Fine
    } else {
        Health::Broken
    };
    let says = format!("PostgreSQL with fsync {fsync}, synchronous_commit {synchronous_commit}");
    match health {
        Health::Fine => Finding::fine(LASTING, says),
        _ => Finding::broken(
            LASTING,
            format!(
                "{says}: a power cut loses what was sent, and it is sent again; both have to be on"
            ),
        ),
    }
}

async fn one<T: TryGetable>(db: &impl ConnectionTrait, sql: &str) -> Result<T, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?
        .try_get_by_index(0)
}

fn unreadable(error: &DbErr) -> String {
    format!("it does not answer: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_power_cut_would_lose_is_broken() {
        assert_eq!(lasting("on", "on").health, Health::Fine);
        assert_eq!(lasting("on", "remote_apply").health, Health::Fine);
        assert_eq!(lasting("on", "off").health, Health::Broken);
        assert_eq!(lasting("off", "on").health, Health::Broken);
    }

    #[test]
    fn an_old_postgresql_is_broken() {
        assert_eq!(age(150_018).health, Health::Fine);
        assert_eq!(age(140_012).health, Health::Broken);
        assert!(age(150_018).says.contains("15.18"));
    }
}
