//! A company to look at: the coffee roasters of Ladoga, their customers, and a month of letters to them.
//!
//! What it has is made of tables and counting, without chance, at times that follow from now; so every start shows
//! the same company as if the month before had just passed. Past letters get the answers that real servers give,
//! and the engine's own rules ([`crate::delivery::retry`]) decide what became of each. All addresses are of domains
//! that RFC 2606 and RFC 6761 keep for examples, all phones of ranges that are given to nobody; and where letters or
//! SMS really leave, there is no demo.

mod answers;
mod article_texts;
mod articles;
mod drawing;
mod history;
mod ledger;
mod mailings;
mod others;
mod people;
mod plans;
mod recipients;
mod suppressed;
mod texts;

use chrono::{DateTime, Utc};
use contract::permissions::Role;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect};

use self::history::Rules;
use crate::app::App;
use crate::problem::ApiError;
use crate::recipients::entity as recipient;
use crate::sms::SmsSender;

/// One way in for each role.
#[derive(Clone, Debug)]
pub struct DemoSignIns(pub Vec<SignIn>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignIn {
    pub role: Role,
    pub email: &'static str,
    pub password: &'static str,
}

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demo is for the folder transport only: here letters would really leave")]
    Smtp,
    #[error("the demo is for captured SMS only: here they would really leave")]
    Sms,
    #[error("the demo company is there already")]
    AlreadyThere,
    #[error("the database has recipients already: the demo needs one without")]
    NotEmpty,
    #[error(transparent)]
    Failed(#[from] ApiError),
}

/// Fills a database without recipients, all or nothing.
pub async fn fill(app: &App) -> Result<DemoSignIns, DemoError> {
    if app.mail_servers.outbox().is_none() {
        return Err(DemoError::Smtp);
    }
    if matches!(app.sms, SmsSender::SmsRu(_)) {
        return Err(DemoError::Sms);
    }
    refuse_if_filled(app.database.read()).await?;
    let now = app.clock.now();
    let accounts = people::prepare(app).await?;
    let others = others::prepare(app).await?;
    let pictures = articles::prepare(app).await?;
    // One long write, against the custom: nothing else is going on yet, and half a company would be no use.
    let tx = app.database.write().await.map_err(ApiError::from)?;
    refuse_if_filled(&tx).await?;
    let staff = people::insert(&tx, accounts, now).await?;
    others::insert(&tx, others, &staff, now).await?;
    company(app, &tx, &staff, now).await?;
    articles::insert(&tx, &staff, pictures, now).await?;
    tx.commit().await.map_err(ApiError::from)?;
    Ok(sign_ins())
}

/// How one signs in to the company that [`fill`] makes.
pub fn sign_ins() -> DemoSignIns {
    DemoSignIns(people::sign_ins())
}

async fn company(
    app: &App,
    tx: &impl ConnectionTrait,
    staff: &people::Staff,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let customers = recipients::insert(tx, staff, now).await?;
    let messages = texts::insert(tx, staff, now).await?;
    let rules = Rules::of(app, now);
    let told = mailings::insert(tx, staff, &messages, &customers, &rules).await?;
    ledger::insert(tx, told, &app.config.mail.from.to_string()).await?;
    recipients::delete_leavers(tx, &customers).await
}

async fn refuse_if_filled(db: &impl ConnectionTrait) -> Result<(), DemoError> {
    let is_there = async {
        let anybody = recipient::Entity::find().limit(1).one(db).await?.is_some();
        Ok::<_, DbErr>((anybody, anybody && people::are_there(db).await?))
    };
    match is_there.await.map_err(ApiError::from)? {
        (_, true) => Err(DemoError::AlreadyThere),
        (true, false) => Err(DemoError::NotEmpty),
        (false, false) => Ok(()),
    }
}
