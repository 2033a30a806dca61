//! The command line: what `golub` can be told to do.

mod demo;
mod doctor;
mod send;
mod serve;
pub mod user;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{self, Config, LogFormat};
use crate::http;

/// The exit code for words that are not understood, as sysexits.h has it.
const USAGE: u8 = 64;

/// Golub, a self-hosted mailing service.
#[derive(Debug, Parser)]
#[command(name = "golub", version)]
struct Arguments {
    /// The file with settings; it need not exist.
    #[arg(long, global = true, default_value = "golub.toml")]
    config: PathBuf,
    /// The data folder, instead of the one in the settings.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the API and the page, and runs the worker beside them.
    Serve(serve::Serve),
    /// Runs the scheduler alone, until Ctrl+C.
    Worker,
    /// Sends now: one mailing, or everything that is due.
    Send(send::Send),
    /// Keeps accounts.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Brings the database up to date and ends.
    Migrate,
    /// Fills in a company to look at and prints how to sign in to it; never where letters really leave.
    Demo,
    /// Looks at settings, data folder, database, mail servers and workers, and says what is not right.
    Doctor(doctor::Doctor),
    /// Prints the API's description.
    Openapi,
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(USAGE)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let done = actix::System::new().block_on(execute(arguments));
    done.unwrap_or_else(|error| {
        eprintln!("golub: {error:#}");
        ExitCode::FAILURE
    })
}

async fn execute(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments {
        config,
        data,
        command,
    } = arguments;
    let (mut config, command) = match (config::load(&config), command) {
        (Ok(config), command) => (config, command),
        (Err(error), Command::Doctor(doctor)) => return Ok(doctor.without_settings(&error)),
        (Err(error), _) => return Err(error.into()),
    };
    if let Some(data) = data {
        config.data = data;
    }
    log_to_stderr(&config)?;
    match command {
        Command::Serve(serve) => serve.run(config).await?,
        Command::Worker => worker::run(config).await?,
        Command::Send(send) => {
            return Ok(send.run(config).await);
        }
        Command::User(command) => {
            user::run(&App::start(config, Clock::system()).await?, command).await?
        }
        Command::Migrate => {
            App::start(config, Clock::system()).await?;
        }
        Command::Demo => demo::run(&App::start(config, Clock::system()).await?).await?,
        Command::Doctor(doctor) => return doctor.run(&config).await,
        Command::Openapi => print!("{}", http::openapi::served().yaml()?),
    }
    Ok(ExitCode::SUCCESS)
}

/// Standard output is for answers.
fn log_to_stderr(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log.filter)?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match config.log.format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}
