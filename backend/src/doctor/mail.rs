//! The mail servers: each is reached, greeted, secured and signed in to, as for a letter, and then left again.

use std::time::Duration;

use futures_util::future::join_all;

use super::Finding;
use crate::clock::Clock;
use crate::config::Config;
use crate::mail::Transport;
use crate::mail_servers::{MailServer, MailServers};

const SERVER: &str = "mail server";
const SIGNED: &str = "DKIM";
const SENDERS: &str = "SPF";
/// Who waits in front of a terminal wants an answer sooner than a mailing does.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn look(config: &Config, clock: &Clock) -> Vec<Finding> {
    let transport = config.mail.transport();
    if transport == Transport::Folder {
        return vec![Finding::warning(
            SERVER,
            "none is set: letters are captured in the data folder and leave for nobody",
        )];
    }
    let mut findings = match MailServers::new(&config.mail, &config.data, clock) {
        Ok(servers) => join_all(servers.iter().map(reach)).await,
        Err(error) => vec![Finding::broken(SERVER, error.to_string())],
    };
    let domain = config.mail.from.address.domain();
    findings.extend([signature(config, domain), senders(domain)]);
    findings
}

/// Opens a session and closes it.
async fn reach(server: &MailServer) -> Finding {
    let name = &server.name;
    match tokio::time::timeout(PATIENCE, server.open()).await {
        Ok(Ok(session)) => {
            session.close().await;
            Finding::fine(
                SERVER,
                format!("{name} can be reached, and takes letters from us"),
            )
        }
        Ok(Err(trouble)) => Finding::broken(SERVER, format!("{name}: {trouble}")),
        Err(_) => Finding::broken(
            SERVER,
            format!(
                "{name} does not come to taking letters within {} s",
                PATIENCE.as_secs()
            ),
        ),
    }
}

/// One-click unsubscribing holds only under a signature over both its headers (RFC 8058 4).
fn signature(config: &Config, domain: &str) -> Finding {
    match &config.mail.dkim {
        Some(dkim) if dkim.domain == domain => {
            return Finding::fine(SIGNED, format!("letters are signed for {domain}"));
        }
        Some(dkim) => {
            let signs = &dkim.domain;
            return Finding::warning(
                SIGNED,
                format!(
                    "letters come from {domain} and are signed for {signs}; DMARC asks for the same"
                ),
            );
        }
        None => {}
    }
    Finding::warning(
        SIGNED,
        format!(
            "Golub signs nothing: let the mail server sign for {domain}, List-Unsubscribe and List-Unsubscribe-Post \
             included, or big mailbox providers show no button to unsubscribe (RFC 8058)"
        ),
    )
}

/// That would take a look-up in the world's DNS.
fn senders(domain: &str) -> Finding {
    Finding::unchecked(
        SENDERS,
        format!(
            "not looked up from here: the TXT record of {domain} has to name the mail server that delivers"
        ),
    )
}
