//! The program that is measured: the release build as it is run, driven through its API and nothing else.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::store::Store;
use crate::{
    bench::http::{self, Client},
    ground::Ground,
    problem::{Outcome, Problem},
    process,
    services::{
        free_port,
        keeper::{Keeper, on_its_own},
        scratch, wait_for_port,
    },
};

const ADMIN: &str = "bench@golub.example";
const PASSWORD: &str = "eleven grey pigeons on a wire";
/// With a text part, an HTML part and all headers a letter of it has the 2 KB that smtp-source's have.
const SUBJECT: &str = "{{ full_name }}, the pigeons are back";
const BODY: &str = "Dear {{ full_name }},\n\nthe pigeons have come home from the hills, and on Saturday they will be \
    shown in the yard behind the old post office. **{{ full_name }}'s own bird** is among them.\n\nThere will be:\n\n\
    - bread and soup from noon\n- a race to the river at three\n- a talk on \
    [how letters used to fly](https://golub.example/letters)\n\nYour keeper of pigeons";
/// How long the program may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// Which parts of the program run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    Api,
    ApiAndWorker,
}

#[derive(Debug)]
pub struct Golub {
    pub api: Client,
    process: Child,
    _keeper: Keeper,
}

/// Builds the program as it is released.
pub fn build(ground: &Ground) -> Outcome<PathBuf> {
    process::run(
        ground
            .cargo()
            .args(["build", "--release", "--package=golub"]),
    )?;
    let name = format!("golub{}", std::env::consts::EXE_SUFFIX);
    Ok(ground.target().join("release").join(name))
}

impl Golub {
    /// Starts it with its default settings on this database, sending to this mail server.
    pub fn start(program: &PathBuf, store: &Store, mail: u16, part: Part) -> Outcome<Self> {
        let port = free_port()?;
        let mut command = Command::new(program);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GOLUB__")) {
            command.env_remove(name);
        }
        command
            .arg("serve")
            .args((part == Part::Api).then_some("--no-worker"))
            .current_dir(&store.folder)
            .env_remove("DATABASE_URL")
            .env("GOLUB__DATA", &store.folder)
            .env("GOLUB__DATABASE__URL", store.url())
            .env("GOLUB__HTTP__PORT", port.to_string())
            .env("GOLUB__ADMIN__EMAIL", ADMIN)
            .env("GOLUB__ADMIN__PASSWORD", PASSWORD)
            .env(
                "GOLUB__AUTH__SECRET",
                "for measuring only, and for nobody's letters",
            )
            // A million letters take longer than an access token holds.
            .env("GOLUB__AUTH__ACCESS_FOR", "1day")
            .env("GOLUB__MAIL__FROM", "Golub <golub@golub.example>")
            .env(
                "GOLUB__MAIL__SMTP_URL",
                format!("smtp://127.0.0.1:{mail}?tls=none"),
            )
            .env("GOLUB__LOG__FILTER", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        on_its_own(&mut command);
        let process = command
            .spawn()
            .map_err(|error| Problem::failed("starting golub", error))?;
        let keeper = Keeper::new(
            "kill -KILL $1",
            &[&process.id().to_string()],
            &scratch::folder("golub")?,
        )?;
        wait_for_port(port, PATIENCE)?;
        let mut api = Client::connect(port)?;
        api.sign_in(ADMIN, PASSWORD)?;
        Ok(Self {
            api,
            process,
            _keeper: keeper,
        })
    }

    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// A mailing to everybody, started by hand and paused before anything of it is planned.
    pub fn prepare(&mut self) -> Outcome<u64> {
        // A connection that nothing was asked over for some seconds is closed.
        self.api = self.api.another()?;
        let (subject, body) = (quoted(SUBJECT), quoted(BODY));
        let message = format!(r#"{{"subject":{subject},"body":{body}}}"#);
        let message: u64 = http::number(&self.api.ask("POST", "messages", &message)?, "id")?;
        let mailing = self.mailing(message)?;
        self.act(mailing, "pause")?;
        Ok(mailing)
    }

    /// Another one with the same message, which starts at once.
    pub fn another(&mut self) -> Outcome<u64> {
        self.mailing(1)
    }

    fn mailing(&mut self, message: u64) -> Outcome<u64> {
        let mailing = format!(
            r#"{{"message_id":{message},"audience":{{"all":true}},"starts_at":"2099-01-01T09:00:00Z","time_zone":"UTC"}}"#
        );
        let mailing = http::number(&self.api.ask("POST", "mailings", &mailing)?, "id")?;
        self.act(mailing, "send")?;
        Ok(mailing)
    }

    pub fn resume(&mut self, mailing: u64) -> Outcome<()> {
        self.act(mailing, "resume")
    }

    fn act(&mut self, mailing: u64, act: &str) -> Outcome<()> {
        self.api
            .ask("POST", &format!("mailings/{mailing}/{act}"), "")
            .map(drop)
    }

    /// The one run of a mailing, as the API tells of it.
    pub fn run(&mut self, mailing: u64) -> Outcome<String> {
        self.api.get(&format!("mailings/{mailing}/runs"))
    }

    /// Ends it in order, as a service manager does.
    pub fn stop(mut self) -> Outcome<()> {
        process::run(Command::new("kill").args(["-TERM", &self.pid().to_string()]))?;
        let begun = Instant::now();
        loop {
            match self.process.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => {
                    return Err(Problem::Failed(format!("golub ended with {status}")));
                }
                Ok(None) if begun.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20))
                }
                Ok(None) => return Err(Problem::Failed("golub does not end".into())),
                Err(error) => return Err(Problem::failed("waiting for golub", error)),
            }
        }
    }
}

/// A text as JSON; ours has no other character that JSON escapes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\n', "\\n"))
}
