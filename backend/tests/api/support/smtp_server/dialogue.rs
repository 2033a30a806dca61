//! The server's side of one connection.

use std::future;

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use smtp_proto::Request;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use super::{Act, Offers, ReceivedLetter, Shared, Step};

pub(super) async fn accept(
    listener: TcpListener,
    offers: Offers,
    acceptor: Option<TlsAcceptor>,
    shared: Shared,
) {
    let mut dialogues = JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        let number = {
            let mut state = shared.lock();
            state.connections += 1;
            state.connections
        };
        socket.set_nodelay(true).unwrap();
        let connection = Connection {
            number,
            signed_in: offers.user.is_none(),
            offers: offers.clone(),
            acceptor: acceptor.clone(),
            shared: shared.clone(),
            stream: None,
            unread: Vec::new(),
            secured: false,
            from: None,
            recipients: Vec::new(),
        };
        let open = shared.open.clone();
        open.send_modify(|open| *open += 1);
        let mut hang_up = shared.hang_up.subscribe();
        dialogues.spawn(async move {
            // How a dialogue ends is seen by the other side.
            let _ = connection.talk(socket, &mut hang_up).await;
            open.send_modify(|open| *open -= 1);
        });
    }
}

trait Io: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

/// The dialogue is over; why does not matter to anybody.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

struct Connection {
    number: usize,
    offers: Offers,
    acceptor: Option<TlsAcceptor>,
    shared: Shared,
    stream: Option<Box<dyn Io>>,
    unread: Vec<u8>,
    secured: bool,
    signed_in: bool,
    from: Option<String>,
    recipients: Vec<String>,
}

impl Connection {
    async fn talk(
        mut self,
        socket: TcpStream,
        hang_up: &mut watch::Receiver<Option<&'static str>>,
    ) -> Result<(), Over> {
        self.stream = Some(Box::new(socket));
        if self.offers.implicit_tls {
            self.secure().await?;
        }
        self.answer(Step::Greeting, "220-mail.test at your service\r\n220 go on")
            .await?;
        loop {
            let line = tokio::select! {
                line = self.line() => line?,
                words = told_to_hang_up(hang_up) => return self.say(words).await,
            };
            self.shared.lock().commands.push(line.trim_end().to_owned());
            let request = Request::parse(&mut line.as_bytes().iter()).map(Request::into_owned);
            let Ok(request) = request else {
                self.say("500 5.5.2 What?").await?;
                continue;
            };
            match request {
                Request::Ehlo { .. } if self.offers.ehlo => {
                    let offered = self.offered();
                    self.answer(Step::Hello, &offered).await?;
                }
                Request::Ehlo { .. } => self.say("502 5.5.1 HELO is enough here").await?,
                Request::Helo { .. } => {
                    self.answer(Step::Hello, "250 mail.test").await?;
                }
                Request::StartTls if self.offers.starttls && !self.secured => {
                    if self.answer(Step::StartTls, "220 go ahead").await? {
                        self.secure().await?;
                    }
                }
                Request::Auth {
                    initial_response, ..
                } => {
                    let plain = line.to_ascii_uppercase().starts_with("AUTH PLAIN");
                    self.sign_in(plain, &initial_response).await?;
                }
                _ if !self.signed_in => self.say("530 5.7.0 Authentication required").await?,
                Request::Mail { .. } if self.from.is_some() => {
                    self.say("503 5.5.1 Nested MAIL command").await?;
                }
                Request::Mail { from } => {
                    if self.answer(Step::Mail, "250 2.1.0 Ok").await? {
                        self.from = Some(from.address);
                    }
                }
                Request::Rcpt { .. } if self.from.is_none() => {
                    self.say("503 5.5.1 Need MAIL command").await?;
                }
                Request::Rcpt { to } => self.recipient(to.address).await?,
                Request::Data => self.data().await?,
                Request::Rset => {
                    self.forget();
                    self.answer(Step::Reset, "250 2.0.0 Ok").await?;
                }
                Request::Quit => {
                    self.answer(Step::Quit, "221 2.0.0 Bye").await?;
                    return Ok(());
                }
                _ => self.say("502 5.5.1 Not here").await?,
            }
        }
    }

    fn offered(&self) -> String {
        let mut lines = vec!["mail.test".to_owned(), "8BITMIME".to_owned()];
        if self.offers.pipelining {
            lines.push("PIPELINING".to_owned());
        }
        if self.offers.starttls && !self.secured {
            lines.push("STARTTLS".to_owned());
        }
        if let Some(limit) = self.offers.size {
            lines.push(format!("SIZE {limit}"));
        }
        if self.offers.user.is_some() {
            lines.push(format!("AUTH {}", self.offers.auth));
        }
        let last = lines.pop().unwrap();
        let first: String = lines.iter().map(|line| format!("250-{line}\r\n")).collect();
        format!("{first}250 {last}")
    }

    async fn sign_in(&mut self, plain: bool, initial: &str) -> Result<(), Over> {
        let given = if plain {
            initial.trim().to_owned()
        } else {
            self.say("334 VXNlcm5hbWU6").await?;
            let user = self.line().await?.trim().to_owned();
            self.say("334 UGFzc3dvcmQ6").await?;
            format!("{user} {}", self.line().await?.trim())
        };
        let expected = self.offers.user.map(|(user, password)| match plain {
            true => BASE64.encode(format!("\0{user}\0{password}")),
            false => format!("{} {}", BASE64.encode(user), BASE64.encode(password)),
        });
        if expected == Some(given) {
            self.signed_in = self.answer(Step::Auth, "235 2.7.0 Welcome").await?;
            Ok(())
        } else {
            self.say("535 5.7.8 Wrong user name or password").await
        }
    }

    async fn recipient(&mut self, recipient: String) -> Result<(), Over> {
        let refused = self.shared.lock().refused.get(&recipient).cloned();
        if let Some(answer) = refused {
            return self.say(&answer).await;
        }
        if self.answer(Step::Rcpt, "250 2.1.5 Ok").await? {
            self.recipients.push(recipient);
        }
        Ok(())
    }

    async fn data(&mut self) -> Result<(), Over> {
        // Scripted, it opens even without a recipient: some servers do.
        let scripted = self.shared.act(Step::Data);
        match scripted {
            Some(act) => {
                if !self.perform(act).await? {
                    return Ok(());
                }
            }
            None if self.recipients.is_empty() => {
                return self.say("554 5.5.1 No valid recipients").await;
            }
            None => self.say("354 End data with <CR><LF>.<CR><LF>").await?,
        }
        let mut bytes = Vec::new();
        loop {
            let line = self.line_bytes().await?;
            match line.strip_prefix(b".") {
                Some(b"\r\n") => break,
                Some(rest) => bytes.extend_from_slice(rest),
                None => bytes.extend_from_slice(&line),
            }
        }
        let letter = ReceivedLetter {
            from: self.from.clone().unwrap_or_default(),
            recipients: std::mem::take(&mut self.recipients),
            bytes,
            connection: self.number,
        };
        self.forget();
        if letter.recipients.is_empty() {
            return self.say("554 5.5.1 No valid recipients").await;
        }
        // Kept before it is answered, as real servers do: a cut now leaves a letter that was accepted.
        let refused = matches!(self.shared.peek(Step::Letter), Some(Act::Say(text) | Act::SayAndClose(text)) if !is_yes(text));
        if !refused {
            self.shared.lock().letters.push(letter);
        }
        self.answer(Step::Letter, "250 2.0.0 Ok: queued").await?;
        Ok(())
    }

    fn forget(&mut self) {
        self.from = None;
        self.recipients.clear();
    }

    /// Answers as it should, or as the script says; true if it was a yes.
    async fn answer(&mut self, step: Step, usual: &str) -> Result<bool, Over> {
        match self.shared.act(step) {
            Some(act) => self.perform(act).await,
            None => self.say(usual).await.map(|()| true),
        }
    }

    async fn perform(&mut self, act: Act) -> Result<bool, Over> {
        match act {
            Act::Say(text) => {
                self.say(text).await?;
                Ok(is_yes(text))
            }
            Act::SayAndClose(text) => {
                self.say(text).await?;
                Err(Over)
            }
            Act::Hang => future::pending().await,
            Act::Swallow => Ok(true),
            Act::Close => Err(Over),
        }
    }

    async fn say(&mut self, text: &str) -> Result<(), Over> {
        let stream = self.stream.as_mut().ok_or(Over)?;
        stream.write_all(format!("{text}\r\n").as_bytes()).await?;
        stream.flush().await?;
        Ok(())
    }

    async fn secure(&mut self) -> Result<(), Over> {
        let acceptor = self.acceptor.clone().ok_or(Over)?;
        let socket = self.stream.take().ok_or(Over)?;
        self.stream = Some(Box::new(acceptor.accept(socket).await?));
        self.unread.clear();
        self.secured = true;
        Ok(())
    }

    async fn line(&mut self) -> Result<String, Over> {
        String::from_utf8(self.line_bytes().await?).map_err(|_| Over)
    }

    /// A line with its CRLF; nothing else ends a line.
    async fn line_bytes(&mut self) -> Result<Vec<u8>, Over> {
        loop {
            let end = self.unread.windows(2).position(|pair| pair == b"\r\n");
            if let Some(end) = end {
                return Ok(self.unread.drain(..end + 2).collect());
            }
            let mut bytes = vec![0; 64 * 1024];
            let count = self.stream.as_mut().ok_or(Over)?.read(&mut bytes).await?;
            if count == 0 {
                return Err(Over);
            }
            let text = String::from_utf8_lossy(&bytes[..count]).into_owned();
            self.shared.lock().reads.push(text);
            self.unread.extend_from_slice(&bytes[..count]);
        }
    }
}

async fn told_to_hang_up(hang_up: &mut watch::Receiver<Option<&'static str>>) -> &'static str {
    let told = hang_up.wait_for(Option::is_some).await;
    told.unwrap().unwrap()
}

fn is_yes(text: &str) -> bool {
    text.starts_with(['2', '3'])
}
