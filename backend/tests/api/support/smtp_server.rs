//! A mail server for tests: it really speaks SMTP on loopback, keeps what it is given, and misbehaves on demand.
//!
//! ```ignore
//! let server = SmtpServer::start().await;
//! server.refuses("gone@example.org", "550 5.1.1 No such user");
//! server.once(Step::Letter, Act::Close);
//! // .. send over server.url() ..
//! assert_eq!(server.letters().len(), 3);
//! ```
//!
//! It runs on the test's own runtime and ends when dropped. Commands are parsed by `smtp-proto`, which the
//! program does not use.

mod certificate;
mod dialogue;

use std::{
    collections::{HashMap, VecDeque},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
};

use tempfile::NamedTempFile;
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::watch,
    task::JoinSet,
};

use self::{certificate::self_signed, dialogue::accept};

pub struct SmtpServer {
    port: u16,
    scheme: &'static str,
    query: &'static str,
    shared: Shared,
    /// Aborted with everything in it when the server is dropped.
    _tasks: JoinSet<()>,
    authority: Option<NamedTempFile>,
}

/// What the server offers.
#[derive(Clone, Debug)]
pub struct Offers {
    pub ehlo: bool,
    pub pipelining: bool,
    pub starttls: bool,
    /// TLS from the first byte.
    pub implicit_tls: bool,
    /// `SIZE`, with this limit.
    pub size: Option<usize>,
    /// Who may send; nobody else may. Everybody if there is none.
    pub user: Option<(&'static str, &'static str)>,
    /// The mechanisms it names, such as `PLAIN LOGIN`.
    pub auth: &'static str,
}

/// Where the dialogue stands: before the answer to this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Greeting,
    Hello,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The final dot. A letter refused here is not kept.
    Letter,
    Reset,
    Quit,
}

/// What it does there instead of answering as it should.
#[derive(Clone, Debug)]
pub enum Act {
    /// Says this, and goes on as if the command had been refused, unless it begins with 2 or 3.
    Say(&'static str),
    SayAndClose(&'static str),
    /// Answers nothing and keeps the connection open.
    Hang,
    /// Goes on as if it had answered well.
    Swallow,
    Close,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedLetter {
    pub from: String,
    pub recipients: Vec<String>,
    /// As it was before the dots were doubled.
    pub bytes: Vec<u8>,
    /// The connection that brought it, from 1.
    pub connection: usize,
}

impl ReceivedLetter {
    pub fn to(&self) -> &str {
        &self.recipients[0]
    }
}

impl Default for Offers {
    fn default() -> Self {
        Self {
            ehlo: true,
            pipelining: true,
            starttls: false,
            implicit_tls: false,
            size: None,
            user: None,
            auth: "PLAIN LOGIN",
        }
    }
}

/// An address where nobody listens, and nobody will while this is kept.
pub struct Nobody {
    pub url: String,
    _socket: TcpSocket,
}

pub fn nobody() -> Nobody {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let port = socket.local_addr().unwrap().port();
    Nobody {
        url: format!("smtp://127.0.0.1:{port}?tls=none"),
        _socket: socket,
    }
}

impl SmtpServer {
    /// A well-behaved one without TLS.
    pub async fn start() -> Self {
        Self::offering(Offers::default()).await
    }

    pub async fn offering(offers: Offers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (scheme, query) = match &offers {
            Offers {
                implicit_tls: true, ..
            } => ("smtps", ""),
            Offers { starttls: true, .. } => ("smtp", "?tls=required"),
            _ => ("smtp", "?tls=none"),
        };
        let (acceptor, authority) = match offers.starttls || offers.implicit_tls {
            true => {
                let (acceptor, authority) = self_signed();
                (Some(acceptor), Some(authority))
            }
            false => (None, None),
        };
        let shared = Shared::default();
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, offers, acceptor, shared.clone()));
        Self {
            port,
            scheme,
            query,
            shared,
            _tasks: tasks,
            authority,
        }
    }

    /// For `mail.smtp_url`.
    pub fn url(&self) -> String {
        format!("{}://localhost:{}{}", self.scheme, self.port, self.query)
    }

    /// The same with a user name and a password.
    pub fn url_for(&self, user: &str, password: &str) -> String {
        let Self {
            scheme,
            port,
            query,
            ..
        } = self;
        format!("{scheme}://{user}:{password}@localhost:{port}{query}")
    }

    /// For `mail.smtp_ca_file`.
    pub fn ca_file(&self) -> Option<PathBuf> {
        self.authority.as_ref().map(|file| file.path().to_owned())
    }

    /// Refuses this recipient from now on: `550 5.1.1 No such user`.
    pub fn refuses(&self, recipient: &str, answer: &str) {
        let refused = (recipient.to_owned(), answer.to_owned());
        self.shared.lock().refused.extend([refused]);
    }

    /// Does this at every such step from now on.
    pub fn always(&self, step: Step, act: Act) {
        self.shared.lock().always.insert(step, act);
    }

    /// Does this at the next such step, and what follows at those after it.
    pub fn once(&self, step: Step, act: Act) {
        let mut state = self.shared.lock();
        state.once.entry(step).or_default().push_back(act);
    }

    /// Behaves again.
    pub fn recovers(&self) {
        let mut state = self.shared.lock();
        state.always.clear();
        state.once.clear();
        state.refused.clear();
    }

    /// Says this on every connection out of turn and closes it; returns when that is done.
    pub async fn hangs_up(&self, words: &'static str) {
        self.shared.hang_up.send_replace(Some(words));
        let mut open = self.shared.open.subscribe();
        open.wait_for(|open| *open == 0).await.unwrap();
        self.shared.hang_up.send_replace(None);
    }

    /// Returns when no connection is open any more, so that nothing can arrive.
    pub async fn all_gone(&self) {
        let mut open = self.shared.open.subscribe();
        open.wait_for(|open| *open == 0).await.unwrap();
    }

    /// What it accepted.
    pub fn letters(&self) -> Vec<ReceivedLetter> {
        self.shared.lock().letters.clone()
    }

    /// The accepted letters to one address.
    pub fn letters_to(&self, recipient: &str) -> Vec<ReceivedLetter> {
        let mut letters = self.letters();
        letters.retain(|letter| letter.to() == recipient);
        letters
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.shared.lock().connections
    }

    /// The commands of all connections, without what stood between DATA and the dot.
    pub fn commands(&self) -> Vec<String> {
        self.shared.lock().commands.clone()
    }

    /// What each read from a socket gave.
    pub fn reads(&self) -> Vec<String> {
        self.shared.lock().reads.clone()
    }
}

#[derive(Clone, Default)]
struct Shared {
    state: Arc<Mutex<State>>,
    /// How many connections are open.
    open: Arc<watch::Sender<usize>>,
    hang_up: Arc<watch::Sender<Option<&'static str>>>,
}

#[derive(Default)]
struct State {
    refused: HashMap<String, String>,
    always: HashMap<Step, Act>,
    once: HashMap<Step, VecDeque<Act>>,
    letters: Vec<ReceivedLetter>,
    connections: usize,
    commands: Vec<String>,
    reads: Vec<String>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn act(&self, step: Step) -> Option<Act> {
        let mut state = self.lock();
        let next = state.once.get_mut(&step).and_then(VecDeque::pop_front);
        next.or_else(|| state.always.get(&step).cloned())
    }

    /// What `act` will give, without using it up.
    fn peek(&self, step: Step) -> Option<Act> {
        let state = self.lock();
        let next = state.once.get(&step).and_then(|acts| acts.front());
        next.or_else(|| state.always.get(&step)).cloned()
    }
}
