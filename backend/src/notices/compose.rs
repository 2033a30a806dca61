//! From a notice to what is sent: who reads it, in which language, and what it says.
//!
//! Links are made here, from the service's own address alone, never from a request's. What has lost its meaning since
//! it was told (a link that was taken or has expired, an account that is gone) is sent to nobody.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use contract::accounts::Language;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::Notice;
use super::entity::Model;
use super::layout::{self, Sender};
use super::texts::{self, Deed, Link, Matter, Moment, Talk};
use crate::accounts::email_change::entity as email_change;
use crate::accounts::entity as user;
use crate::accounts::invitations::entity as invitation;
use crate::accounts::limits;
use crate::accounts::links;
use crate::accounts::passwords;
use crate::accounts::phone;
use crate::accounts::sign_up;
use crate::app::App;
use crate::mail::{Letter, LetterDraft, LetterError};
use crate::problem::ApiError;

/// Where the page shows one's API tokens.
const API_TOKENS: &str = "profile/tokens";

/// What is sent, and until when that makes sense.
#[derive(Clone, Debug)]
pub struct Composed {
    pub what: What,
    pub useful_until: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug)]
pub enum What {
    Letter(Box<Letter>),
    /// A letter to an address that does not work.
    Unfit(LetterError),
    Sms {
        to: String,
        text: String,
    },
}

/// Writes what a notice tells; none where it has nobody to go to any more.
pub async fn compose(app: &App, notice: &Model) -> Result<Option<Composed>, ApiError> {
    let told: Notice = serde_json::from_str(&notice.subject).map_err(ApiError::ours)?;
    let reader = Reader::of(app, notice).await?;
    match &told {
        Notice::PhoneCode { check_id } => sms(app, notice, &reader, *check_id).await,
        told => letter(app, notice, reader, told).await,
    }
}

/// Who reads it.
struct Reader {
    user: Option<user::Model>,
    address: String,
    language: Language,
}

impl Reader {
    async fn of(app: &App, notice: &Model) -> Result<Self, ApiError> {
        let user = match notice.user_id {
            Some(id) => {
                let find = user::Entity::find_by_id(id);
                find.one(app.database.read()).await?
            }
            None => None,
        };
        Ok(Self {
            language: match &user {
                Some(user) => user.language.into(),
                None => notice.language.into(),
            },
            address: notice.address.clone(),
            user,
        })
    }

    /// An account that was looked up by an address.
    fn found(user: user::Model) -> Self {
        Self {
            language: user.language.into(),
            address: user.email.clone(),
            user: Some(user),
        }
    }

    /// The name to speak to them by. Not before the address is confirmed to be theirs: otherwise anybody could have
    /// the service write to a stranger whatever they call a name.
    fn name(&self) -> &str {
        match &self.user {
            Some(user) if user.confirmed_at.is_some() && user.email == self.address => {
                &user.full_name
            }
            _ => "",
        }
    }

    fn moment(&self, at: DateTime<Utc>) -> Moment {
        let zone = self.user.as_ref().map(|user| user.time_zone.parse());
        let zone = zone.and_then(Result::ok).unwrap_or(Tz::UTC);
        Moment { at, zone }
    }
}

async fn sms(
    app: &App,
    notice: &Model,
    reader: &Reader,
    check_id: i64,
) -> Result<Option<Composed>, ApiError> {
    let Some(check) = phone::open_check(app, check_id).await? else {
        return Ok(None);
    };
    let code = phone::code(&app.tokens, &check)?;
    let text = texts::phone_code(reader.language, &app.config.instance.name, &code);
    Ok(Some(Composed {
        what: What::Sms {
            to: notice.address.clone(),
            text,
        },
        useful_until: Some(check.expires_at),
    }))
}

async fn letter(
    app: &App,
    notice: &Model,
    reader: Reader,
    told: &Notice,
) -> Result<Option<Composed>, ApiError> {
    let Some((reader, matter, useful_until)) = matter(app, notice, reader, told).await? else {
        return Ok(None);
    };
    let instance = app.config.instance.name.as_str();
    let talk = Talk {
        instance,
        name: reader.name(),
    };
    let words = texts::words(reader.language, talk, &matter);
    let home = url(app, "");
    let sender = Sender {
        instance,
        tones: &app.instance.palette.light,
        url: &home,
        reason: texts::reason(reader.language),
    };
    let from = &app.config.mail.from;
    // The same for each try, so that one that comes twice can be recognised. The instant is in it because ids begin
    // anew when somebody begins with an empty database.
    let message_id = format!(
        "notice.{}.{:x}@{}",
        notice.id,
        notice.created_at.timestamp_micros(),
        from.address.domain()
    );
    let draft = LetterDraft {
        from,
        reply_to: None,
        to_email: &reader.address,
        to_name: "",
        // A name that somebody typed may be in it, and a line break in that would break the header.
        subject: &words.subject.replace(char::is_control, " "),
        text: &layout::text(&words, sender),
        html: Some(&layout::html(&words, sender, reader.language.code())),
        message_id: &message_id,
        date: app.clock.now(),
    };
    let what = match draft.build_automatic() {
        Ok(letter) => What::Letter(Box::new(app.signer.sign(letter))),
        Err(error) => What::Unfit(error),
    };
    Ok(Some(Composed { what, useful_until }))
}

/// What a letter is about, to whom, and until when that makes sense.
type Facts = (Reader, Matter, Option<DateTime<Utc>>);

async fn matter(
    app: &App,
    notice: &Model,
    reader: Reader,
    told: &Notice,
) -> Result<Option<Facts>, ApiError> {
    let happened = reader.moment(notice.created_at);
    let deed = |client: &String| Deed {
        client: client.clone(),
        at: happened,
    };
    let matter = match told {
        Notice::ConfirmAddress { link_id } => {
            return by_link(app, reader, *link_id, |_, link| {
                Matter::ConfirmAddress(link)
            })
            .await;
        }
        Notice::SignUpAgain { link_id } => {
            return by_link(app, reader, *link_id, |_, link| Matter::SignUpAgain(link)).await;
        }
        Notice::PasswordLink { link_id } => {
            let wrap = |user: &user::Model, link| Matter::PasswordLink {
                link,
                first: user.password_hash.is_empty(),
            };
            return by_link(app, reader, *link_id, wrap).await;
        }
        Notice::EmailChangePresent { link_id } | Notice::EmailChangeNew { link_id } => {
            return email_change(app, reader, told, *link_id).await;
        }
        Notice::ConfirmAddressAgain => {
            let tx = app.database.write().await?;
            let found = sign_up::resolve_again(app, &tx, &notice.address).await?;
            tx.commit().await?;
            return Ok(found.map(|(user, link)| resolved(app, user, &link, Matter::ConfirmAddress)));
        }
        Notice::PasswordReset => {
            let tx = app.database.write().await?;
            let found = passwords::reset::resolve(app, &tx, &notice.address).await?;
            tx.commit().await?;
            return Ok(found.map(|(user, link)| resolved(app, user, &link, Matter::PasswordReset)));
        }
        Notice::Invitation { invited_by } => {
            return invited(app, reader, invited_by.clone()).await;
        }
        Notice::AlreadySignedUp => Matter::AlreadySignedUp {
            sign_in: url(app, "sign-in"),
        },
        Notice::PasswordChanged { client, api_tokens } => Matter::PasswordChanged {
            deed: deed(client),
            api_tokens: *api_tokens,
            page: url(app, API_TOKENS),
        },
        Notice::EmailChanged { email } => Matter::EmailChanged {
            email: email.clone(),
            at: happened,
        },
        Notice::SecondFactorOn { client } => Matter::SecondFactorOn(deed(client)),
        Notice::SecondFactorOff { client } => Matter::SecondFactorOff(deed(client)),
        Notice::RecoveryCodeUsed { client, left } => Matter::RecoveryCodeUsed {
            deed: deed(client),
            left: *left,
        },
        Notice::ApiTokenMade { name, client } => Matter::ApiTokenMade {
            token: name.clone(),
            deed: deed(client),
            page: url(app, API_TOKENS),
        },
        Notice::ApiTokensDeleted { count } => Matter::ApiTokensDeleted {
            count: *count,
            at: happened,
            page: url(app, API_TOKENS),
        },
        Notice::Blocked { reason } => Matter::Blocked {
            reason: reason.clone(),
        },
        Notice::Unblocked => Matter::Unblocked {
            sign_in: url(app, "sign-in"),
        },
        Notice::AccountDeleted => Matter::AccountDeleted,
        Notice::PhoneCode { .. } => return Ok(None),
    };
    Ok(Some((reader, matter, None)))
}

async fn by_link(
    app: &App,
    reader: Reader,
    link_id: i64,
    wrap: impl FnOnce(&user::Model, Link) -> Matter,
) -> Result<Option<Facts>, ApiError> {
    let Some(link) = open_link(app, link_id).await? else {
        return Ok(None);
    };
    let Some(user) = &reader.user else {
        return Ok(None);
    };
    let matter = wrap(user, to_follow(app, &reader, &link));
    Ok(Some((reader, matter, Some(link.expires_at))))
}

async fn email_change(
    app: &App,
    reader: Reader,
    told: &Notice,
    link_id: i64,
) -> Result<Option<Facts>, ApiError> {
    let Some(link) = open_link(app, link_id).await? else {
        return Ok(None);
    };
    let change = email_change::Entity::find_by_id(link.user_id)
        .one(app.database.read())
        .await?;
    let Some(email) = change.map(|change| change.email) else {
        return Ok(None);
    };
    let follow = to_follow(app, &reader, &link);
    let matter = match told {
        Notice::EmailChangePresent { .. } => Matter::EmailChangePresent {
            link: follow,
            email,
        },
        _ => Matter::EmailChangeNew {
            link: follow,
            email,
        },
    };
    Ok(Some((reader, matter, Some(link.expires_at))))
}

/// A stranger is written to: they have no account, and the one who invites is named.
async fn invited(app: &App, reader: Reader, invited_by: String) -> Result<Option<Facts>, ApiError> {
    let invitation = invitation::Entity::find()
        .filter(invitation::Column::EmailKey.eq(limits::address(&reader.address)))
        .filter(invitation::Column::ExpiresAt.gt(app.clock.now()))
        .one(app.database.read())
        .await?;
    let Some(invitation) = invitation else {
        return Ok(None);
    };
    let email = utf8_percent_encode(&reader.address, NON_ALPHANUMERIC);
    let link = Link {
        url: url(app, &format!("sign-up?email={email}")),
        until: reader.moment(invitation.expires_at),
    };
    let matter = Matter::Invitation { link, invited_by };
    Ok(Some((reader, matter, Some(invitation.expires_at))))
}

/// An account that was found by its address, with a link made for it.
fn resolved(
    app: &App,
    user: user::Model,
    link: &links::Model,
    wrap: impl FnOnce(Link) -> Matter,
) -> Facts {
    let reader = Reader::found(user);
    let matter = wrap(to_follow(app, &reader, link));
    (reader, matter, Some(link.expires_at))
}

async fn open_link(app: &App, id: i64) -> Result<Option<links::Model>, ApiError> {
    let link = links::entity::Entity::find_by_id(id)
        .one(app.database.read())
        .await?;
    Ok(link.filter(|link| link.expires_at > app.clock.now()))
}

fn to_follow(app: &App, reader: &Reader, link: &links::Model) -> Link {
    let page = match link.purpose {
        links::Purpose::Confirm => "confirm",
        links::Purpose::Password => "reset-password",
        links::Purpose::EmailPresent | links::Purpose::EmailNew => "confirm-email",
    };
    let token = links::token(&app.tokens, link);
    Link {
        url: url(app, &format!("{page}?token={token}")),
        until: reader.moment(link.expires_at),
    }
}

/// An address of the page, as the settings know the service.
fn url(app: &App, page: &str) -> String {
    let base = app.config.http.public_url.trim_end_matches('/');
    match page {
        "" => base.to_owned(),
        page => format!("{base}/{page}"),
    }
}
