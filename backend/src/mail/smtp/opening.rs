//! From a server's name to a session that can carry letters.
//!
//! Whatever goes wrong here is the server's trouble, not a letter's. Each failure says at which step it was,
//! since "could not send" helps nobody who sets up a mail server.

use std::{io, net::SocketAddr, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use tokio::{net::lookup_host, time::timeout};

use super::{
    Settings, SmtpServer,
    answer::Answer,
    capabilities::Capabilities,
    session::SmtpSession,
    stream::Stream,
    tls::TlsSettings,
    wire::{Cut, Wire},
};
use crate::mail::{Credentials, Stage, TlsMode, Trouble};

pub(super) async fn open(server: &SmtpServer) -> Result<SmtpSession, Trouble> {
    let settings = &*server.0;
    let limits = &settings.timeouts;
    let mut stream = connect(settings).await?;
    if let (TlsMode::Implicit, Some(tls)) = (settings.url.tls, &settings.tls) {
        stream = secure(stream, tls, limits.tls).await?;
    }
    let mut wire = Wire::new(stream);
    let greeting = wire.answer(limits.greeting).await;
    expect(greeting, Stage::Greeting, |answer| answer.code == 220)?;
    let mut capabilities = hello(&mut wire, settings).await?;
    if let (TlsMode::Required, Some(tls)) = (settings.url.tls, &settings.tls) {
        wire = start_tls(wire, &capabilities, tls, settings).await?;
        // What was offered in the clear counts for nothing (RFC 3207 4.2).
        capabilities = hello(&mut wire, settings).await?;
    }
    if let Some(credentials) = &settings.url.credentials {
        sign_in(&mut wire, &capabilities, credentials, limits.sign_in).await?;
    }
    Ok(SmtpSession::new(server.clone(), wire, capabilities))
}

async fn connect(settings: &Settings) -> Result<Stream, Trouble> {
    let host = settings.url.host.as_str();
    let limit = settings.timeouts.connect;
    let addresses: Vec<_> = timeout(limit, lookup_host((host, settings.url.port)))
        .await
        .map_err(|_| Trouble::new(Stage::Lookup, None, format!("no answer about {host}")))?
        .map_err(|error| Trouble::new(Stage::Lookup, None, format!("{host}: {error}")))?
        .collect();
    // Shared out, so that one address that swallows packets leaves time for the next.
    let share = limit / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
    let mut trouble = Trouble::new(Stage::Lookup, None, format!("{host} has no address"));
    for address in addresses {
        match connect_to(address, share).await {
            Ok(stream) => return Ok(stream),
            Err(error) => {
                trouble = Trouble::new(Stage::Connect, None, format!("{address}: {error}"));
            }
        }
    }
    Err(trouble)
}

async fn connect_to(address: SocketAddr, limit: Duration) -> io::Result<Stream> {
    timeout(limit, Stream::connect(address))
        .await
        .map_err(|_| io::Error::other("no answer"))?
}

async fn secure(stream: Stream, tls: &TlsSettings, limit: Duration) -> Result<Stream, Trouble> {
    timeout(limit, stream.secure(&tls.config, &tls.server_name))
        .await
        .map_err(|_| Trouble::new(Stage::Tls, None, Cut::TimedOut(limit).to_string()))?
        .map_err(|error| Trouble::new(Stage::Tls, None, error.to_string()))
}

/// EHLO, or HELO for a server that knows no EHLO.
async fn hello(wire: &mut Wire, settings: &Settings) -> Result<Capabilities, Trouble> {
    let limit = settings.timeouts.hello;
    let name = match &settings.hello_name {
        Some(name) => name.clone(),
        None => address_literal(wire.stream().local_address().ok()),
    };
    let answer = wire.ask(&format!("EHLO {name}"), limit).await;
    let unknown = matches!(&answer, Ok(answer) if matches!(answer.code, 500..=504 | 550));
    if unknown {
        let answer = wire.ask(&format!("HELO {name}"), limit).await;
        expect(answer, Stage::Hello, Answer::accepts)?;
        return Ok(Capabilities::default());
    }
    let answer = expect(answer, Stage::Hello, Answer::accepts)?;
    Ok(Capabilities::of(&answer))
}

async fn start_tls(
    mut wire: Wire,
    offered: &Capabilities,
    tls: &TlsSettings,
    settings: &Settings,
) -> Result<Wire, Trouble> {
    if !offered.starttls {
        return Err(Trouble::new(
            Stage::Tls,
            None,
            "the mail server offers no STARTTLS; smtps:// may be meant, or ?tls=none to send in the clear",
        ));
    }
    let answer = wire.ask("STARTTLS", settings.timeouts.hello).await;
    expect(answer, Stage::Tls, |answer| answer.code == 220)?;
    let stream = wire.into_clean_stream().ok_or_else(|| {
        let text =
            "something was said between STARTTLS and TLS, where only an attacker would speak";
        Trouble::new(Stage::Tls, None, text)
    })?;
    Ok(Wire::new(secure(stream, tls, settings.timeouts.tls).await?))
}

async fn sign_in(
    wire: &mut Wire,
    offered: &Capabilities,
    credentials: &Credentials,
    limit: Duration,
) -> Result<(), Trouble> {
    let Credentials { user, password } = credentials;
    let lines = if offered.auth_plain {
        let secret = BASE64_STANDARD.encode(format!("\0{user}\0{password}"));
        vec![format!("AUTH PLAIN {secret}")]
    } else if offered.auth_login {
        let [user, password] = [user, password].map(|text| BASE64_STANDARD.encode(text));
        vec!["AUTH LOGIN".to_owned(), user, password]
    } else {
        return Err(Trouble::new(
            Stage::SignIn,
            None,
            "the mail server offers neither AUTH PLAIN nor AUTH LOGIN",
        ));
    };
    for (index, line) in lines.iter().enumerate() {
        let last = index + 1 == lines.len();
        let answer = wire.ask(line, limit).await;
        expect(answer, Stage::SignIn, |answer| match last {
            true => answer.accepts(),
            false => answer.code == 334,
        })?;
    }
    Ok(())
}

fn expect(
    answer: Result<Answer, Cut>,
    stage: Stage,
    fits: impl Fn(&Answer) -> bool,
) -> Result<Answer, Trouble> {
    match answer {
        Ok(answer) if fits(&answer) => Ok(answer),
        Ok(answer) => Err(Trouble::new(stage, Some(answer.code), answer.text())),
        Err(cut) => Err(Trouble::new(stage, None, cut.to_string())),
    }
}

/// A name for one that has none (RFC 5321 4.1.3).
fn address_literal(local: Option<SocketAddr>) -> String {
    match local.map(|address| address.ip()) {
        Some(std::net::IpAddr::V4(ip)) => format!("[{ip}]"),
        Some(std::net::IpAddr::V6(ip)) => format!("[IPv6:{ip}]"),
        None => "[127.0.0.1]".to_owned(),
    }
}
