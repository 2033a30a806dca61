//! Stands between a worker and PostgreSQL, and cuts connections around a COMMIT: before it arrives, or after it was
//! made and before its answer. The worker cannot tell which.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Chance;

/// How sqlx asks for it.
const COMMIT: &[u8] = b"COMMIT\0";
/// One COMMIT in so many is struck, and the first.
const ONE_IN: u64 = 3;

#[derive(Debug)]
pub struct Proxy {
    pub port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    chance: Mutex<Chance>,
    limit: usize,
    has_begun: AtomicBool,
    before: AtomicUsize,
    after: AtomicUsize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Not,
    Before,
    After,
}

impl Proxy {
    /// Listens until the tests end, and cuts at most `limit` times.
    pub fn to(server: u16, seed: u64, limit: usize) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let port = listener.local_addr().expect("its address").port();
        let shared = Arc::new(Shared {
            chance: Mutex::new(Chance::from(seed)),
            limit,
            has_begun: AtomicBool::new(false),
            before: AtomicUsize::new(0),
            after: AtomicUsize::new(0),
        });
        let kept = shared.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)) {
                    pass_on(client, server, &kept);
                }
            }
        });
        Self { port, shared }
    }

    /// Until now it only passes on: a program that cannot start ends.
    pub fn begin(&self) {
        self.shared.has_begun.store(true, Ordering::Relaxed);
    }

    pub fn cuts(&self) -> usize {
        self.shared.cuts()
    }

    /// Those after which the commit had been made.
    pub fn cuts_after(&self) -> usize {
        self.shared.after.load(Ordering::Relaxed)
    }
}

impl Shared {
    fn cuts(&self) -> usize {
        self.before.load(Ordering::Relaxed) + self.after.load(Ordering::Relaxed)
    }

    fn decide(&self) -> Cut {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        let may = self.has_begun.load(Ordering::Relaxed) && self.cuts() < self.limit;
        let is_first = self.cuts() == 0;
        if !may || (chance.below(ONE_IN) > 0 && !is_first) {
            return Cut::Not;
        }
        if chance.below(3) == 0 {
            self.before.fetch_add(1, Ordering::Relaxed);
            Cut::Before
        } else {
            self.after.fetch_add(1, Ordering::Relaxed);
            Cut::After
        }
    }
}

fn pass_on(client: TcpStream, server: TcpStream, shared: &Arc<Shared>) {
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let is_doomed = Arc::new(AtomicBool::new(false));
    let both = |stream: &TcpStream| stream.try_clone().expect("a second handle");
    let (to_server, to_client) = (both(&server), both(&client));
    let (doomed, kept) = (is_doomed.clone(), shared.clone());
    thread::spawn(move || {
        let _ = ask(&client, &to_server, &doomed, &kept);
        close(&client, &to_server);
    });
    thread::spawn(move || {
        let _ = answer(&server, &to_client, &is_doomed);
        close(&server, &to_client);
    });
}

/// What the worker says.
fn ask(
    mut client: &TcpStream,
    mut server: &TcpStream,
    doomed: &AtomicBool,
    shared: &Shared,
) -> io::Result<()> {
    let mut heard = [0; 64 * 1_024];
    loop {
        let length = client.read(&mut heard)?;
        let words = &heard[..length];
        if words.is_empty() {
            return Ok(());
        }
        if words.windows(COMMIT.len()).any(|some| some == COMMIT) {
            match shared.decide() {
                Cut::Not => {}
                Cut::Before => return Ok(()),
                Cut::After => doomed.store(true, Ordering::SeqCst),
            }
        }
        server.write_all(words)?;
    }
}

/// What PostgreSQL says. The next words after a doomed COMMIT are its answer.
fn answer(mut server: &TcpStream, mut client: &TcpStream, doomed: &AtomicBool) -> io::Result<()> {
    let mut heard = [0; 64 * 1_024];
    loop {
        let length = server.read(&mut heard)?;
        if length == 0 || doomed.load(Ordering::SeqCst) {
            return Ok(());
        }
        client.write_all(&heard[..length])?;
    }
}

fn close(one: &TcpStream, other: &TcpStream) {
    let _ = (one.shutdown(Shutdown::Both), other.shutdown(Shutdown::Both));
}
