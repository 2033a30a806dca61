//! The phone check: a code goes to a number, and comes back from whoever has the phone.
//!
//! A number becomes the account's when its code has come back, and not before. The code is derived from the check's
//! row and the service's secret, so that it lies nowhere; it works once, for ten minutes, and five wrong ones end the
//! check. How many codes are sent is limited per person and per number: they cost money, and a phone may be a
//! stranger's.

pub mod entity;
pub mod routes;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::accounts::phone::{
    NewPhone, PHONE_CODE_DIGITS, Phone, PhoneCheckState, PhoneCheckView, PhoneCode,
};
use contract::audit::Act;
use contract::notices::NoticeKind;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, Set,
};

use self::entity::{ActiveModel, Column, Entity, Model};
use crate::accounts::entity as user;
use crate::accounts::tokens::{self, Tokens};
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::http::caller::CurrentUser;
use crate::limits::{self, Limit};
use crate::notices::entity::{Model as NoticeRow, StateWord};
use crate::notices::{self, Addressee, Notice, queue};
use crate::problem::ApiError;
use crate::sms::SmsVerdict;

/// How long a code is taken (OWASP ASVS 6.5.5).
const CODE_FOR: Duration = Duration::from_secs(600);
/// So many wrong codes end a check.
const TRIES: u32 = 5;
const DAY: Duration = Duration::from_secs(24 * 3600);

const PERSON_MINUTE: Limit = Limit::new("phone code, person", 1, Duration::from_secs(60));
/// Five at once, then one a day: never more than five in a day.
const PERSON_DAY: Limit = Limit::new("phone code, person in a day", 5, DAY);
const NUMBER_DAY: Limit = Limit::new("phone code, number in a day", 5, DAY);

/// Begins a check and sends its code. One that was under way ends.
pub async fn begin(
    app: &App,
    caller: &CurrentUser,
    new: NewPhone,
) -> Result<PhoneCheckView, ApiError> {
    if !app.sms.is_on() {
        return Err(ApiError::NotFound);
    }
    let phone = Phone::parse(&new.phone).map_err(|error| FieldErrors::one("phone", error))?;
    limits::take(app, &limits_of(&caller.id.to_string(), phone.as_str())).await?;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let person = find_person(&tx, caller).await?;
    forget(&tx, person.id).await?;
    let check = ActiveModel {
        user_id: Set(person.id),
        phone: Set(phone.as_str().to_owned()),
        nonce: Set(tokens::random_text()?),
        tries: Set(0),
        created_at: Set(now),
        expires_at: Set(now + CODE_FOR),
        ..Default::default()
    };
    let check = check.insert(&tx).await?;
    let to = Addressee {
        address: check.phone.clone(),
        ..Addressee::from(&person)
    };
    let notice = Notice::PhoneCode { check_id: check.id };
    let notice = notices::tell(&tx, to, &notice, now).await?;
    tx.commit().await?;
    view(app, check, Some(&notice)).await
}

/// The check that is under way.
pub async fn under_way(app: &App, caller: &CurrentUser) -> Result<PhoneCheckView, ApiError> {
    let db = app.database.read();
    let check = Entity::find()
        .filter(Column::UserId.eq(caller.id))
        .filter(open(app.clock.now()))
        .order_by_desc(Column::Id)
        .one(db)
        .await?
        .ok_or(ApiError::NotFound)?;
    let notice = queue::newest(db, caller.id, NoticeKind::PhoneCode).await?;
    view(app, check, notice.as_ref()).await
}

/// Takes the code back: the number is the account's.
pub async fn confirm(app: &App, caller: &CurrentUser, given: PhoneCode) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let check = try_once(&tx, caller.id, now).await?;
    if !is_right(&app.tokens, &check, &given.code)? {
        // The try stays spent.
        tx.commit().await?;
        return Err(wrong_code(TRIES.saturating_sub(tries(&check))));
    }
    let Model { phone, .. } = check;
    forget(&tx, caller.id).await?;
    let person = find_person(&tx, caller).await?;
    keep(&tx, person.id, Some((phone, now)), now).await?;
    let entry = Entry::of_account(Act::PhoneVerified, person.into());
    audit::record(&tx, &Actor::from(caller), entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the number off the account, and ends a check that is under way.
pub async fn remove(app: &App, caller: &CurrentUser) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    forget(&tx, caller.id).await?;
    let person = find_person(&tx, caller).await?;
    if person.phone.is_some() {
        keep(&tx, person.id, None, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A check whose code is still taken.
pub async fn open_check(app: &App, id: i64) -> Result<Option<Model>, ApiError> {
    Ok(Entity::find_by_id(id)
        .filter(open(app.clock.now()))
        .one(app.database.read())
        .await?)
}

/// The code of a check.
pub fn code(tokens: &Tokens, check: &Model) -> Result<String, ApiError> {
    let proof = tokens.keyed_hash("phone code", &format!("{}\0{}", check.id, check.nonce));
    let bytes = URL_SAFE_NO_PAD.decode(proof).map_err(ApiError::ours)?;
    let number = bytes
        .iter()
        .take(16)
        .fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    // Of 128 bits the remainder favours no code that anybody could tell.
    let code = number % 10_u128.pow(PHONE_CODE_DIGITS as u32);
    Ok(format!("{code:0width$}", width = PHONE_CODE_DIGITS))
}

/// Takes away checks that have expired.
pub async fn sweep(app: &App) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(app.clock.now()))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Spends one try of the check under way, before the code is looked at: nobody has more of them by trying at once.
async fn try_once(
    tx: &impl ConnectionTrait,
    user_id: i64,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let spent = Entity::update_many()
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::UserId.eq(user_id))
        .filter(open(now))
        .exec_with_returning(tx)
        .await?;
    spent.into_iter().next().ok_or(ApiError::NoPhoneCheck)
}

/// It takes as long wherever the two differ.
fn is_right(tokens: &Tokens, check: &Model, given: &str) -> Result<bool, ApiError> {
    let given: String = given.split_whitespace().collect();
    let hash = tokens.keyed_hash("phone code given", &given);
    Ok(tokens.is_keyed_hash(&hash, "phone code given", &code(tokens, check)?))
}

/// A number and since when it is known to be theirs; or none.
async fn keep(
    tx: &impl ConnectionTrait,
    user_id: i64,
    phone: Option<(String, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (phone, verified_at) = phone.unzip();
    user::Entity::update_many()
        .set(user::ActiveModel {
            phone: Set(phone),
            phone_verified_at: Set(verified_at),
            updated_at: Set(now),
            ..Default::default()
        })
        .col_expr(
            user::Column::Version,
            Expr::col(user::Column::Version).add(1),
        )
        .filter(user::Column::Id.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}

async fn forget(tx: &impl ConnectionTrait, user_id: i64) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}

async fn find_person(
    tx: &impl ConnectionTrait,
    caller: &CurrentUser,
) -> Result<user::Model, ApiError> {
    user::Entity::find_by_id(caller.id)
        .one(tx)
        .await?
        .ok_or(ApiError::SignedOut)
}

fn open(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::ExpiresAt.gt(now))
        .add(Column::Tries.lt(i64::from(TRIES)))
}

fn limits_of<'a>(person: &'a str, number: &'a str) -> [(Limit, &'a str); 3] {
    [
        (PERSON_MINUTE, person),
        (PERSON_DAY, person),
        (NUMBER_DAY, number),
    ]
}

fn tries(check: &Model) -> u32 {
    u32::try_from(check.tries).unwrap_or(u32::MAX)
}

async fn view(
    app: &App,
    check: Model,
    notice: Option<&NoticeRow>,
) -> Result<PhoneCheckView, ApiError> {
    let person = check.user_id.to_string();
    let again_at = limits::next_at(app, &limits_of(&person, &check.phone)).await?;
    let tries_left = TRIES.saturating_sub(tries(&check));
    let Model {
        id: _,
        user_id: _,
        phone,
        nonce: _,
        tries: _,
        created_at: _,
        expires_at,
    } = check;
    Ok(PhoneCheckView {
        phone,
        state: state(notice),
        expires_at,
        tries_left,
        again_at,
    })
}

/// Where the code is, by what became of its notice.
fn state(notice: Option<&NoticeRow>) -> PhoneCheckState {
    let Some(notice) = notice else {
        return PhoneCheckState::Failed;
    };
    let verdict = notice.code.map(SmsVerdict::of_code);
    match (notice.state, verdict) {
        (StateWord::Sent, _) => PhoneCheckState::Sent,
        (StateWord::Failed, Some(SmsVerdict::Refused)) => PhoneCheckState::NumberRefused,
        // It is tried again, but nobody should wait: an administrator has to act first.
        (StateWord::Queued, Some(SmsVerdict::Misconfigured)) => PhoneCheckState::Failed,
        (StateWord::Queued, _) => PhoneCheckState::Sending,
        (StateWord::Failed | StateWord::Dropped, _) => PhoneCheckState::Failed,
    }
}

fn wrong_code(tries_left: u32) -> ApiError {
    let error = FieldError {
        limit: Some(u64::from(tries_left)),
        ..FieldError::new(FieldCode::WrongCode, "is not the code that was sent")
    };
    FieldErrors::one("code", error).into()
}
