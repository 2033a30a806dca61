//! The log of attempts: the newest first.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use contract::delivery::{AttemptView, FailureClass, Outcome};
use contract::instance::AttemptLog;
use contract::listing::Page;
use contract::permissions::Permission;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, DerivePartialModel, EntityTrait, QueryFilter, QuerySelect,
    Select,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::entity::attempt::{Column, Entity, Model, OutcomeNumber};
use super::super::entity::class::ClassNumber;
use super::super::entity::{delivery, run};
use super::{code, found_among, mask, shown};
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::http::caller::CurrentUser;
use crate::mailings::entity::ChannelWord;
use crate::messages::render::{self, Person};
use crate::problem::ApiError;

/// The code of nearly every accepted letter.
const ACCEPTED: i16 = 250;

const SORTS: [Sort<Column>; 1] = [Sort {
    word: "at",
    column: Column::At,
}];

/// Which attempts to list, or to sum up.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AttemptFilter {
    /// Only those that ended so.
    pub outcome: Option<Outcome>,
    pub mailing_id: Option<i64>,
    pub run_id: Option<i64>,
    pub delivery_id: Option<i64>,
    /// Only those of this user's mailings.
    pub owner_id: Option<i64>,
    /// Only failures of this kind.
    pub class: Option<FailureClass>,
    /// Only those answered with this SMTP code, such as 550.
    pub code: Option<i16>,
    /// Not before this instant.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub to: Option<DateTime<Utc>>,
}

/// What the sums are narrowed by beside the filter: the list has it with its page.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AttemptSearch {
    /// Beginnings of words of the recipient's address, now or then, or of the name as it is now.
    pub search: Option<String>,
}

pub async fn list(
    app: &App,
    user: &CurrentUser,
    query: &ListQuery,
    filter: &AttemptFilter,
) -> Result<Page<AttemptView>, ApiError> {
    let db = app.database.read();
    let select = wanted(app, user, filter, query.search.as_deref()).await?;
    let mut rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
    let items = shown_to(db, user, std::mem::take(&mut rows.rows)).await?;
    Ok(rows.into_page(items))
}

/// These attempts as this person may see them, in the same order.
pub(super) async fn shown_to(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    rows: Vec<Model>,
) -> Result<Vec<AttemptView>, DbErr> {
    let owners = Owners::find(db, rows.iter().map(|row| row.owner_id)).await?;
    let letters = letters(db, &rows).await?;
    let phones = phones(db, &rows, &letters).await?;
    let confined_to = user.confined_to(Permission::SeeEverything);
    Ok(rows
        .into_iter()
        .map(|row| {
            let (title, subject) = match letters.get(&row.run_id) {
                Some(letter) => (letter.title.clone(), letter.subject.as_str()),
                None => Default::default(),
            };
            let owner = owners.of(row.owner_id);
            let phone = phones.get(&row.delivery_id).cloned();
            let masked = confined_to.is_some_and(|id| id != row.owner_id);
            let (row, phone) = if masked {
                (
                    masked_row(row, phone.as_deref()),
                    phone.map(|phone| mask::phone(&phone)),
                )
            } else {
                (row, phone)
            };
            let person = Person {
                full_name: &row.full_name,
                email: &row.email,
            };
            let subject = render::text_for(subject, person);
            AttemptView {
                id: row.id,
                delivery_id: row.delivery_id,
                run_id: row.run_id,
                mailing_id: row.mailing_id,
                mailing_title: title,
                number: shown(row.number),
                at: row.at,
                outcome: row.outcome.into(),
                class: row.class.map(Into::into),
                server: row.server,
                smtp_code: code(row.smtp_code),
                enhanced_code: row.enhanced_code,
                response: row.response,
                milliseconds: shown(row.milliseconds),
                recipient_email: row.email,
                recipient_phone: phone,
                subject,
                owner,
            }
        })
        .collect())
}

/// What is kept of an attempt for those whose recipient it was not.
fn masked_row(row: Model, phone: Option<&str>) -> Model {
    let full_name = if row.full_name.is_empty() {
        String::new()
    } else {
        mask::NAME.to_owned()
    };
    Model {
        response: mask::response(&row.response, phone.unwrap_or(&row.email)),
        email: mask::address(&row.email),
        full_name,
        ..row
    }
}

/// What is shown of a run with each of its attempts.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "run::Entity")]
struct LetterRow {
    id: i64,
    title: String,
    subject: String,
    channel: ChannelWord,
}

/// The runs that these belong to.
async fn letters(
    db: &impl ConnectionTrait,
    rows: &[Model],
) -> Result<HashMap<i64, LetterRow>, DbErr> {
    let ids: BTreeSet<i64> = rows.iter().map(|row| row.run_id).collect();
    let letters: Vec<LetterRow> = run::Entity::find()
        .filter(run::Column::Id.is_in(ids))
        .into_partial_model()
        .all(db)
        .await?;
    Ok(letters.into_iter().map(|row| (row.id, row)).collect())
}

/// The numbers that SMS among these went to, by delivery: there each of them stands once.
async fn phones(
    db: &impl ConnectionTrait,
    rows: &[Model],
    letters: &HashMap<i64, LetterRow>,
) -> Result<HashMap<i64, String>, DbErr> {
    let is_sms = |row: &&Model| {
        let letter = letters.get(&row.run_id);
        letter.is_some_and(|letter| letter.channel == ChannelWord::Sms)
    };
    let ids: BTreeSet<i64> = rows
        .iter()
        .filter(is_sms)
        .map(|row| row.delivery_id)
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let phones: Vec<(i64, Option<String>)> = delivery::Entity::find()
        .select_only()
        .columns([delivery::Column::Id, delivery::Column::Phone])
        .filter(delivery::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    let known = phones.into_iter();
    Ok(known.filter_map(|(id, phone)| Some((id, phone?))).collect())
}

/// The attempts this person may read, narrowed by filter and search.
pub(super) async fn wanted(
    app: &App,
    user: &CurrentUser,
    filter: &AttemptFilter,
    search: Option<&str>,
) -> Result<Select<Entity>, ApiError> {
    let AttemptFilter {
        outcome,
        mailing_id,
        run_id,
        delivery_id,
        owner_id,
        class,
        code,
        from,
        to,
    } = *filter;
    let mut select = Entity::find();
    let confined = user.confined_to(Permission::SeeEverything);
    let found = search.and_then(|text| letters_to(confined.or(owner_id), text));
    // A search would tell, letter by letter, the addresses that are masked: it goes through one's own alone.
    let confined =
        confined.filter(|_| found.is_some() || app.config.instance.attempt_log == AttemptLog::Own);
    for owner_id in [confined, owner_id].into_iter().flatten() {
        select = match of_owner(app, owner_id, filter).await? {
            // Not asked again of each attempt: the run's or the mailing's index would have to look each of them up.
            Some(true) => select,
            Some(false) => select.filter(Expr::cust("1 = 0")),
            // SQLite has no statistics: it would walk through all of the owner's rather than look up those letters.
            // The sum keeps it from that.
            None if found.is_some() || delivery_id.is_some() => {
                select.filter(Expr::col(Column::OwnerId).add(0).eq(owner_id))
            }
            None => select.filter(Column::OwnerId.eq(owner_id)),
        };
    }
    if let Some(found) = found {
        select = select.filter(found);
    }
    let ids = [
        (Column::MailingId, mailing_id),
        (Column::RunId, run_id),
        (Column::DeliveryId, delivery_id),
    ];
    for (column, id) in ids {
        if let Some(id) = id {
            select = select.filter(column.eq(id));
        }
    }
    if let Some(outcome) = outcome {
        if outcome != Outcome::Succeeded {
            // Written out, for the index of what went wrong: a bound value would not show that it fits.
            select = select.filter(Expr::cust("outcome <> 0"));
        }
        select = select.filter(Column::Outcome.eq(OutcomeNumber::from(outcome)));
    }
    if let Some(class) = class {
        select = select.filter(Column::Class.eq(ClassNumber::from(class)));
    }
    if let Some(code) = code {
        if code != ACCEPTED {
            // Written out, for the index of the other codes.
            select = select.filter(Expr::cust("smtp_code <> 250"));
        }
        select = select.filter(Column::SmtpCode.eq(code));
    }
    if let Some(from) = from {
        select = select.filter(Column::At.gte(keyset::instant("from", from)?));
    }
    if let Some(to) = to {
        select = select.filter(Column::At.lt(keyset::instant("to", to)?));
    }
    Ok(select)
}

/// Are the runs that the filter names this owner's? None if it names none.
async fn of_owner(app: &App, owner_id: i64, filter: &AttemptFilter) -> Result<Option<bool>, DbErr> {
    let named = match (filter.run_id, filter.mailing_id) {
        (Some(run_id), _) => run::Column::Id.eq(run_id),
        (None, Some(mailing_id)) => run::Column::MailingId.eq(mailing_id),
        (None, None) => return Ok(None),
    };
    let theirs: Option<i64> = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(named)
        .filter(run::Column::OwnerId.eq(owner_id))
        .limit(1)
        .into_tuple()
        .one(app.database.read())
        .await?;
    Ok(Some(theirs.is_some()))
}

/// A condition: of a letter to somebody who is found.
fn letters_to(owner_id: Option<i64>, text: &str) -> Option<SimpleExpr> {
    let known = found_among(delivery::Column::RecipientId, owner_id, text)?;
    let ids = Query::select()
        .column(delivery::Column::Id)
        .from(delivery::Entity)
        .and_where(known)
        .to_owned();
    Some(Column::DeliveryId.in_subquery(ids))
}
