//! Fault 4: the mail server hangs, closes, answers nonsense, refuses or is slow, at each stage of a dialogue.
//!
//! Each trouble meets a mailing of its own, a few times; then the server behaves again. Several programs with a mail
//! server each are tried side by side, since most of this is waiting. Meanwhile the API must answer.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use crate::support::check::{Ended, Findings};
use crate::support::scale::{sized, whole};
use crate::support::sink::{Act, Stage};
use crate::support::wait::LONG;
use crate::support::{Place, Report, Settings, Sink, check, wait_until};

/// Programs side by side.
const LANES: usize = 4;
/// Letters of each mailing, and how often the trouble strikes it.
const LETTERS: usize = 30;
const TIMES: usize = 3;
/// No answer of the API takes longer, whatever the mail server does and however busy the machine is.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);

const STAGES: [Stage; 6] = [
    Stage::Greeting,
    Stage::Hello,
    Stage::Mail,
    Stage::Rcpt,
    Stage::Data,
    Stage::Dot,
];

#[derive(Clone, Debug)]
struct Trouble {
    stage: Stage,
    act: Act,
    /// Only after a letter of the same connection.
    in_the_middle: bool,
}

#[test]
fn a_mail_server_misbehaves_at_each_stage() {
    let all = troubles();
    let chosen: Vec<Trouble> = if whole() {
        all
    } else {
        all.into_iter().step_by(3).collect()
    };
    let mut report = Report::begin(
        4,
        "mail server hangs, closes, refuses, talks nonsense at each stage",
        "SQLite",
    );
    report.blows = chosen.len();
    let lanes: Vec<_> = (0..LANES)
        .map(|lane| {
            let troubles: Vec<Trouble> = chosen.iter().skip(lane).step_by(LANES).cloned().collect();
            thread::spawn(move || try_all(&troubles))
        })
        .collect();
    let mut found = Findings::default();
    let mut slowest = Duration::ZERO;
    for lane in lanes {
        let (some, answered) = lane.join().expect("a lane holds");
        found = found.and(some);
        slowest = Ord::max(slowest, answered);
    }
    let failed = found.by_state.get(&3).copied().unwrap_or(0);
    report.note(format!("{} troubles", chosen.len()));
    report.note(format!("{failed} refused for good"));
    report.note(format!(
        "slowest answer of the API {} ms",
        slowest.as_millis()
    ));
    report.end(&found);
    assert!(
        slowest < ANSWERED_WITHIN,
        "the API took {slowest:?} to answer"
    );
}

fn troubles() -> Vec<Trouble> {
    let say = |words: &str| Act::Say(words.as_bytes().to_vec());
    let mut all = Vec::new();
    for stage in STAGES {
        let acts = [
            Act::Hang,
            Act::Close,
            Act::Endless,
            Act::Drip(sized(Duration::from_secs(1), Duration::from_millis(200))),
            Act::Say(b"\xff\x00\x1b garbage, and no code\r\n".to_vec()),
            say("999 no such code\r\n"),
            Act::SayAndClose(b"421 4.3.2 going down\r\n".to_vec()),
            say("451 4.3.0 later\r\n"),
            say("554 5.7.1 no\r\n"),
            // Answers to what nobody has asked.
            say("250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n"),
        ];
        all.extend(acts.map(|act| Trouble {
            stage,
            act,
            in_the_middle: false,
        }));
    }
    let more = [
        (
            Stage::Greeting,
            say("220-welcome\r\n220-to\r\n220-this\r\n220 server\r\n"),
            false,
        ),
        (
            Stage::Mail,
            Act::SayAndClose(b"421 4.7.0 enough for today\r\n".to_vec()),
            true,
        ),
        (Stage::Rcpt, Act::Close, true),
        (Stage::Dot, Act::AcceptAndClose, false),
        (Stage::Dot, Act::AcceptAndHang, false),
        (Stage::Dot, Act::AcceptAndClose, true),
    ];
    all.extend(more.map(|(stage, act, in_the_middle)| Trouble {
        stage,
        act,
        in_the_middle,
    }));
    all
}

/// Tries them one after the other on one program. Gives the longest that the API took to answer, too.
fn try_all(troubles: &[Trouble]) -> (Findings, Duration) {
    let sink = Sink::start();
    let mut settings = Settings::sending_to(&sink)
        // Each mailing meets the server anew, from its greeting on, and more than once.
        .with("mail.idle_limit", "10ms")
        .with_raw("mail.letters_per_connection", "5")
        .with_raw("mail.connections", "4")
        .with("mail.timeouts.accepted", "2s");
    for step in ["connect", "greeting", "hello", "envelope", "data", "letter"] {
        settings = settings.with(&format!("mail.timeouts.{step}"), "700ms");
    }
    let place = Place::on_sqlite(settings);
    let mut golub = place.serve(true);
    let asking = Asking::begin(golub.address.expect("it serves"));
    let mut found = Findings::default();
    for trouble in troubles {
        let hits = strike(&sink, trouble.clone());
        let run = place.start_mailing(LETTERS);
        place.wait_until_finished(&run, &mut [&mut golub]);
        assert!(hits.load(Ordering::Relaxed) > 0, "{trouble:?} never struck");
        sink.behave_well();
        let some = check(&place, &run, &[&sink], Ended::Yes);
        let some = if trouble.stage == Stage::Dot {
            some
        } else {
            some.at_most_unknown(0).no_duplicates()
        };
        found = found.and(some.about(&format!("{trouble:?}")));
    }
    let slowest = asking.end();
    golub.stop(Place::STOP);
    (found, slowest)
}

/// Lets the trouble strike a few times. Counts how often it has.
fn strike(sink: &Sink, trouble: Trouble) -> Arc<AtomicUsize> {
    let hits = Arc::new(AtomicUsize::new(0));
    let counted = hits.clone();
    sink.behave(move |moment| {
        let is_it = moment.stage == trouble.stage && (moment.letter > 0 || !trouble.in_the_middle);
        if is_it && counted.fetch_add(1, Ordering::Relaxed) < TIMES {
            trouble.act.clone()
        } else {
            Act::Well
        }
    });
    hits
}

/// Asks whether the service is ready, again and again.
struct Asking {
    enough: Arc<AtomicBool>,
    asked: thread::JoinHandle<Duration>,
}

impl Asking {
    fn begin(address: SocketAddr) -> Self {
        let enough = Arc::new(AtomicBool::new(false));
        let told = enough.clone();
        let asked = thread::spawn(move || {
            let mut slowest = Duration::ZERO;
            while !told.load(Ordering::Relaxed) {
                slowest = Ord::max(slowest, ask(address));
                thread::sleep(Duration::from_millis(50));
            }
            slowest
        });
        Self { enough, asked }
    }

    fn end(self) -> Duration {
        self.enough.store(true, Ordering::Relaxed);
        self.asked.join().expect("every question was answered")
    }
}

fn ask(address: SocketAddr) -> Duration {
    let begun = Instant::now();
    let mut answer = String::new();
    let asked = TcpStream::connect(address).and_then(|mut stream| {
        stream.set_read_timeout(Some(LONG))?;
        stream.write_all(
            b"GET /api/v1/instance HTTP/1.1\r\nHost: golub\r\nConnection: close\r\n\r\n",
        )?;
        stream.read_to_string(&mut answer)
    });
    asked.expect("the API answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    begun.elapsed()
}

/// Nobody listens, or nobody takes the connection up.
#[test]
fn a_mail_server_cannot_be_connected_to() {
    let mut report = Report::begin(4, "mail server that cannot be connected to", "SQLite");
    // A server whose queue of connections is full answers to none.
    let (full, full_port) = bound();
    full.listen(0).expect("it listens");
    let address = SocketAddr::from(([127, 0, 0, 1], full_port));
    let mut queued = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
        queued.push(stream);
    }
    // One that does not listen refuses them.
    let (_refusing, refusing_port) = bound();
    let mut found = Findings::default();
    for port in [full_port, refusing_port] {
        let sink = Sink::start();
        let settings = Settings::sending_to(&sink)
            .with(
                "mail.smtp_url",
                &format!("smtp://127.0.0.1:{port}?tls=none"),
            )
            .with("mail.timeouts.connect", "700ms");
        let place = Place::on_sqlite(settings);
        let run = place.start_mailing(LETTERS);
        let mut away = place.worker();
        wait_until("the worker to notice", LONG, || {
            away.must_live();
            let log = away.log();
            let has_noticed = ["untried", "reach", "breaker"]
                .iter()
                .any(|word| log.contains(word));
            has_noticed.then_some(()).ok_or(log)
        });
        away.stop(Place::STOP);
        // The same letters, over a server that is there.
        let mut worker = place.worker_with(&[("GOLUB__MAIL__SMTP_URL", &sink.url())]);
        place.wait_until_finished(&run, &mut [&mut worker]);
        worker.stop(Place::STOP);
        report.blows += 1;
        found = found.and(check(&place, &run, &[&sink], Ended::Yes));
    }
    drop(queued);
    report.end(&found.at_most_unknown(0).no_duplicates());
}

/// A socket with a port that nobody else gets, and the port.
fn bound() -> (Socket, u16) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    socket.bind(&any.into()).expect("a port");
    let address = socket.local_addr().ok();
    let address = address.and_then(|address| address.as_socket());
    (socket, address.expect("its address").port())
}
