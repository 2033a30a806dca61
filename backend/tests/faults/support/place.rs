//! A place where Golub lives: a folder with its settings, a database, and mailings that have been started.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::accounts::Language;
use contract::delivery::{EndReason, Trigger};
use contract::mailings::{Channel, MailingStatus, OnUnknown};
use contract::messages::Format;
use contract::permissions::Role;
use golub::accounts::make::{NewUser, create_user};
use golub::app::App;
use golub::clock::Clock;
use golub::config::{self, Config, Secret};
use golub::delivery::rules;
use golub::delivery::start::close_runs;
use golub::mailings::acts::start_by_hand;
use golub::mailings::entity as mailing;
use golub::messages::entity as message;
use golub::recipients::entity as recipient;
use sea_orm::{ActiveModelTrait, EntityTrait, FromQueryResult, Set, Statement};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::golub::{Golub, last_lines};
use super::wait::{LONG, wait_until};
use super::{Postgres, Settings};

/// Two kilobytes of letter, as people write them.
const BODY: &str =
    "Здравствуйте, {{ full_name }}!\n\nThis letter was written for a test, and *you* are in it.\n";
const ROWS_PER_INSERT: usize = 2_000;

#[derive(Debug)]
pub struct Place {
    folder: TempDir,
    runtime: Runtime,
    app: App,
    workers: AtomicUsize,
    owners: AtomicUsize,
}

/// Somebody whose mailing has not started.
#[derive(Debug)]
pub struct Owner {
    mailing: mailing::Model,
    recipients: HashMap<i64, String>,
}

/// A run that has been started, and for whom.
#[derive(Debug)]
pub struct Run {
    pub id: i64,
    pub mailing_id: i64,
    /// Addresses by the recipient's id.
    pub recipients: HashMap<i64, String>,
}

impl Place {
    pub fn on_sqlite(settings: Settings) -> Self {
        Self::new(tempfile::tempdir().expect("a temporary folder"), settings)
    }

    /// In a database of its own on this server.
    pub fn on_postgres(settings: Settings, postgres: &Postgres) -> Self {
        Self::on_sqlite(settings.with("database.url", &postgres.url))
    }

    pub fn new(folder: TempDir, settings: Settings) -> Self {
        let mut lines = settings.into_lines();
        lines.push(format!("data = {:?}", folder.path().join("data")));
        let file = folder.path().join("golub.toml");
        fs::write(&file, lines.join("\n")).expect("settings are written");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let config = config::load(&file).expect("settings that are understood");
        let app = runtime
            .block_on(App::start(config, Clock::system()))
            .expect("a database");
        Self {
            folder,
            runtime,
            app,
            workers: AtomicUsize::new(0),
            owners: AtomicUsize::new(0),
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn worker(&self) -> Golub {
        self.worker_with(&[])
    }

    /// One with settings of its own, as environment variables.
    pub fn worker_with(&self, settings: &[(&str, &str)]) -> Golub {
        Golub::worker(self.folder(), &self.next_name("worker"), settings)
    }

    pub fn serve(&self, with_worker: bool) -> Golub {
        Golub::serve(self.folder(), &self.next_name("serve"), with_worker)
    }

    fn next_name(&self, kind: &str) -> String {
        let number = self.workers.fetch_add(1, Ordering::Relaxed);
        format!("{kind}-{number}")
    }

    /// Somebody new starts a mailing to so many people of theirs.
    pub fn start_mailing(&self, letters: usize) -> Run {
        self.start_mailing_of(self.new_owner(letters))
    }

    /// Somebody new, with so many recipients and a mailing that has not started.
    pub fn new_owner(&self, recipients: usize) -> Owner {
        let owner = self.owners.fetch_add(1, Ordering::Relaxed);
        self.runtime.block_on(async {
            let new = NewUser {
                email: format!("owner{owner}@example.org"),
                full_name: String::new(),
                role: Role::User,
                password: Some(Secret::new("grey pigeon over the square")),
                language: Language::En,
                time_zone: "UTC".to_owned(),
                city: String::new(),
            };
            let owner_id = create_user(&self.app, new).await.unwrap().id;
            self.add_recipients(owner_id, owner, recipients).await;
            Owner {
                mailing: self.make_mailing(owner_id).await,
                recipients: recipients_of(&self.app, owner_id).await,
            }
        })
    }

    /// Starts this person's mailing at this moment.
    pub fn start_mailing_of(
        &self,
        Owner {
            mailing,
            recipients,
        }: Owner,
    ) -> Run {
        let mailing_id = mailing.id;
        self.runtime.block_on(async {
            let now = self.app.clock.now();
            let tx = self.app.database.write().await.unwrap();
            let run = start_by_hand(&self.app, &tx, mailing, Trigger::Api, now)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            Run {
                id: run.id,
                mailing_id,
                recipients,
            }
        })
    }

    async fn add_recipients(&self, owner_id: i64, owner: usize, count: usize) {
        let now = self.app.clock.now();
        for from in (0..count).step_by(ROWS_PER_INSERT) {
            let rows = (from..Ord::min(from + ROWS_PER_INSERT, count)).map(|number| {
                let email = format!("m{owner}-r{number}@example.org");
                recipient::ActiveModel {
                    owner_id: Set(owner_id),
                    email: Set(email.clone()),
                    email_key: Set(email),
                    full_name: Set(format!("Кто-то {number}")),
                    name_key: Set(format!("кто-то {number}")),
                    comment: Set(String::new()),
                    version: Set(1),
                    created_at: Set(now),
                    updated_at: Set(now),
                    ..Default::default()
                }
            });
            let tx = self.app.database.write().await.unwrap();
            let insert = recipient::Entity::insert_many(rows);
            insert.exec_without_returning(&tx).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    async fn make_mailing(&self, owner_id: i64) -> mailing::Model {
        let now = self.app.clock.now();
        let mut body = BODY.to_owned();
        while body.len() < 1_800 {
            let _ = writeln!(
                body,
                "\nA line to make it as long as letters are, {}.",
                body.len()
            );
        }
        let tx = self.app.database.write().await.unwrap();
        let message = message::ActiveModel {
            owner_id: Set(owner_id),
            subject: Set("Для {{ full_name }}".to_owned()),
            subject_key: Set("для {{ full_name }}".to_owned()),
            body: Set(body),
            format: Set(Format::Markdown.into()),
            shared: Set(false),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let message = message.insert(&tx).await.unwrap();
        let mailing = mailing::ActiveModel {
            owner_id: Set(owner_id),
            title: Set("Faults".to_owned()),
            title_key: Set("faults".to_owned()),
            message_id: Set(Some(message.id)),
            audience_id: Set(None),
            channel: Set(Channel::Email.into()),
            starts_at: Set(now),
            time_zone: Set("UTC".to_owned()),
            recurrence: Set(r#"{"kind":"once"}"#.to_owned()),
            on_unknown: Set(OnUnknown::Resend.into()),
            status: Set(MailingStatus::Created.into()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let mailing = mailing.insert(&tx).await.unwrap();
        tx.commit().await.unwrap();
        mailing
    }

    /// The rows that a query finds; `$1` is the number.
    pub fn rows<Row: FromQueryResult>(
        &self,
        sql: &str,
        number: i64,
    ) -> Result<Vec<Row>, sea_orm::DbErr> {
        let db = self.app.database.read();
        let engine = self.app.database.engine().into();
        let statement = Statement::from_sql_and_values(engine, sql, [number.into()]);
        self.runtime
            .block_on(Row::find_by_statement(statement).all(db))
    }

    /// Waits until the run is finished; on the way nothing has to be true but that the workers live.
    pub fn wait_until_finished(&self, run: &Run, workers: &mut [&mut Golub]) {
        wait_until("the run to be finished", LONG, || {
            for worker in workers.iter_mut() {
                worker.must_live();
            }
            match self.standing(run.id) {
                Ok(standing) if standing.state == "finished" => Ok(()),
                standing => Err(format!(
                    "{standing:?} {:?}\n{}",
                    self.waiting(run.id),
                    self.logs()
                )),
            }
        });
    }

    pub fn standing(&self, run_id: i64) -> Result<Standing, sea_orm::DbErr> {
        let found = self.rows("SELECT state, audience FROM runs WHERE id = $1", run_id)?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| sea_orm::DbErr::RecordNotFound("the run".to_owned()))
    }

    /// How many letters of the run have not come to their end.
    fn waiting(&self, run_id: i64) -> Option<i64> {
        #[derive(FromQueryResult)]
        struct Sum {
            count: i64,
        }
        let sql = "SELECT CAST(SUM(count) AS BIGINT) AS count FROM run_counts WHERE run_id = $1 AND state < 2";
        let sums: Vec<Sum> = self.rows(sql, run_id).ok()?;
        sums.first().map(|sum| sum.count)
    }

    /// Some of the letters that have not come to their end, as they stand.
    pub fn unfinished(&self, run_id: i64) -> String {
        #[derive(Debug, FromQueryResult)]
        #[expect(dead_code, reason = "it is read by people, when a test has failed")]
        struct Letter {
            id: i64,
            state: i16,
            attempts: i64,
            due_at: DateTime<Utc>,
            updated_at: DateTime<Utc>,
            claim_id: Option<i64>,
            worker_id: Option<i64>,
            taken: Option<bool>,
            response: Option<String>,
        }
        let sql = "SELECT deliveries.id, state, attempts, due_at, updated_at, claim_id, worker_id, taken, response \
            FROM deliveries LEFT JOIN claims ON claims.id = claim_id \
            WHERE deliveries.run_id = $1 AND state < 2 ORDER BY deliveries.id LIMIT 20";
        let letters: Result<Vec<Letter>, _> = self.rows(sql, run_id);
        format!("{letters:#?}")
    }

    /// The end of what the last process logged.
    pub fn logs(&self) -> String {
        let last = self.workers.load(Ordering::Relaxed);
        let candidates: Vec<PathBuf> = (0..last)
            .rev()
            .flat_map(|number| ["worker", "serve"].map(|kind| format!("{kind}-{number}.log")))
            .map(|name| self.folder().join(name))
            .filter(|log| log.exists())
            .take(2)
            .collect();
        candidates
            .iter()
            .map(|log| last_lines(log))
            .collect::<Vec<_>>()
            .join("\n--\n")
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The settings, for a worker within the test.
    pub fn config(&self) -> Config {
        (*self.app.config).clone()
    }

    /// So that nothing of this run is sent any more.
    pub fn stop_mailing(&self, run: &Run) {
        self.runtime.block_on(async {
            let tx = self.app.database.write().await.unwrap();
            close_runs(&tx, run.mailing_id, EndReason::Stopped)
                .await
                .unwrap();
            rules::bump(&tx).await.unwrap();
            tx.commit().await.unwrap();
        });
    }

    pub fn begun_limit(&self) -> usize {
        self.app.config.delivery.begun_limit as usize
    }

    pub fn engine_name(&self) -> &'static str {
        match self.app.database.engine() {
            golub::database::Engine::Sqlite => "SQLite",
            golub::database::Engine::Postgres => "PostgreSQL",
        }
    }

    /// A stop has come to nothing after so long. It takes 9.5 s at most on a machine with time for it.
    pub const STOP: Duration = Duration::from_secs(30);
}

/// How a run stands.
#[derive(Debug, FromQueryResult)]
pub struct Standing {
    pub state: String,
    pub audience: Option<i64>,
}

async fn recipients_of(app: &App, owner_id: i64) -> HashMap<i64, String> {
    #[derive(FromQueryResult)]
    struct Person {
        id: i64,
        email: String,
    }
    let sql = "SELECT id, email FROM recipients WHERE owner_id = $1";
    let engine = app.database.engine().into();
    let people = Person::find_by_statement(Statement::from_sql_and_values(
        engine,
        sql,
        [owner_id.into()],
    ));
    let people = people.all(app.database.read()).await.unwrap();
    people
        .into_iter()
        .map(|Person { id, email }| (id, email))
        .collect()
}
