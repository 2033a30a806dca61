//! A mail server for one story: takes every letter and keeps it.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
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
    letters: Arc<Mutex<Vec<Letter>>>,
}

impl MailServer {
    /// Listens until the tests end.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let port = listener.local_addr().expect("its address").port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                // A client that goes away in mid-sentence is its own business.
                thread::spawn(move || converse(&stream, &kept));
            }
        });
        Self { port, letters }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.letters
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn converse(stream: &TcpStream, kept: &Mutex<Vec<Letter>>) -> std::io::Result<()> {
    let mut say = stream;
    let mut recipient = String::new();
    let mut lines = BufReader::new(stream).split(b'\n');
    say.write_all(b"220 story.example ESMTP\r\n")?;
    while let Some(line) = lines.next() {
        let line = String::from_utf8_lossy(&line?).trim_end().to_owned();
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let reply: &[u8] = match verb.as_str() {
            "EHLO" => b"250-story.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "RCPT" => {
                recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                b"250 2.1.5 Ok\r\n"
            }
            "DATA" => {
                say.write_all(b"354 Go on\r\n")?;
                let raw = until_the_dot(&mut lines)?;
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(read(&recipient, &raw));
                b"250 2.0.0 Kept\r\n"
            }
            "QUIT" => return say.write_all(b"221 2.0.0 Bye\r\n"),
            _ => b"250 2.0.0 Ok\r\n",
        };
        say.write_all(reply)?;
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
