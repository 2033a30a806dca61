//! The settings: defaults, then a file, then the environment. `golub.example.toml` documents and is the defaults.

mod load;
mod secret;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use contract::accounts::second_factor::SecondFactorFor;
use contract::accounts::sign_up::SignUp;
use contract::instance::AttemptLog;
use serde::Deserialize;

use crate::mail::{MailConfig, Transport};

pub use load::{ConfigError, defaults, load};
pub use secret::Secret;

/// All settings of a process. Printing them shows secrets as `***`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub data: PathBuf,
    pub instance: InstanceConfig,
    pub http: HttpConfig,
    pub database: DatabaseConfig,
    pub auth: AuthConfig,
    pub accounts: AccountsConfig,
    pub admin: AdminConfig,
    pub mail: MailConfig,
    pub sms: SmsConfig,
    pub notices: NoticesConfig,
    pub files: FilesConfig,
    pub worker: WorkerConfig,
    pub delivery: DeliveryConfig,
    pub metrics: MetricsConfig,
    pub log: LogConfig,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceConfig {
    pub name: String,
    pub logo: Option<PathBuf>,
    pub accent: String,
    pub attempt_log: AttemptLog,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    pub address: IpAddr,
    pub port: u16,
    pub public_url: String,
    pub trusted_proxies: Vec<IpAddr>,
    pub cors_origins: Vec<String>,
    pub page: Option<PathBuf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Bears a password on PostgreSQL.
    pub url: Secret,
    pub connections: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthConfig {
    pub secret: Secret,
    #[serde(with = "humantime_serde")]
    pub access_for: Duration,
    #[serde(with = "humantime_serde")]
    pub session_for: Duration,
    #[serde(with = "humantime_serde")]
    pub session_limit: Duration,
    pub sessions_per_account: u64,
    #[serde(with = "humantime_serde")]
    pub proof_for: Duration,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountsConfig {
    pub sign_up: SignUp,
    pub allowed_domains: Vec<String>,
    pub second_factor: SecondFactorFor,
    #[serde(with = "humantime_serde")]
    pub confirm_for: Duration,
    #[serde(with = "humantime_serde")]
    pub reset_for: Duration,
    #[serde(with = "humantime_serde")]
    pub invitation_for: Duration,
    #[serde(with = "humantime_serde")]
    pub unconfirmed_for: Duration,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdminConfig {
    pub email: String,
    pub password: Secret,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsConfig {
    pub transport: Option<SmsTransport>,
    pub url: String,
    pub api_id: Secret,
    #[serde(with = "humantime_serde")]
    pub timeout: Duration,
    pub connections: usize,
    pub per_second: Option<u64>,
    pub per_hour: Option<u64>,
    pub per_day: Option<u64>,
}

impl SmsConfig {
    /// The transport in effect. Where letters really leave, a message that is only captured would be waited for.
    pub fn transport(&self, mail: Transport) -> SmsTransport {
        self.transport.unwrap_or(match mail {
            _ if !self.api_id.is_empty() => SmsTransport::SmsRu,
            Transport::Folder => SmsTransport::Folder,
            Transport::Smtp => SmsTransport::Off,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsTransport {
    /// No messages are sent, and no phones checked.
    Off,
    /// Messages are captured in the data folder.
    Folder,
    /// sms.ru sends them.
    SmsRu,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticesConfig {
    pub retry_after: Vec<Wait>,
    #[serde(with = "humantime_serde")]
    pub keep_for: Duration,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilesConfig {
    pub folder: Option<PathBuf>,
    #[serde(default)]
    pub s3: Option<S3Config>,
}

/// A bucket, at Amazon's or at whoever speaks its protocol.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Config {
    pub endpoint: String,
    pub region: String,
    pub bucket: String,
    #[serde(default)]
    pub prefix: String,
    pub access_key: Secret,
    pub secret_key: Secret,
    /// The bucket stands in the path of an address, not before its host.
    #[serde(default = "yes")]
    pub path_style: bool,
}

const fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerConfig {
    #[serde(with = "humantime_serde")]
    pub every: Duration,
    #[serde(with = "humantime_serde")]
    pub takeover_after: Duration,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryConfig {
    pub begun_limit: u64,
    pub claim_limit: u64,
    pub retry_after: Vec<Wait>,
    #[serde(with = "humantime_serde")]
    pub unreachable_for: Duration,
    pub plan_step: u64,
    #[serde(default, with = "humantime_serde")]
    pub keep_for: Option<Duration>,
}

/// A duration in a list.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Wait(#[serde(with = "humantime_serde")] pub Duration);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsConfig {
    pub token: Secret,
    pub listen: Option<SocketAddr>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    pub filter: String,
    pub format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}
