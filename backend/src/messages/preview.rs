//! How a message will arrive, shown without sending it.

use contract::accounts::Language;
use contract::messages::{
    DraftPreviewRequest, Format, LetterPreview, NewMessage, PreviewRequest, SmsPreview,
};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use contract::sms::SmsLength;
use sea_orm::ConnectionTrait;

use super::render::{self, Filled, Person, Prepared};
use super::{service, views};
use crate::accounts::profile;
use crate::accounts::tokens;
use crate::app::App;
use crate::http::caller::CurrentUser;
use crate::mail::LetterDraft;
use crate::problem::ApiError;
use crate::recipients;

/// Whom a letter is shown for.
struct Reader {
    full_name: String,
    email: String,
}

/// A saved message, as a recipient would get it.
pub async fn of_message(
    app: &App,
    user: &CurrentUser,
    id: i64,
    request: PreviewRequest,
) -> Result<LetterPreview, ApiError> {
    let db = app.database.read();
    let message = service::find_visible(db, user, id).await?;
    let reader = reader(app, db, user, request.recipient_id).await?;
    shown(app, message.as_new(), &reader).await
}

/// A message that is being written.
pub async fn of_draft(
    app: &App,
    user: &CurrentUser,
    request: DraftPreviewRequest,
) -> Result<LetterPreview, ApiError> {
    let DraftPreviewRequest {
        subject,
        body,
        format,
        sms_text,
        recipient_id,
    } = request;
    let draft = NewMessage {
        subject,
        body,
        format,
        shared: false,
        sms_text,
    };
    let draft = draft.check()?;
    let reader = reader(app, app.database.read(), user, recipient_id).await?;
    shown(app, draft, &reader).await
}

/// A message filled in for one person. A long body takes its time, which no other request should wait for.
pub(super) async fn fill_in(
    subject: String,
    body: String,
    format: Format,
    full_name: String,
    email: String,
) -> Result<Filled, ApiError> {
    let nonce = tokens::random_text()?
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>();
    let filled = tokio::task::spawn_blocking(move || {
        let prepared = Prepared::new(&subject, &body, format, &nonce)?;
        Ok::<_, FieldErrors>(prepared.fill(Person {
            full_name: &full_name,
            email: &email,
        }))
    });
    Ok(filled.await.map_err(ApiError::ours)??)
}

async fn shown(app: &App, message: NewMessage, reader: &Reader) -> Result<LetterPreview, ApiError> {
    let NewMessage {
        subject,
        body,
        format,
        shared: _,
        sms_text,
    } = message;
    let Reader { full_name, email } = reader;
    let sms = sms_text.map(|text| sms(&text, Person { full_name, email }));
    let filled = fill_in(subject, body, format, full_name.clone(), email.clone());
    let Filled {
        subject,
        text,
        html,
    } = filled.await?;
    let letter = LetterDraft {
        from: &app.config.mail.from,
        reply_to: None,
        to_email: &reader.email,
        to_name: &reader.full_name,
        subject: &subject,
        text: &text,
        html: Some(&html),
        message_id: "preview@localhost",
        date: app.clock.now(),
    };
    let bytes = letter.build().map_err(ApiError::ours)?.bytes.len() as u64;
    Ok(LetterPreview {
        html_url: views::keep(app, html).await?,
        subject,
        text,
        bytes,
        sms,
    })
}

fn sms(text: &str, person: Person<'_>) -> SmsPreview {
    let text = render::text_for(text, person);
    SmsPreview {
        length: SmsLength::of(&text),
        text,
    }
}

/// The chosen recipient, or somebody made up in the caller's language.
async fn reader(
    app: &App,
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    recipient_id: Option<i64>,
) -> Result<Reader, ApiError> {
    let Some(id) = recipient_id else {
        let (me, _) = profile::me::read(app, user).await?;
        let full_name = match me.language {
            Language::En => "Anna Example",
            Language::Ru => "Анна Иванова",
        };
        return Ok(Reader {
            full_name: full_name.to_owned(),
            email: "anna@example.org".to_owned(),
        });
    };
    match recipients::service::find_visible(db, user, id).await {
        Ok(recipient) => Ok(Reader {
            full_name: recipient.full_name,
            email: recipient.email,
        }),
        Err(ApiError::NotFound) => {
            let error = FieldError::new(FieldCode::UnknownReference, "is no recipient of yours");
            Err(FieldErrors::one("recipient_id", error).into())
        }
        Err(error) => Err(error),
    }
}
