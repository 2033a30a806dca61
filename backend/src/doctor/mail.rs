//! The mail servers: each is reached, greeted, secured and signed in to, as for a letter, and then left again.

use std::time::Duration;

use super::Finding;
use crate::clock::Clock;
use crate::config::Config;
use crate::mail::{Mailer, Transport};

const SERVER: &str = "mail server";
const SIGNED: &str = "DKIM";
const SENDERS: &str = "SPF";
/// Who waits in front of a terminal wants an answer sooner than a mailing does.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn look(config: &Config) -> Vec<Finding> {
    let transport = config.mail.transport();
    if transport == Transport::Folder {
        return vec![Finding::warning(
            SERVER,
            "none is set: letters are captured in the data folder and leave for nobody",
        )];
    }
    let server = match Mailer::new(&config.mail, &config.data, Clock::system()) {
        Ok(mailer) => reach(&mailer).await,
        Err(error) => Finding::broken(SERVER, error.to_string()),
    };
    let domain = config.mail.from.address.domain().to_owned();
    vec![server, signature(&domain), senders(&domain)]
}

/// Opens a session and closes it.
async fn reach(mailer: &Mailer) -> Finding {
    match tokio::time::timeout(PATIENCE, mailer.open()).await {
        Ok(Ok(session)) => {
            session.close().await;
            Finding::fine(
                SERVER,
                "it can be reached, greets, and takes letters from us",
            )
        }
        Ok(Err(trouble)) => Finding::broken(SERVER, trouble.to_string()),
        Err(_) => Finding::broken(
            SERVER,
            format!(
                "it says nothing that would let a letter begin for {} s",
                PATIENCE.as_secs()
            ),
        ),
    }
}

/// One-click unsubscribing holds only under a signature over both its headers (RFC 8058 4).
fn signature(domain: &str) -> Finding {
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
