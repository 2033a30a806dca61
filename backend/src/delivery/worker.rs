//! One worker: a planner, a sender of letters, a sender of SMS, and a sender of notices under one presence.

use std::sync::Arc;
use std::time::Duration;

use contract::mailings::Channel;
use tokio_util::sync::CancellationToken;

use super::planner::{Planned, Planner};
use super::presence::{AbsentError, Presence};
use super::sender::{Sender, Sent};
use crate::app::App;
use crate::notices::sender::{NoticeSender, Told};
use crate::problem::ApiError;

/// How long a budget by the second keeps letters back.
const A_MOMENT: Duration = Duration::from_secs(1);

/// What one pass of a worker did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// What the service itself had to tell.
    pub told: Told,
    pub planned: Planned,
    pub sent: Sent,
}

impl Pass {
    pub fn is_idle(&self) -> bool {
        self.told.is_idle() && self.planned.is_idle() && self.sent.is_idle()
    }
}

/// Plans and sends when it is told to; it never decides when.
#[derive(Debug)]
pub struct Worker {
    pub presence: Arc<Presence>,
    pub planner: Planner,
    pub sender: Sender,
    /// Of mailings by SMS.
    pub sms_sender: Sender,
    pub notices: NoticeSender,
}

impl Worker {
    /// Enters as a worker. After `stop` it begins nothing more.
    pub async fn enter(app: App, stop: CancellationToken) -> Result<Self, AbsentError> {
        let presence = Arc::new(Presence::enter(app.clone()).await?);
        let sender = |channel| Sender::new(app.clone(), presence.clone(), stop.clone(), channel);
        Ok(Self {
            planner: Planner::new(app.clone(), presence.clone()),
            sender: sender(Channel::Email),
            sms_sender: sender(Channel::Sms),
            notices: NoticeSender::new(app, stop),
            presence,
        })
    }

    /// One pass: tells what is to be told, plans what is due, then sends what is due.
    pub async fn run_once(&mut self) -> Result<Pass, ApiError> {
        self.presence.beat_if_due().await?;
        let told = self.notices.pass().await?;
        let planned = self.planner.pass().await?;
        let sent = self.send().await?;
        Ok(Pass {
            told,
            planned,
            sent,
        })
    }

    /// Sends letters and SMS side by side.
    async fn send(&mut self) -> Result<Sent, ApiError> {
        let (letters, sms) = tokio::join!(self.sender.pass(), self.sms_sender.pass());
        Ok(letters?.and(sms?))
    }

    /// Passes until one finds nothing to do.
    pub async fn run_until_idle(&mut self) -> Result<(), ApiError> {
        loop {
            let pass = self.run_once().await?;
            if pass.is_idle() && !self.waits_for_server(pass.sent).await {
                return Ok(());
            }
        }
    }

    /// Plans and sends one run, and nothing else, until nothing of it is due.
    pub async fn run_only(&mut self, run_id: i64) -> Result<(), ApiError> {
        self.sender.only(run_id);
        self.sms_sender.only(run_id);
        loop {
            self.presence.beat_if_due().await?;
            let planned = self.planner.carry_on(run_id).await?;
            let sent = self.send().await?;
            if planned.is_idle() && sent.is_idle() && !self.waits_for_server(sent).await {
                return Ok(());
            }
        }
    }

    /// A mail server that will take letters again in a moment is waited for.
    async fn waits_for_server(&self, sent: Sent) -> bool {
        let wait = sent.asks_again.filter(|wait| *wait <= A_MOMENT);
        if let Some(wait) = wait {
            tokio::time::sleep(wait).await;
        }
        wait.is_some()
    }

    /// Leaves in order.
    pub async fn leave(self) -> Result<(), ApiError> {
        self.presence.leave().await
    }
}
