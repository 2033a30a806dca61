//! The way out of somebody's mailings, without an account (RFC 8058).
//!
//! Each letter of a mailing carries a link of its own. Its token says who the recipient is and whose, signed with a
//! key derived from the service's secret: nothing is kept for it, so that a link works as long as the recipient is
//! there, however old its letter is. A GET changes nothing, since mail programs and scanners follow links; a POST
//! unsubscribes, without session and cookie, and twice is as good as once. Only the recipient takes it back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::address::Address;
use contract::unsubscribing::UnsubscribingView;
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::Sha256;

use super::entity::{Column, Entity};
use crate::accounts::entity as user;
use crate::accounts::tokens::Tokens;
use crate::app::App;
use crate::delivery::rules;
use crate::mail::Unsubscribe;
use crate::problem::ApiError;

/// What stands for an address that cannot be shown in part.
const HIDDEN: &str = "•••";
const PURPOSE: &str = "unsubscribing";
/// Of the signature so much travels: enough that nobody guesses it, short enough for a header.
const SIGNATURE_BYTES: usize = 16;

/// Makes and reads the links; cheap to keep for a run.
#[derive(Clone)]
pub struct WaysOut {
    key: [u8; 32],
    public_url: String,
}

/// Who wants out of whose letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub recipient_id: i64,
    pub owner_id: i64,
}

impl WaysOut {
    pub fn new(tokens: &Tokens, public_url: &str) -> Self {
        Self {
            key: tokens.derive(PURPOSE, ""),
            public_url: public_url.trim_end_matches('/').to_owned(),
        }
    }

    pub fn of(app: &App) -> Self {
        Self::new(&app.tokens, &app.config.http.public_url)
    }

    /// What a letter to this recipient says about it.
    pub fn for_letter(&self, addressee: Addressee) -> Unsubscribe {
        let (base, token) = (&self.public_url, self.token(addressee));
        Unsubscribe {
            url: format!("{base}/api/v1/unsubscribe/{token}"),
            // RFC 8058 3.1 asks for https.
            one_click: base.starts_with("https:"),
        }
    }

    /// Where a person chooses.
    pub fn page(&self, token: &str) -> String {
        format!("{}/unsubscribe?token={token}", self.public_url)
    }

    pub fn token(&self, addressee: Addressee) -> String {
        let signature = self.signature(addressee).finalize().into_bytes();
        let signature = URL_SAFE_NO_PAD.encode(&signature[..SIGNATURE_BYTES]);
        let Addressee {
            recipient_id,
            owner_id,
        } = addressee;
        format!("{recipient_id}.{owner_id}.{signature}")
    }

    /// Whom a token of ours is about.
    pub fn read(&self, token: &str) -> Option<Addressee> {
        let mut parts = token.splitn(3, '.');
        let mut id = || parts.next()?.parse::<i64>().ok().filter(|id| *id > 0);
        let addressee = Addressee {
            recipient_id: id()?,
            owner_id: id()?,
        };
        let signature = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        let is_ours = signature.len() == SIGNATURE_BYTES
            && self
                .signature(addressee)
                .verify_truncated_left(&signature)
                .is_ok();
        is_ours.then_some(addressee)
    }

    fn signature(&self, addressee: Addressee) -> Hmac<Sha256> {
        let Addressee {
            recipient_id,
            owner_id,
        } = addressee;
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        Hmac::<Sha256>::new_from_slice(&self.key)
            .expect("a key of any length")
            .chain_update(recipient_id.to_be_bytes())
            .chain_update(owner_id.to_be_bytes())
    }
}

impl std::fmt::Debug for WaysOut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("WaysOut(***)")
    }
}

/// How it stands, for the page that asks before anything happens.
pub async fn read(app: &App, token: &str) -> Result<UnsubscribingView, ApiError> {
    let addressee = addressee(app, token)?;
    let db = app.database.read();
    let recipient = Entity::find_by_id(addressee.recipient_id)
        .filter(Column::OwnerId.eq(addressee.owner_id))
        .one(db)
        .await?
        .ok_or(ApiError::NotFound)?;
    let owner = user::Entity::find_by_id(addressee.owner_id).one(db).await?;
    let sender_name = owner
        .map(|owner| owner.full_name)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| app.config.mail.from.name.clone());
    Ok(UnsubscribingView {
        email_masked: Address::parse(&recipient.email)
            .map_or_else(|_| HIDDEN.to_owned(), |address| address.masked()),
        sender_name,
        unsubscribed: recipient.unsubscribed_at.is_some(),
    })
}

/// No more letters. Those that are already with a sender are taken back.
pub async fn unsubscribe(app: &App, token: &str) -> Result<(), ApiError> {
    let addressee = addressee(app, token)?;
    set(app, addressee, Some(app.clock.now())).await
}

/// Letters again. What was skipped meanwhile stays so.
pub async fn subscribe_again(app: &App, token: &str) -> Result<(), ApiError> {
    let addressee = addressee(app, token)?;
    set(app, addressee, None).await
}

fn addressee(app: &App, token: &str) -> Result<Addressee, ApiError> {
    WaysOut::of(app).read(token).ok_or(ApiError::NotFound)
}

/// Whoever is gone gets no letters in any case. It is no edit: an owner who edits the recipient meanwhile loses nothing.
async fn set(app: &App, addressee: Addressee, at: Option<DateTime<Utc>>) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let other = match at {
        Some(_) => Column::UnsubscribedAt.is_null(),
        None => Column::UnsubscribedAt.is_not_null(),
    };
    let changed = Entity::update_many()
        .col_expr(Column::UnsubscribedAt, Expr::value(at))
        .filter(Column::Id.eq(addressee.recipient_id))
        .filter(Column::OwnerId.eq(addressee.owner_id))
        .filter(other)
        .exec(&tx)
        .await?;
    if changed.rows_affected > 0 && at.is_some() {
        rules::bump(&tx).await?;
    }
    tx.commit().await?;
    Ok(())
}
