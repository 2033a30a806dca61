//! `golub doctor`: is everything as it has to be? Exit code 0 if nothing is broken, 1 otherwise.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::doctor::{Finding, Health, examine, unreadable_settings, worst};

#[derive(Debug, Args)]
pub struct Doctor {
    /// Prints JSON, for programs that watch.
    #[arg(long)]
    json: bool,
    /// For how many seconds to listen to other workers, on PostgreSQL: one that lives is heard every 5.
    #[arg(long, default_value_t = 11)]
    listen: u64,
}

impl Doctor {
    pub async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let listen = Duration::from_secs(self.listen);
        Ok(self.tell(&examine(config, &Clock::system(), listen).await))
    }

    /// Without settings there is nothing else to look at.
    pub fn without_settings(self, error: &ConfigError) -> ExitCode {
        self.tell(&[unreadable_settings(error)])
    }

    fn tell(self, findings: &[Finding]) -> ExitCode {
        let worst = worst(findings);
        if self.json {
            println!("{}", json!({"health": worst, "findings": findings}));
        } else {
            print!("{}", page(findings));
        }
        match worst {
            Health::Broken => ExitCode::FAILURE,
            Health::Fine | Health::Unchecked | Health::Warning => ExitCode::SUCCESS,
        }
    }
}

/// One line for each finding.
fn page(findings: &[Finding]) -> String {
    let lines = findings.iter().map(
        |Finding {
             about,
             health,
             says,
         }| {
            let mark = match health {
                Health::Fine => "ok",
                Health::Unchecked => "?",
                Health::Warning => "warning",
                Health::Broken => "BROKEN",
            };
            format!("{mark:<8} {about:<16} {says}\n")
        },
    );
    lines.collect()
}
