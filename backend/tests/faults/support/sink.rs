//! A mail server that remembers every letter it accepted, and misbehaves where it is told to.

mod dialogue;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::thread;

/// What it may do otherwise than well, and when.
type Manners = Arc<dyn Fn(&Moment<'_>) -> Act + Send + Sync>;

/// Where a dialogue stands: what is to be answered next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Greeting,
    Hello,
    Mail,
    Rcpt,
    Data,
    /// A whole letter has come.
    Dot,
}

#[derive(Debug)]
pub struct Moment<'a> {
    pub stage: Stage,
    /// How many letters this connection has brought before.
    pub letter: usize,
    /// Known from RCPT on.
    pub recipient: &'a str,
}

/// What it does.
#[derive(Clone, Debug)]
pub enum Act {
    /// What a good server would.
    Well,
    /// Says this instead. At the dot, a letter is accepted when this begins with a 2.
    Say(Vec<u8>),
    /// Says this, then closes.
    SayAndClose(Vec<u8>),
    Close,
    /// Says nothing more, and keeps the connection.
    Hang,
    /// The right answer, at a byte a time with this pause between.
    Drip(std::time::Duration),
    /// A line without an end.
    Endless,
    /// At the dot: accepts, and its answer is lost with the connection.
    AcceptAndClose,
    /// At the dot: accepts, and never says so.
    AcceptAndHang,
}

impl Act {
    /// Of a letter: is it ours now?
    fn accepts(&self) -> bool {
        match self {
            Self::Well | Self::Drip(_) | Self::AcceptAndClose | Self::AcceptAndHang => true,
            Self::Say(words) | Self::SayAndClose(words) => words.starts_with(b"2"),
            Self::Close | Self::Hang | Self::Endless => false,
        }
    }
}

/// A letter that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// From its Message-ID.
    pub delivery_id: i64,
    pub run_id: i64,
    pub recipient: String,
    /// Who stands in its To.
    pub to: String,
}

#[derive(Debug)]
pub struct Sink {
    pub port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    manners: RwLock<Manners>,
    accepted: Mutex<Vec<Accepted>>,
    count: AtomicUsize,
}

impl Sink {
    /// Listens until the tests end.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let port = listener.local_addr().expect("its address").port();
        let shared = Arc::new(Shared {
            manners: RwLock::new(Arc::new(|_| Act::Well)),
            accepted: Mutex::default(),
            count: AtomicUsize::new(0),
        });
        let server = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = server.clone();
                // A client that is killed in mid-sentence is what these tests are about.
                thread::spawn(move || dialogue::hold(stream, &shared));
            }
        });
        Self { port, shared }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// From now on it behaves so.
    pub fn behave(&self, manners: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static) {
        *self
            .shared
            .manners
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(manners);
    }

    pub fn behave_well(&self) {
        self.behave(|_| Act::Well);
    }

    /// How many letters it has accepted.
    pub fn count(&self) -> usize {
        self.shared.count.load(Ordering::Acquire)
    }

    /// The letters that it has accepted, in order.
    pub fn accepted(&self) -> MutexGuard<'_, Vec<Accepted>> {
        self.shared.kept()
    }
}

impl Shared {
    fn act(&self, moment: &Moment<'_>) -> Act {
        self.manners()(moment)
    }

    /// Decides about a letter, and keeps what is accepted. No other manners come between: what was accepted by these is
    /// counted when they have been replaced.
    fn take(&self, moment: &Moment<'_>, letter: Accepted) -> Act {
        let manners = self.manners();
        let act = manners(moment);
        if act.accepts() {
            self.kept().push(letter);
            self.count.fetch_add(1, Ordering::Release);
        }
        act
    }

    fn manners(&self) -> RwLockReadGuard<'_, Manners> {
        self.manners.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Accepted>> {
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} letters", self.count.load(Ordering::Relaxed))
    }
}
