//! The settings of the mail section.

use std::{path::PathBuf, time::Duration};

use serde::{Deserialize, Serialize};

use super::{address::Mailbox, dkim::DkimConfig, smtp_url::SmtpUrl};

/// `[mail]` in golub.toml, `GOLUB__MAIL__..` in the environment.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// `folder` captures letters in the data folder's `outbox`, `smtp` sends them.
    /// Not set: `smtp` if there is an `smtp_url`, else `folder`.
    pub transport: Option<Transport>,
    /// The mail server: `smtp://user:password@host:587?tls=required`, `smtps://host:465`,
    /// `smtp://host:25?tls=none`. Percent-encode what is special in the user's name and password.
    pub smtp_url: Option<SmtpUrl>,
    /// A PEM file with the authorities to trust instead of the system's, for a mail server with a certificate
    /// of one's own. A self-signed certificate works too, if it does not claim to be an authority (CA:FALSE).
    pub smtp_ca_file: Option<PathBuf>,
    /// The name this program greets the mail server with. Not set: its address there, such as `[192.0.2.5]`.
    pub hello_name: Option<String>,
    /// Who the letters are from.
    pub from: Mailbox,
    /// Signs letters for a domain. Not set: the mail server does it, or nobody.
    pub dkim: Option<DkimConfig>,
    /// How many connections to the mail server mailings may have open at once. The service's own letters have one more.
    pub connections: usize,
    /// A connection is replaced after so many letters.
    pub letters_per_connection: usize,
    /// A connection that carried nothing for so long is not used again.
    #[serde(with = "humantime_serde")]
    pub idle_limit: Duration,
    /// How long to wait for the mail server at each step.
    pub timeouts: Timeouts,
    /// When letters are no longer given to a mail server, and when it is tried again.
    pub breaker: BreakerConfig,
    /// Several mail servers, instead of the one of `smtp_url`.
    pub servers: Vec<ServerConfig>,
}

/// One of several mail servers: `[[mail.servers]]`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Stands in the attempt log and in `/metrics`.
    pub name: String,
    pub url: SmtpUrl,
    /// Not set: that of `mail.smtp_ca_file`.
    pub ca_file: Option<PathBuf>,
    /// Its part of the letters, beside that of the others.
    #[serde(default = "one")]
    pub weight: u32,
    /// The most letters in a second, an hour and a day, of all workers together. Not set: as many as there are.
    pub per_second: Option<u64>,
    pub per_hour: Option<u64>,
    pub per_day: Option<u64>,
    /// Not set: that of `mail.connections`.
    pub connections: Option<usize>,
    /// Not set: that of `mail.letters_per_connection`.
    pub letters_per_connection: Option<usize>,
}

/// When letters are no longer given to a mail server, and when it is tried again.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BreakerConfig {
    /// How long a server that does not work is left alone; twice as long after each try that fails.
    #[serde(with = "humantime_serde")]
    pub wait: Duration,
    /// The longest it is left alone.
    #[serde(with = "humantime_serde")]
    pub longest: Duration,
    /// So many letters refused for good, without one that is accepted, are the server's fault and not theirs.
    pub refusals: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    Folder,
    Smtp,
}

/// How long each step may take, from RFC 5321 4.5.3.2 where it names one, shorter where a healthy server of
/// one's own would not need it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Timeouts {
    /// Looking up the name and connecting, over all its addresses.
    #[serde(with = "humantime_serde")]
    pub connect: Duration,
    #[serde(with = "humantime_serde")]
    pub tls: Duration,
    #[serde(with = "humantime_serde")]
    pub greeting: Duration,
    /// EHLO, HELO and STARTTLS, each.
    #[serde(with = "humantime_serde")]
    pub hello: Duration,
    #[serde(with = "humantime_serde")]
    pub sign_in: Duration,
    /// MAIL, RCPT and RSET, each.
    #[serde(with = "humantime_serde")]
    pub envelope: Duration,
    /// The answer to DATA.
    #[serde(with = "humantime_serde")]
    pub data: Duration,
    /// Writing the whole letter.
    #[serde(with = "humantime_serde")]
    pub letter: Duration,
    /// The answer to the final dot. To be impatient here makes duplicates.
    #[serde(with = "humantime_serde")]
    pub accepted: Duration,
    /// The answer to QUIT.
    #[serde(with = "humantime_serde")]
    pub quit: Duration,
}

impl MailConfig {
    /// The transport in effect.
    pub fn transport(&self) -> Transport {
        let is_named = self.smtp_url.is_some() || !self.servers.is_empty();
        self.transport.unwrap_or(match is_named {
            true => Transport::Smtp,
            false => Transport::Folder,
        })
    }

    /// The section as if this server were the only one.
    pub fn for_server(&self, server: &ServerConfig) -> Self {
        let ServerConfig {
            name: _,
            url,
            ca_file,
            weight: _,
            per_second: _,
            per_hour: _,
            per_day: _,
            connections,
            letters_per_connection,
        } = server.clone();
        Self {
            smtp_url: Some(url),
            smtp_ca_file: ca_file.or_else(|| self.smtp_ca_file.clone()),
            connections: connections.unwrap_or(self.connections),
            letters_per_connection: letters_per_connection.unwrap_or(self.letters_per_connection),
            servers: Vec::new(),
            ..self.clone()
        }
    }
}

fn one() -> u32 {
    1
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            transport: None,
            smtp_url: None,
            smtp_ca_file: None,
            hello_name: None,
            from: Mailbox::new("Golub", "golub@localhost")
                .expect("the address in the line above is one"),
            dkim: None,
            connections: 10,
            letters_per_connection: 500,
            idle_limit: Duration::from_secs(60),
            timeouts: Timeouts::default(),
            breaker: BreakerConfig::default(),
            servers: Vec::new(),
        }
    }
}

impl Default for BreakerConfig {
    fn default() -> Self {
        Self {
            wait: Duration::from_secs(30),
            longest: Duration::from_secs(600),
            refusals: 20,
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            tls: Duration::from_secs(30),
            greeting: Duration::from_secs(60),
            hello: Duration::from_secs(60),
            sign_in: Duration::from_secs(60),
            envelope: Duration::from_secs(120),
            data: Duration::from_secs(120),
            letter: Duration::from_secs(180),
            accepted: Duration::from_secs(600),
            quit: Duration::from_secs(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> Result<MailConfig, toml::de::Error> {
        toml::from_str(toml)
    }

    #[test]
    fn an_empty_section_captures_mail() {
        let config = read("").unwrap();
        assert_eq!(config.transport(), Transport::Folder);
        assert_eq!(config.from.to_string(), "Golub <golub@localhost>");
    }

    #[test]
    fn a_mail_server_is_used_once_it_is_named() {
        let config = read("smtp_url = 'smtp://mail.example.org'").unwrap();
        assert_eq!(config.transport(), Transport::Smtp);
        let config = read("transport = 'folder'\nsmtp_url = 'smtp://mail.example.org'").unwrap();
        assert_eq!(config.transport(), Transport::Folder);
    }

    #[test]
    fn unknown_keys_are_refused_and_known_ones_read() {
        assert!(read("smpt_url = 'smtp://a'").is_err());
        assert!(read("timeouts.conect = '3s'").is_err());
        let config = read("timeouts.connect = '3s'\nfrom = 'Anna <anna@example.org>'").unwrap();
        assert_eq!(config.timeouts.connect, Duration::from_secs(3));
        assert_eq!(config.timeouts.accepted, Duration::from_secs(600));
        assert_eq!(config.from.name, "Anna");
    }

    #[test]
    fn the_password_is_never_printed() {
        let config = read("smtp_url = 'smtp://anna:hunter2@mail.example.org'").unwrap();
        let shown = format!("{config:?} {}", toml::to_string(&config).unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("***"));
        let error = read("smtp_url = 'smtp://anna:hunter2@mail.example.org?tsl=none'").unwrap_err();
        assert!(!error.message().contains("hunter2"), "{error}");
    }
}
