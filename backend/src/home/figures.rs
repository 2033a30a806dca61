//! How many mailings, running ones and recipients there are in the whole service.
//!
//! Different addresses among a million recipients take a moment to count: of all who ask within a minute one waits
//! for it, or those who come while it is counted.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contract::mailings::MailingStatus;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use tokio::sync::Mutex;

use crate::app::App;
use crate::database::count;
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::problem::ApiError;
use crate::recipients::entity as recipient;

const FRESH_FOR: TimeDelta = TimeDelta::seconds(60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub mailings: u64,
    pub running: u64,
    pub unique_recipients: u64,
}

/// The figures that were counted last, if they were.
#[derive(Clone, Debug, Default)]
pub struct KeptFigures(Arc<Mutex<Option<Counted>>>);

#[derive(Clone, Copy, Debug)]
struct Counted {
    figures: Figures,
    /// They hold until then.
    until: DateTime<Utc>,
}

impl KeptFigures {
    /// The figures, and until when they hold.
    pub async fn get(&self, app: &App) -> Result<(Figures, DateTime<Utc>), ApiError> {
        let mut kept = self.0.lock().await;
        let now = app.clock.now();
        if let Some(counted) = *kept
            && now < counted.until
        {
            return Ok((counted.figures, counted.until));
        }
        let figures = counted(app.database.read()).await?;
        let until = now + FRESH_FOR;
        *kept = Some(Counted { figures, until });
        Ok((figures, until))
    }
}

async fn counted(db: &impl ConnectionTrait) -> Result<Figures, DbErr> {
    let running = mailing::Entity::find()
        .filter(mailing::Column::Status.eq(StatusWord::from(MailingStatus::Running)));
    Ok(Figures {
        mailings: count::exact(db, mailing::Entity::find()).await?,
        running: count::exact(db, running).await?,
        unique_recipients: addresses(db).await?,
    })
}

/// Counted through an index that has them in order.
async fn addresses(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let different = Query::select()
        .distinct()
        .column(recipient::Column::EmailKey)
        .from(recipient::Entity)
        .to_owned();
    let count = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), "addresses")
        .from_subquery(different, "different")
        .to_owned();
    let row = db.query_one(&count).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "addresses"))?;
    Ok(u64::try_from(count).unwrap_or(0))
}
