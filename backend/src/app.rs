//! What the parts of one process share. There are no globals: who needs it is given it.

use std::sync::Arc;
use std::time::Duration;

use contract::mailings::Channel;

use crate::accounts::passwords::Passwords;
use crate::accounts::tokens::Tokens;
use crate::blog::Blog;
use crate::clock::Clock;
use crate::config::Config;
use crate::database::{self, Database};
use crate::delivery::progress::hub::Hub;
use crate::files::Files;
use crate::files::pictures::Pictures;
use crate::home::Home;
use crate::http::site::Site;
use crate::instance::Instance;
use crate::kept::Kept;
use crate::mail::{OutboxFolder, Signer};
use crate::mail_servers::MailServers;
use crate::metrics::Meters;
use crate::sms::SmsSender;
use crate::start_error::StartError;

/// A database that is away is asked again after this time.
const FINISHING_PAUSE: Duration = Duration::from_millis(50);

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    pub config: Arc<Config>,
    pub database: Database,
    pub clock: Clock,
    pub tokens: Tokens,
    pub mail_servers: MailServers,
    /// The SMS service, as mailings use it.
    pub sms_service: MailServers,
    pub meters: Meters,
    /// Signs what is sent by mail, where a key is set.
    pub signer: Signer,
    pub sms: SmsSender,
    pub passwords: Passwords,
    pub files: Files,
    pub pictures: Pictures,
    /// The runs that somebody watches at this process.
    pub progress: Hub,
    /// The name, logo and colours.
    pub instance: Arc<Instance>,
    pub blog: Blog,
    pub home: Home,
    /// People's things, as they were read.
    pub kept: Kept,
    /// The built page, where this process serves it.
    pub site: Option<Arc<Site>>,
}

impl App {
    /// Connects to the database and brings its schema up to date.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, StartError> {
        // What the settings have wrong is told before anything is made.
        let instance = Arc::new(Instance::open(&config.instance)?);
        std::fs::create_dir_all(&config.data)?;
        let database = database::connect(&config.database, &config.data).await?;
        database.migrate().await?;
        let tokens = Tokens::from_config(&config, database.engine())?;
        let mail_servers = MailServers::new(&config.mail, &config.data, &clock)
            .map_err(|error| StartError::Setting(error.to_string()))?;
        let signer = Signer::new(config.mail.dkim.as_ref())
            .map_err(|error| StartError::Setting(error.to_string()))?;
        let sms = SmsSender::new(&config, clock.clone())
            .map_err(|error| StartError::Setting(error.to_string()))?;
        let sms_service = MailServers::sms(&config, &sms, &clock)
            .map_err(|error| StartError::Setting(error.to_string()))?;
        let meters = Meters::new([&mail_servers, &sms_service], clock.now());
        let files = Files::open(&config.files, &config.data)?;
        let site = config
            .http
            .page
            .as_deref()
            .map(|page| Site::open(page, &config.instance.name, instance.logo.as_ref()))
            .transpose()?
            .map(Arc::new);
        let changes = database.changes().clone();
        Ok(Self {
            config: Arc::new(config),
            database,
            clock,
            tokens,
            mail_servers,
            sms_service,
            meters,
            signer,
            sms,
            instance,
            site,
            passwords: Passwords::new(),
            files,
            pictures: Pictures::new(),
            progress: Hub::default(),
            blog: Blog::new(&changes),
            home: Home::new(&changes),
            kept: Kept::new(&changes),
        })
    }

    /// Who takes what mailings of this channel send.
    pub fn servers(&self, channel: Channel) -> &MailServers {
        match channel {
            Channel::Email => &self.mail_servers,
            Channel::Sms => &self.sms_service,
        }
    }

    /// Writes what is in memory alone before the process ends, if that takes no longer than this.
    pub async fn finish(&self, within: Duration) {
        let written = async {
            let mut failed = 0;
            while let Err(error) = self.blog.readings.flush(self).await {
                tracing::warn!(%error, "readings could not be written");
                failed += 1;
                // Connections to PostgreSQL die with the thread of the server that opened them, and each says so once.
                if failed > self.config.database.connections {
                    tokio::time::sleep(FINISHING_PAUSE).await;
                }
            }
        };
        if tokio::time::timeout(within, written).await.is_err() {
            tracing::warn!("the last readings are not written: the database does not take them");
        }
    }

    /// Where letters or messages are kept instead of being sent, if they are.
    pub fn outbox(&self) -> Option<&OutboxFolder> {
        self.mail_servers.outbox().or_else(|| self.sms.outbox())
    }
}
