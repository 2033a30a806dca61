//! The least of HTTP and JSON that measuring asks for: one connection, one request after the other.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpStream},
    str::FromStr,
    time::Duration,
};

use crate::problem::{Outcome, Problem};

/// Longer than any answer takes on a machine that is not on its knees.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Client {
    port: u16,
    bearer: String,
    stream: BufReader<TcpStream>,
}

impl Client {
    pub fn connect(port: u16) -> Outcome<Self> {
        Ok(Self {
            port,
            bearer: String::new(),
            stream: connected(port).map_err(|error| Problem::failed("connecting", error))?,
        })
    }

    /// Signs in; what is asked from now on is asked by this person.
    pub fn sign_in(&mut self, email: &str, password: &str) -> Outcome<()> {
        let body = format!(r#"{{"email":"{email}","password":"{password}"}}"#);
        let answer = self.ask("POST", "auth/login", &body)?;
        self.bearer = text(&answer, "access_token")?.to_owned();
        Ok(())
    }

    /// A second connection of the same person.
    pub fn another(&self) -> Outcome<Self> {
        let bearer = self.bearer.clone();
        Ok(Self {
            bearer,
            ..Self::connect(self.port)?
        })
    }

    pub fn get(&mut self, path: &str) -> Outcome<String> {
        self.ask("GET", path, "")
    }

    /// The answer's body. Whatever is not a success is a failure with the server's words.
    pub fn ask(&mut self, method: &str, path: &str, body: &str) -> Outcome<String> {
        let (status, answer) = self
            .exchange(method, path, body)
            .map_err(|error| Problem::failed(&format!("{method} {path}"), error))?;
        if (200..300).contains(&status) {
            return Ok(answer);
        }
        Err(Problem::Failed(format!(
            "{method} {path} answered {status}: {answer}"
        )))
    }

    fn exchange(&mut self, method: &str, path: &str, body: &str) -> std::io::Result<(u16, String)> {
        let bearer = match self.bearer.as_str() {
            "" => String::new(),
            token => format!("Authorization: Bearer {token}\r\n"),
        };
        let request = format!(
            "{method} /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\n{bearer}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or(std::io::ErrorKind::InvalidData)?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        Ok((status, String::from_utf8_lossy(&answer).into_owned()))
    }
}

fn connected(port: u16) -> std::io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}

/// The first number of that name in an answer.
pub fn number<T: FromStr>(json: &str, name: &str) -> Outcome<T> {
    let value = after(json, name)?;
    let digits = value
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(value.len());
    value[..digits].parse().map_err(|_| strange(json, name))
}

/// The first text of that name, of those that need no escapes.
pub fn text<'a>(json: &'a str, name: &str) -> Outcome<&'a str> {
    let value = after(json, name)?.strip_prefix('"');
    let value = value.and_then(|value| value.split('"').next());
    value.ok_or_else(|| strange(json, name))
}

fn after<'a>(json: &'a str, name: &str) -> Outcome<&'a str> {
    let key = format!("\"{name}\":");
    let (_, value) = json.split_once(&key).ok_or_else(|| strange(json, name))?;
    Ok(value.trim_start())
}

fn strange(json: &str, name: &str) -> Problem {
    Problem::Failed(format!("there is no `{name}` in {json}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_by_name() {
        let json = r#"{"items":[{"id":17,"state":"sending","counts":{"queued": 0,"sent":2048}}]}"#;
        assert_eq!(number::<u64>(json, "id").unwrap(), 17);
        assert_eq!(number::<u64>(json, "queued").unwrap(), 0);
        assert_eq!(number::<u64>(json, "sent").unwrap(), 2048);
        assert_eq!(text(json, "state").unwrap(), "sending");
        assert!(number::<u64>(json, "state").is_err());
        assert!(text(json, "sen").is_err());
    }
}
