//! What can be done with captured mail: looked at.

use contract::delivery::{CapturedLetter, CapturedLetterDetail};
use contract::listing::{DEFAULT_LIMIT, MAX_LIMIT, Page, TOTAL_CAP};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::mail::OutboxFolder;
use crate::mail::captured::{self, CapturedPage, OpenedLetter};
use crate::messages::views;
use crate::problem::ApiError;

/// Which captured letters to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CapturedQuery {
    /// Letters per page: 1 to 200, 50 if not given.
    pub limit: Option<u64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// A page of letters, the newest first.
pub async fn list(app: &App, query: CapturedQuery) -> Result<Page<CapturedLetter>, ApiError> {
    let outbox = outbox(app)?;
    let CapturedQuery { limit, after } = query;
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    let Some(limit) = usize::try_from(limit)
        .ok()
        .filter(|_| (1..=MAX_LIMIT).contains(&limit))
    else {
        let message = format!("must be 1 to {MAX_LIMIT}");
        let error = FieldError::new(FieldCode::OutOfRange, message);
        return Err(FieldErrors::one("limit", error).into());
    };
    let after = after.filter(|after| !after.is_empty());
    let CapturedPage {
        letters,
        next,
        total,
    } = captured::list(outbox, after, limit)
        .await
        .map_err(ApiError::ours)?;
    Ok(Page {
        items: letters,
        next,
        total: total.min(TOTAL_CAP),
        total_capped: total > TOTAL_CAP,
    })
}

/// One letter, with a link to its HTML that opens once.
pub async fn read(app: &App, id: String) -> Result<CapturedLetterDetail, ApiError> {
    let OpenedLetter {
        letter,
        from,
        reply_to,
        message_id,
        headers: _,
        text,
        html,
        source,
    } = captured::read(outbox(app)?, id)
        .await
        .map_err(ApiError::ours)?
        .ok_or(ApiError::NotFound)?;
    let html_url = match html {
        Some(html) => Some(views::keep(app, html).await?),
        None => None,
    };
    Ok(CapturedLetterDetail {
        letter,
        from,
        reply_to,
        message_id,
        text,
        html_url,
        source,
    })
}

/// Where letters or messages are kept, if any are.
fn outbox(app: &App) -> Result<&OutboxFolder, ApiError> {
    app.outbox().ok_or(ApiError::NotFound)
}
