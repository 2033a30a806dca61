//! A database of its own for each test: a copy of one that was migrated once.

use std::path::Path;

use golub::config::Secret;
use golub::database;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub struct TestDatabase {
    folder: TempDir,
    url: String,
    server: Option<String>,
}

/// The migrated database that the others are copies of.
struct Template {
    folder: TempDir,
    /// The name of the template on a PostgreSQL server.
    name: String,
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();

impl TestDatabase {
    pub async fn create() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            let template = TEMPLATE.get_or_init(sqlite_template).await;
            std::fs::copy(
                template.folder.path().join("golub.db"),
                folder.path().join("golub.db"),
            )
            .unwrap();
            return Self {
                folder,
                url: String::new(),
                server: None,
            };
        };
        let template = TEMPLATE.get_or_init(|| postgres_template(&server)).await;
        let name = unique_name();
        on_server(
            &server,
            &format!("CREATE DATABASE {name} TEMPLATE {}", template.name),
        )
        .await;
        Self {
            folder,
            url: with_database(&server, &name),
            server: Some(server),
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(server) = self.server.take() else {
            return;
        };
        let name = self.url.rsplit('/').next().unwrap_or_default().to_owned();
        // A drop cannot await, and the test's own runtime is on its way out.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(on_server(
                &server,
                &format!("DROP DATABASE {name} WITH (FORCE)"),
            ));
        });
        let _ = dropped.join();
    }
}

async fn sqlite_template() -> Template {
    let folder = tempfile::tempdir().unwrap();
    let config = golub::config::defaults().unwrap();
    let database = database::connect(&config.database, folder.path())
        .await
        .unwrap();
    database.migrate().await.unwrap();
    // The copy is of one file: nothing may be left in the log beside it.
    database.checkpoint().await.unwrap();
    database.close().await.unwrap();
    Template {
        folder,
        name: String::new(),
    }
}

async fn postgres_template(server: &str) -> Template {
    let folder = tempfile::tempdir().unwrap();
    let name = unique_name();
    on_server(server, &format!("CREATE DATABASE {name}")).await;
    let mut config = golub::config::defaults().unwrap();
    config.database.url = Secret::new(with_database(server, &name));
    let database = database::connect(&config.database, folder.path())
        .await
        .unwrap();
    database.migrate().await.unwrap();
    database.close().await.unwrap();
    Template { folder, name }
}

async fn on_server(server: &str, statement: &str) {
    let mut options = ConnectOptions::new(server);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await.unwrap();
    connection.execute_unprepared(statement).await.unwrap();
    connection.close().await.unwrap();
}

fn with_database(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

fn unique_name() -> String {
    format!("golub_{}", uuid::Uuid::new_v4().simple())
}
