//! A test SMS: the SMS text of a message, really sent, to the checked phone of whoever asks for it.

use std::time::Duration;

use contract::messages::TestSmsResult;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use contract::sms::SmsLength;
use sea_orm::EntityTrait;

use super::render::{self, Person};
use super::service;
use crate::accounts::entity as account;
use crate::app::App;
use crate::http::caller::CurrentUser;
use crate::limits::{self, Limit};
use crate::problem::ApiError;
use crate::sms::SmsVerdict;

/// Each is paid for: five at once, then one in ten minutes.
const PERSON: Limit = Limit::new("test SMS, person", 5, Duration::from_secs(600));

/// Sends the SMS text to the caller's own phone and tells what the SMS service said.
pub async fn send(app: &App, user: &CurrentUser, id: i64) -> Result<TestSmsResult, ApiError> {
    if !app.sms.is_on() {
        return Err(ApiError::NotFound);
    }
    let db = app.database.read();
    let message = service::find_visible(db, user, id).await?;
    let text = message.sms_text.ok_or_else(no_sms_text)?;
    let account = account::Entity::find_by_id(user.id).one(db).await?;
    let phone = account.and_then(|account| {
        let is_checked = account.phone_verified_at.is_some();
        account.phone.filter(|_| is_checked)
    });
    let phone = phone.ok_or(ApiError::NoPhone)?;
    limits::take(app, &[(PERSON, &user.id.to_string())]).await?;
    let person = Person {
        full_name: &user.full_name,
        email: &user.email,
    };
    let text = render::text_for(&text, person);
    let answer = app.sms.send(&phone, &text).await;
    Ok(TestSmsResult {
        phone,
        accepted: answer.verdict == SmsVerdict::Accepted,
        code: answer.code,
        response: answer.words,
        length: SmsLength::of(&text),
    })
}

fn no_sms_text() -> ApiError {
    let error = FieldError::new(FieldCode::NoSmsText, "the message has no SMS text");
    FieldErrors::one("sms_text", error).into()
}
