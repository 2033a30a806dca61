//! Reads the settings: what is set later wins.

use std::path::Path;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};

use super::Config;

const DEFAULTS: &str = include_str!("../../../golub.example.toml");

/// A setting that is missing, unknown or cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("settings: {0}")]
pub struct ConfigError(Box<figment::Error>);

/// The documented defaults alone.
pub fn defaults() -> Result<Config, ConfigError> {
    Figment::from(Toml::string(DEFAULTS))
        .extract()
        .map_err(|error| ConfigError(Box::new(error)))
}

/// Reads the defaults, then `file` if it exists, then the environment.
pub fn load(file: &Path) -> Result<Config, ConfigError> {
    Figment::from(Toml::string(DEFAULTS))
        .merge(Toml::file(file))
        .merge(Env::prefixed("GOLUB__").split("__"))
        .merge(database_url())
        .extract()
        .map_err(|error| ConfigError(Box::new(error)))
}

/// `DATABASE_URL` is the name that hosting platforms give.
fn database_url() -> Figment {
    match std::env::var("DATABASE_URL") {
        Ok(url) => Figment::from(Serialized::default("database.url", url)),
        Err(_) => Figment::new(),
    }
}

#[cfg(test)]
#[expect(
    clippy::result_large_err,
    reason = "figment's jail wants its own error"
)]
mod tests {
    use figment::Jail;

    use super::super::{Secret, SmsTransport};
    use super::*;
    use crate::mail::Transport;

    #[test]
    fn defaults_then_file_then_environment() {
        Jail::expect_with(|jail| {
            jail.create_file(
                "golub.toml",
                "[http]\nport = 81\npublic_url = \"https://mail.example\"",
            )?;
            jail.set_env("GOLUB__HTTP__PORT", "82");
            jail.set_env("DATABASE_URL", "postgres://golub:hidden@db/golub");
            let config = load(Path::new("golub.toml")).unwrap();
            assert_eq!(config.http.port, 82);
            assert_eq!(config.http.public_url, "https://mail.example");
            assert_eq!(config.delivery.begun_limit, 256);
            assert!(!format!("{config:?}").contains("hidden"));
            Ok(())
        });
    }

    #[test]
    fn messages_are_captured_only_where_letters_are() {
        let transport = |change: fn(&mut Config)| {
            let mut config = defaults().unwrap();
            change(&mut config);
            config.sms.transport(config.mail.transport())
        };
        assert_eq!(transport(|_| {}), SmsTransport::Folder);
        let sends_mail = |config: &mut Config| config.mail.transport = Some(Transport::Smtp);
        assert_eq!(transport(sends_mail), SmsTransport::Off);
        let has_a_key = |config: &mut Config| config.sms.api_id = Secret::new("key");
        assert_eq!(transport(has_a_key), SmsTransport::SmsRu);
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        Jail::expect_with(|jail| {
            jail.create_file("golub.toml", "[http]\nprot = 81")?;
            let error = load(Path::new("golub.toml")).unwrap_err().to_string();
            assert!(error.contains("prot"), "{error}");
            Ok(())
        });
    }
}
