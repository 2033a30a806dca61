//! How the servers stand, for who sends and for who looks.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use contract::mail_servers::{
    BreakerCause, BreakerCounts, BreakerState, BudgetView, MailServerDetails, MailServerList,
    MailServerView,
};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use super::breaker::Permission;
use super::budget::Used;
use super::entity::Entity;
use super::rows::{self, Row};
use super::{MailServer, MailServers};
use crate::app::App;

/// How a server stands, on this process's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub name: String,
    pub state: BreakerState,
    /// None if it was never used.
    pub since: Option<DateTime<Utc>>,
    /// When it may be tried, if it does not work. A dead worker's try is over at once.
    pub retry_at: Option<DateTime<Utc>>,
    pub cause: Option<BreakerCause>,
    /// Why it does not work, for staff: it may name an address.
    pub trouble: Option<String>,
    pub refused_in_a_row: u64,
    /// When its budget has room, if it has none now.
    pub free_at: Option<DateTime<Utc>>,
    pub budgets: Vec<Used>,
}

/// All servers, in the order of the settings. One query; read it at each pass.
pub async fn standings(
    db: &impl ConnectionTrait,
    servers: &MailServers,
) -> Result<Vec<Standing>, DbErr> {
    let models = Entity::find().all(db).await?;
    let mut models: HashMap<String, _> = models
        .into_iter()
        .map(|model| (model.name.clone(), model))
        .collect();
    let mut standings = Vec::new();
    for server in servers.iter() {
        let row = models
            .remove(&server.name)
            .map(|model| Row::read(server, model))
            .transpose()?;
        standings.push(Standing::of(db, server, row).await?);
    }
    Ok(standings)
}

/// What a person may know: the details are for those who see everything.
pub async fn list(app: &App, sees_everything: bool) -> Result<MailServerList, DbErr> {
    let views = async |servers: &MailServers| {
        let standings = standings(app.database.read(), servers).await?;
        let pairs = standings.into_iter().zip(servers.iter());
        let views = pairs.map(|(standing, server)| standing.view(server, sees_everything));
        Ok::<Vec<MailServerView>, DbErr>(views.collect())
    };
    let mut sms = views(&app.sms_service).await?;
    // One that was turned off is told of as long as it keeps messages waiting.
    sms.retain(|service| app.sms.is_on() || service.state != BreakerState::Closed);
    Ok(MailServerList {
        items: views(&app.mail_servers).await?,
        sms: sms.pop(),
    })
}

/// How the SMS service stands, if one is set up.
pub async fn sms_service(app: &App) -> Result<Option<BreakerState>, DbErr> {
    if !app.sms.is_on() {
        return Ok(None);
    }
    let mut standings = standings(app.database.read(), &app.sms_service).await?;
    Ok(standings.pop().map(|standing| standing.state))
}

/// How many servers are in each state.
pub async fn count_breakers(
    db: &impl ConnectionTrait,
    servers: &MailServers,
) -> Result<BreakerCounts, DbErr> {
    let mut counts = BreakerCounts::default();
    for standing in standings(db, servers).await? {
        match standing.state {
            BreakerState::Closed => counts.closed += 1,
            BreakerState::Open => counts.open += 1,
            BreakerState::HalfOpen => counts.half_open += 1,
        }
    }
    Ok(counts)
}

impl Standing {
    /// May a worker ask for letters now? If not, at [`Self::asks_again`] it may.
    pub fn may_ask(&self, now: DateTime<Utc>) -> bool {
        let works = match self.state {
            BreakerState::Closed => true,
            BreakerState::Open | BreakerState::HalfOpen => self.is_due(now),
        };
        works && self.free_at.is_none_or(|free_at| free_at <= now)
    }

    /// When it is worth asking again, if that is known.
    pub fn asks_again(&self) -> Option<DateTime<Utc>> {
        self.retry_at.max(self.free_at)
    }

    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.retry_at.is_some_and(|retry_at| retry_at <= now)
    }

    pub(super) async fn of(
        db: &impl ConnectionTrait,
        server: &MailServer,
        row: Option<Row>,
    ) -> Result<Self, DbErr> {
        let name = server.name.clone();
        let Some(Row {
            breaker,
            spent,
            now,
        }) = row
        else {
            return Ok(Self {
                name,
                state: BreakerState::Closed,
                since: None,
                retry_at: None,
                cause: None,
                trouble: None,
                refused_in_a_row: 0,
                free_at: None,
                budgets: Vec::new(),
            });
        };
        let lives = rows::prober_lives(db, &breaker).await?;
        let is_orphaned = breaker.state == BreakerState::HalfOpen
            && breaker.permission(lives, now) == Permission::Probe;
        let retry_at = breaker.retry_at.or(is_orphaned.then_some(now));
        let here = |at: DateTime<Utc>| server.clock.here(at);
        let budgets = spent.used(server.limits, now).into_iter().map(|used| Used {
            free_at: used.free_at.map(here),
            ..used
        });
        Ok(Self {
            name,
            state: breaker.state,
            since: Some(here(breaker.since)),
            retry_at: retry_at.map(here),
            cause: breaker.cause,
            trouble: breaker.trouble,
            refused_in_a_row: breaker.refused.len() as u64,
            free_at: spent.free_at(server.limits, now).map(here),
            budgets: budgets.collect(),
        })
    }

    fn view(self, server: &MailServer, sees_everything: bool) -> MailServerView {
        let Self {
            name,
            state,
            since,
            retry_at,
            cause,
            trouble,
            refused_in_a_row,
            free_at,
            budgets,
        } = self;
        let details = sees_everything.then(|| MailServerDetails {
            cause,
            trouble,
            refused_in_a_row,
            connections: server.connections() as u64,
            weight: server.weight,
            budgets: budgets.into_iter().map(BudgetView::from).collect(),
        });
        MailServerView {
            name,
            state,
            since,
            retry_at,
            free_at,
            details,
        }
    }
}

impl From<Used> for BudgetView {
    fn from(used: Used) -> Self {
        let Used {
            per,
            limit,
            used,
            free_at,
        } = used;
        Self {
            per,
            limit,
            used,
            free_at,
        }
    }
}
