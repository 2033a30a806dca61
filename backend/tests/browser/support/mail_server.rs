//! A mail server for one story: takes every letter and keeps it, unless the story wants it otherwise.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use mail_parser::MessageParser;

#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub recipient: String,
    pub subject: String,
    pub text: String,
}

#[derive(Debug)]
pub struct MailServer {
    pub port: u16,
    manner: Arc<Manner>,
}

#[derive(Debug, Default)]
struct Manner {
    letters: Mutex<Vec<Letter>>,
    /// Recipients, and what is said to them.
    refused: Mutex<Vec<(String, String)>>,
    /// How many letters may still be taken before the server has to be told to go on; none: all.
    room: Mutex<Option<usize>>,
    goes_on: Condvar,
}

impl MailServer {
    /// Listens until the tests end.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let port = listener.local_addr().expect("its address").port();
        let manner = Arc::new(Manner::default());
        let own = Arc::clone(&manner);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let manner = Arc::clone(&own);
                // A client that goes away in mid-sentence is its own business.
                thread::spawn(move || converse(&stream, &manner));
            }
        });
        Self { port, manner }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    pub fn letters(&self) -> Vec<Letter> {
        held(&self.manner.letters).clone()
    }

    /// From now on this recipient is refused with these words.
    pub fn refuses(&self, recipient: &str, answer: &str) {
        let refusal = (recipient.to_owned(), answer.to_owned());
        held(&self.manner.refused).push(refusal);
    }

    /// From now on nobody is refused.
    pub fn recovers(&self) {
        held(&self.manner.refused).clear();
    }

    /// From now on so many letters are taken, and the others left waiting for their answer.
    pub fn takes_only(&self, letters: usize) {
        *held(&self.manner.room) = Some(letters);
        self.manner.goes_on.notify_all();
    }

    pub fn takes_all(&self) {
        *held(&self.manner.room) = None;
        self.manner.goes_on.notify_all();
    }
}

impl Manner {
    /// Waits until there is room for a letter, and keeps it.
    fn take(&self, letter: Letter) {
        let full = |room: &mut Option<usize>| *room == Some(0);
        let waited = self.goes_on.wait_while(held(&self.room), full);
        let mut room = waited.unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = room.as_mut() {
            *left -= 1;
        }
        held(&self.letters).push(letter);
    }

    fn refusal(&self, recipient: &str) -> Option<String> {
        let refused = held(&self.refused);
        let refusal = refused.iter().find(|(refused, _)| refused == recipient);
        refusal.map(|(_, answer)| answer.clone())
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn converse(stream: &TcpStream, manner: &Manner) -> std::io::Result<()> {
    let mut say = stream;
    let mut recipient = None;
    let mut lines = BufReader::new(stream).split(b'\n');
    say.write_all(b"220 story.example ESMTP\r\n")?;
    while let Some(line) = lines.next() {
        let line = String::from_utf8_lossy(&line?).trim_end().to_owned();
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" => "250-story.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8".into(),
            "RCPT" => {
                let named = line.split(['<', '>']).nth(1).unwrap_or_default();
                let refusal = manner.refusal(named);
                recipient = refusal.is_none().then(|| named.to_owned());
                refusal.unwrap_or_else(|| "250 2.1.5 Ok".into())
            }
            "DATA" => match recipient.take() {
                Some(recipient) => {
                    say.write_all(b"354 Go on\r\n")?;
                    manner.take(read(&recipient, &until_the_dot(&mut lines)?));
                    "250 2.0.0 Kept".into()
                }
                None => "554 5.5.1 No recipient".into(),
            },
            "QUIT" => return say.write_all(b"221 2.0.0 Bye\r\n"),
            _ => "250 2.0.0 Ok".to_owned(),
        };
        say.write_all(format!("{reply}\r\n").as_bytes())?;
    }
    Ok(())
}

fn until_the_dot(
    lines: &mut impl Iterator<Item = std::io::Result<Vec<u8>>>,
) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    for line in lines {
        let line = line?;
        if line == b".\r" {
            break;
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        raw.push(b'\n');
    }
    Ok(raw)
}

fn read(recipient: &str, raw: &[u8]) -> Letter {
    let letter = MessageParser::default().parse(raw).expect("a letter");
    Letter {
        recipient: recipient.to_owned(),
        subject: letter.subject().unwrap_or_default().to_owned(),
        text: letter.body_text(0).unwrap_or_default().into_owned(),
    }
}
