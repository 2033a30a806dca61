//! A test letter: a message, really sent, to whoever asks for it.

use std::time::Duration;

use contract::messages::TestLetterResult;

use super::render::Filled;
use super::{preview, service};
use crate::accounts::tokens;
use crate::app::App;
use crate::http::caller::CurrentUser;
use crate::mail::{Letter, LetterDraft, Mailbox, Reply, Trouble, Verdict};
use crate::problem::ApiError;

/// A person waits for the answer. The mail server may take longer, up to the mail timeouts: then its answer is lost.
const WAITS_FOR: Duration = Duration::from_secs(60);

/// Sends the message to the caller's own address and tells what the mail server said.
pub async fn send(app: &App, user: &CurrentUser, id: i64) -> Result<TestLetterResult, ApiError> {
    let message = service::find_visible(app.database.read(), user, id).await?;
    let message = message.as_new();
    let filled = preview::fill_in(
        message.subject,
        message.body,
        message.format,
        user.full_name.clone(),
        user.email.clone(),
    )
    .await?;
    let letter = letter(app, user, &filled)?;
    let answer = tokio::time::timeout(WAITS_FOR, hand_over(app, &letter)).await;
    let (accepted, smtp_code, response) = match answer {
        Ok(Ok(Ok(reply))) => (reply.verdict == Verdict::Accepted, reply.code, reply.text),
        Ok(Ok(Err(trouble))) => (false, trouble.code, trouble.to_string()),
        Ok(Err(error)) => return Err(error),
        Err(_) => (
            false,
            None,
            format!("no answer within {} seconds", WAITS_FOR.as_secs()),
        ),
    };
    Ok(TestLetterResult {
        email: user.email.clone(),
        accepted,
        smtp_code,
        response,
    })
}

fn letter(app: &App, user: &CurrentUser, filled: &Filled) -> Result<Letter, ApiError> {
    let from = &app.config.mail.from;
    let reply_to = Mailbox::new("", &user.email).ok();
    let message_id = format!("test.{}@{}", tokens::random_text()?, from.address.domain());
    let draft = LetterDraft {
        from,
        reply_to: reply_to.as_ref(),
        to_email: &user.email,
        to_name: &user.full_name,
        subject: &filled.subject,
        text: &filled.text,
        html: Some(&filled.html),
        message_id: &message_id,
        date: app.clock.now(),
    };
    let letter = draft.build().map_err(ApiError::ours)?;
    Ok(app.signer.sign(letter))
}

async fn hand_over(app: &App, letter: &Letter) -> Result<Result<Reply, Trouble>, ApiError> {
    let opened = app
        .mail_servers
        .any_open(app.database.read(), app.clock.now())
        .await?;
    let mut session = match opened {
        Ok(session) => session,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let reply = session.send(letter).await;
    session.close().await;
    Ok(Ok(reply))
}
