//! Makes the mail servers of the settings.

use std::collections::HashSet;
use std::path::Path;

use super::budget::Limits;
use super::row_clock::RowClock;
use super::{MailServer, MailServers, Means, Patience};
use crate::clock::Clock;
use crate::config::{Config, SmsConfig};
use crate::mail::{BreakerConfig, ConfigError, MailConfig, Mailer, ServerConfig, Transport};
use crate::sms::SmsSender;

const NAME_LIMIT: usize = 40;
/// The SMS service's name among the servers.
pub const SMS: &str = "sms";

/// Why the settings of the mail servers do not work; found at start.
#[derive(Debug, thiserror::Error)]
pub enum ServersError {
    #[error("set mail.smtp_url or [[mail.servers]], not both")]
    BothForms,
    #[error(
        "a name in [[mail.servers]] must be 1 to {NAME_LIMIT} letters, digits, dots, hyphens and underscores: {0:?}"
    )]
    Name(String),
    #[error("two of [[mail.servers]] have the name {0:?}")]
    SameName(String),
    #[error("mail.servers, {server}: {key} must be at least 1")]
    Zero { server: String, key: &'static str },
    #[error("a name in [[mail.servers]] must not be {SMS:?}: that is the SMS service's")]
    SmsName,
    #[error("sms.{0} must be at least 1")]
    Sms(&'static str),
    #[error("mail.servers, {server}: {error}")]
    Server { server: String, error: ConfigError },
    #[error("mail.breaker.{0}")]
    Breaker(&'static str),
    #[error(transparent)]
    Mail(#[from] ConfigError),
}

impl MailServers {
    /// Checks the settings; nothing is connected yet. Captured letters go to `outbox` in the data folder.
    pub fn new(config: &MailConfig, data: &Path, clock: &Clock) -> Result<Self, ServersError> {
        let patience = patience(config.breaker)?;
        if config.smtp_url.is_some() && !config.servers.is_empty() {
            return Err(ServersError::BothForms);
        }
        let alone = |name: &str| -> Result<MailServer, ServersError> {
            Ok(MailServer {
                name: name.to_owned(),
                means: Means::Mail(Mailer::new(config, data, clock.clone())?),
                weight: 1,
                limits: Limits::default(),
                patience,
                clock: RowClock::new(clock.clone()),
            })
        };
        let servers = match config.transport() {
            Transport::Folder => vec![alone("outbox")?],
            Transport::Smtp if config.servers.is_empty() => vec![alone("main")?],
            Transport::Smtp => {
                check_names(&config.servers)?;
                let servers = config.servers.iter();
                servers
                    .map(|server| one_of_several(config, server, patience, data, clock))
                    .collect::<Result<_, _>>()?
            }
        };
        Ok(Self(servers.into()))
    }

    /// The SMS service, which is no mail server but stands like one.
    pub fn sms(config: &Config, sender: &SmsSender, clock: &Clock) -> Result<Self, ServersError> {
        let SmsConfig {
            connections,
            per_second,
            per_hour,
            per_day,
            ..
        } = config.sms;
        let limits = Limits {
            per_second,
            per_hour,
            per_day,
        };
        let least = [
            ("connections", Some(connections as u64)),
            ("per_second", per_second),
            ("per_hour", per_hour),
            ("per_day", per_day),
        ];
        if let Some((key, _)) = least.into_iter().find(|(_, value)| *value == Some(0)) {
            return Err(ServersError::Sms(key));
        }
        let service = MailServer {
            name: SMS.to_owned(),
            means: Means::Sms {
                sender: sender.clone(),
                connections,
            },
            weight: 1,
            limits,
            patience: patience(config.mail.breaker)?,
            clock: RowClock::new(clock.clone()),
        };
        Ok(Self([service].into()))
    }
}

fn patience(config: BreakerConfig) -> Result<Patience, ServersError> {
    let BreakerConfig {
        wait,
        longest,
        refusals,
    } = config;
    if wait.is_zero() || longest < wait {
        return Err(ServersError::Breaker(
            "wait must be longer than nothing, and longest no shorter than it",
        ));
    }
    if refusals == 0 {
        return Err(ServersError::Breaker("refusals must be at least 1"));
    }
    Ok(Patience {
        wait,
        longest,
        refusals,
    })
}

fn check_names(servers: &[ServerConfig]) -> Result<(), ServersError> {
    let mut seen = HashSet::new();
    for ServerConfig { name, .. } in servers {
        let is_fit = (1..=NAME_LIMIT).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        if !is_fit {
            return Err(ServersError::Name(name.clone()));
        }
        if name.eq_ignore_ascii_case(SMS) {
            return Err(ServersError::SmsName);
        }
        // Names that differ in case alone would be mistaken for each other.
        if !seen.insert(name.to_ascii_lowercase()) {
            return Err(ServersError::SameName(name.clone()));
        }
    }
    Ok(())
}

fn one_of_several(
    config: &MailConfig,
    server: &ServerConfig,
    patience: Patience,
    data: &Path,
    clock: &Clock,
) -> Result<MailServer, ServersError> {
    let limits = Limits {
        per_second: server.per_second,
        per_hour: server.per_hour,
        per_day: server.per_day,
    };
    let least = [
        ("weight", Some(u64::from(server.weight))),
        ("per_second", limits.per_second),
        ("per_hour", limits.per_hour),
        ("per_day", limits.per_day),
    ];
    if let Some((key, _)) = least.into_iter().find(|(_, value)| *value == Some(0)) {
        return Err(ServersError::Zero {
            server: server.name.clone(),
            key,
        });
    }
    let mailer = Mailer::new(&config.for_server(server), data, clock.clone());
    let named = |error| ServersError::Server {
        server: server.name.clone(),
        error,
    };
    Ok(MailServer {
        name: server.name.clone(),
        means: Means::Mail(mailer.map_err(named)?),
        weight: server.weight,
        limits,
        patience,
        clock: RowClock::new(clock.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn servers(toml: &str) -> Result<MailServers, ServersError> {
        MailServers::new(
            &toml::from_str(toml).unwrap(),
            Path::new("not used"),
            &Clock::system(),
        )
    }

    fn names(toml: &str) -> Vec<String> {
        let servers = servers(toml).unwrap();
        servers.iter().map(|server| server.name.clone()).collect()
    }

    #[test]
    fn one_server_is_called_main_and_the_folder_outbox() {
        assert_eq!(names(""), ["outbox"]);
        assert_eq!(names("smtp_url = 'smtp://a.example?tls=none'"), ["main"]);
        let captured = "transport = 'folder'\n[[servers]]\nname = 'a'\nurl = 'smtp://a.example'";
        assert_eq!(names(captured), ["outbox"]);
    }

    #[test]
    fn several_servers_take_from_the_section_what_they_do_not_say() {
        let servers = servers(
            "connections = 7
            [[servers]]
            name = 'own'
            url = 'smtp://a.example?tls=none'
            weight = 3
            [[servers]]
            name = 'rented'
            url = 'smtp://anna:hunter2@b.example?tls=none'
            connections = 2
            per_second = 5
            per_day = 1000",
        )
        .unwrap();
        let [own, rented] = &servers.0[..] else {
            panic!("not two servers")
        };
        assert_eq!((own.weight, own.connections()), (3, 7));
        assert_eq!(own.limits, Limits::default());
        assert_eq!((rented.weight, rented.connections()), (1, 2));
        assert_eq!(rented.limits.per_second, Some(5));
        assert_eq!(rented.limits.per_hour, None);
        assert_eq!(servers.get("rented").unwrap().limits.per_day, Some(1000));
        assert!(!format!("{servers:?}").contains("hunter2"));
    }

    #[test]
    fn mistakes_are_told_by_the_servers_name() {
        let server =
            |more: &str| format!("[[servers]]\nname = 'a'\nurl = 'smtp://a?tls=none'\n{more}");
        let cases = [
            (
                format!("smtp_url = 'smtp://b?tls=none'\n{}", server("")),
                "not both",
            ),
            (format!("{}\n{}", server(""), server("")), "the name \"a\""),
            (server("weight = 0"), "mail.servers, a: weight"),
            (server("per_hour = 0"), "mail.servers, a: per_hour"),
            (
                server("connections = 0"),
                "mail.servers, a: mail.connections",
            ),
            (server("").replace("'a'", "'a b'"), "letters, digits"),
            (server("").replace("'a'", "''"), "letters, digits"),
            (server("").replace("'a'", "'SMS'"), "the SMS service's"),
            ("breaker.wait = '0s'".to_owned(), "mail.breaker.wait"),
            ("breaker.longest = '1s'".to_owned(), "mail.breaker.wait"),
            ("breaker.refusals = 0".to_owned(), "mail.breaker.refusals"),
            ("transport = 'smtp'".to_owned(), "mail.smtp_url is not set"),
        ];
        for (toml, words) in cases {
            let error = servers(&toml).unwrap_err().to_string();
            assert!(error.contains(words), "{toml}: {error}");
        }
    }
}
