//! Figures of all letters of a person, or of the service.

use contract::statistics::Statistics;

use super::period::{Period, PeriodQuery};
use super::sums;
use super::whose::{Whose, WhoseQuery};
use crate::app::App;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

pub async fn totals(
    app: &App,
    user: &CurrentUser,
    whose: WhoseQuery,
    period: PeriodQuery,
) -> Result<Statistics, ApiError> {
    let whose = Whose::asked(whose, user)?;
    let period = Period::asked(period)?;
    let db = &app.database.snapshot().await?;
    let (figures, answers) = sums::of(db, &whose.target(), period).await?;
    Ok(Statistics {
        from: period.from(),
        to: period.to(),
        figures,
        answers,
    })
}
