//! The background actor. It only decides when: the next pass is set when the last one has ended, so that passes
//! never overlap or pile up. Planning, sending letters and SMS, each lane of the service's own notices, and the upkeep
//! have a pace of their own; a slow mail server holds up no plan, and a mailing no confirmation.

use std::time::Duration;

use actix::prelude::*;
use tokio_util::sync::CancellationToken;

use super::planner::Planner;
use super::presence::Presence;
use super::sender::Sender;
use super::worker::Worker;
use crate::notices::lane::Lane;
use crate::notices::sender::NoticeSender;
use crate::notices::upkeep::Upkeep;

/// Runs a worker until it is stopped.
#[derive(Debug)]
pub struct WorkerActor {
    every: Duration,
    stop: CancellationToken,
    presence: std::sync::Arc<Presence>,
    planner: Planner,
    /// Of letters and of SMS; None while a pass has it.
    senders: [Option<Sender>; 2],
    /// Letters and SMS of the service itself; None while a pass has it.
    lanes: [Option<Lane>; 2],
    upkeep: Option<Upkeep>,
    /// How many of those that send have not ended yet. The last one leaves.
    sending: usize,
    has_left: Option<tokio::sync::oneshot::Sender<()>>,
}

impl WorkerActor {
    /// Starts the actor. The receiver hears when the worker has left in order after `stop`.
    pub fn start(
        worker: Worker,
        every: Duration,
        stop: CancellationToken,
    ) -> tokio::sync::oneshot::Receiver<()> {
        let (has_left, left) = tokio::sync::oneshot::channel();
        let Worker {
            presence,
            planner,
            sender,
            sms_sender,
            notices,
        } = worker;
        let NoticeSender {
            letters,
            sms,
            upkeep,
        } = notices;
        let actor = Self {
            every,
            stop,
            presence,
            planner,
            senders: [Some(sender), Some(sms_sender)],
            lanes: [Some(letters), Some(sms)],
            upkeep: Some(upkeep),
            sending: 4,
            has_left: Some(has_left),
        };
        Actor::start(actor);
        left
    }

    fn plan(&mut self, context: &mut Context<Self>) {
        if self.stop.is_cancelled() {
            return;
        }
        let (planner, presence) = (self.planner.clone(), self.presence.clone());
        let pass = async move {
            presence.beat_if_due().await?;
            planner.pass().await
        };
        context.spawn(pass.into_actor(self).map(|planned, actor, context| {
            let wait = match planned {
                Ok(planned) if !planned.is_idle() => Duration::ZERO,
                Ok(_) => actor.every,
                Err(error) => {
                    tracing::error!(%error, "planning failed; it is tried again");
                    actor.every
                }
            };
            context.run_later(wait, Self::plan);
        }));
    }

    fn send(&mut self, channel: usize, context: &mut Context<Self>) {
        let Some(mut sender) = self.senders[channel].take() else {
            return;
        };
        let pass = async move {
            let sent = sender.pass().await;
            (sender, sent)
        };
        let sent = pass.into_actor(self);
        context.spawn(sent.map(move |(sender, sent), actor, context| {
            actor.senders[channel] = Some(sender);
            let wait = match sent {
                Ok(_) if actor.stop.is_cancelled() => return actor.end_sending(context),
                Ok(sent) if !sent.is_idle() => Duration::ZERO,
                Ok(sent) => sent
                    .asks_again
                    .map_or(actor.every, |wait| wait.min(actor.every)),
                Err(error) => {
                    tracing::error!(%error, "sending failed; it is tried again");
                    actor.every
                }
            };
            context.run_later(wait, move |actor, context| actor.send(channel, context));
        }));
    }

    fn tell(&mut self, lane: usize, context: &mut Context<Self>) {
        let Some(mut sender) = self.lanes[lane].take() else {
            return;
        };
        let pass = async move {
            let told = sender.pass().await;
            (sender, told)
        };
        context.spawn(
            pass.into_actor(self)
                .map(move |(sender, told), actor, context| {
                    actor.lanes[lane] = Some(sender);
                    match told {
                        Ok(_) if actor.stop.is_cancelled() => return actor.end_sending(context),
                        Ok(_) => {}
                        Err(error) => {
                            tracing::error!(%error, "sending notices failed; it is tried again");
                        }
                    }
                    // A pass sends all that is due, so that there is nothing to hurry for.
                    context.run_later(actor.every, move |actor, context| actor.tell(lane, context));
                }),
        );
    }

    fn keep_up(&mut self, context: &mut Context<Self>) {
        let Some(mut upkeep) = self.upkeep.take() else {
            return;
        };
        let pass = async move {
            let kept = upkeep.pass_if_due().await;
            (upkeep, kept)
        };
        context.spawn(pass.into_actor(self).map(|(upkeep, kept), actor, context| {
            if let Err(error) = kept {
                tracing::error!(%error, "the upkeep failed; it is tried again");
            }
            actor.upkeep = Some(upkeep);
            if !actor.stop.is_cancelled() {
                context.run_later(actor.every, Self::keep_up);
            }
        }));
    }

    fn end_sending(&mut self, context: &mut Context<Self>) {
        self.sending -= 1;
        if self.sending == 0 {
            self.leave(context);
        }
    }

    fn leave(&mut self, context: &mut Context<Self>) {
        let presence = self.presence.clone();
        let leaving = async move { presence.leave().await };
        context.spawn(leaving.into_actor(self).map(|left, actor, context| {
            if let Err(error) = left {
                tracing::error!(%error, "the worker could not sign itself off; another one will");
            }
            if let Some(has_left) = actor.has_left.take() {
                let _ = has_left.send(());
            }
            context.stop();
        }));
    }
}

impl Actor for WorkerActor {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        self.plan(context);
        for channel in 0..self.senders.len() {
            self.send(channel, context);
        }
        for lane in 0..self.lanes.len() {
            self.tell(lane, context);
        }
        self.keep_up(context);
    }
}
