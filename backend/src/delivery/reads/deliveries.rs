//! Deliveries as they are read: by run, and one with its whole story.

use contract::delivery::{
    AttemptView, Counts, DeliveryDetail, DeliveryState, DeliveryView, FailureClass,
};
use contract::listing::{Page, TOTAL_CAP};
use contract::permissions::Permission;
use sea_orm::sea_query::{Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::entity::class::ClassNumber;
use super::super::entity::delivery::{Column, Entity, Model, State};
use super::super::entity::{attempt, run};
use super::super::ledger::counts;
use super::super::sender::letters;
use super::{attempts, code, found_among, runs, shown, still_there};
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::stretch::Stretch;
use crate::http::caller::CurrentUser;
use crate::mailings::entity::ChannelWord;
use crate::messages::render::{self, Person};
use crate::problem::ApiError;

const SORTS: [Sort<Column>; 1] = [Sort {
    word: "id",
    column: Column::Id,
}];

/// Which deliveries to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryFilter {
    /// Only those that stand so.
    pub state: Option<DeliveryState>,
    /// Only those whose last try was a failure of this kind.
    pub class: Option<FailureClass>,
}

impl DeliveryFilter {
    /// The stretch of an index that a list of a run with these counts walks over. None where few are asked for:
    /// behind the last of one state PostgreSQL would read on to the end of the run, while it finds few by themselves.
    pub fn stretch(&self, run_id: i64, counts: &Counts) -> Option<Stretch<Column>> {
        let of_run = Stretch::of(Column::RunId, run_id);
        match (self.state, self.class) {
            (None, None) => Some(of_run),
            (Some(state), None) if counts.of(state) > TOTAL_CAP => {
                Some(of_run.and(Column::State, State::from(state)))
            }
            _ => None,
        }
    }

    fn condition(&self) -> Condition {
        let state = self.state.map(|state| Column::State.eq(State::from(state)));
        let class = self
            .class
            .map(|class| Column::Class.eq(ClassNumber::from(class)));
        Condition::all().add_option(state).add_option(class)
    }
}

/// The deliveries of one run.
pub async fn of_run(
    app: &App,
    user: &CurrentUser,
    run_id: i64,
    query: &ListQuery,
    filter: &DeliveryFilter,
) -> Result<Page<DeliveryView>, ApiError> {
    let db = app.database.read();
    let run = runs::find_visible(db, user, run_id).await?;
    if run.pruned_at.is_some() {
        // What is left of them is being deleted.
        return Ok(Page {
            items: Vec::new(),
            next: None,
            total: 0,
            total_capped: false,
        });
    }
    let (stretch, asked) = match query.search.as_deref().and_then(|text| found(&run, text)) {
        // What is found is of this run already: told so twice, SQLite would walk through the whole run.
        Some(found) => (None, filter.condition().add(found)),
        None => match filter.stretch(run.id, &counts::of_run(db, run.id).await?) {
            Some(stretch) => (Some(stretch), Condition::all()),
            None => (None, filter.condition().add(Column::RunId.eq(run.id))),
        },
    };
    let select = Entity::find().filter(asked);
    let rows = keyset::page_of(db, stretch, select, query, &SORTS, Column::Id).await?;
    let there = still_there(db, rows.rows.iter().map(|row| row.recipient_id)).await?;
    Ok(rows.map(|row| {
        let is_there = there.contains(&row.recipient_id);
        view(row, is_there)
    }))
}

/// One delivery with all its tries.
pub async fn read(app: &App, user: &CurrentUser, id: i64) -> Result<DeliveryDetail, ApiError> {
    // The tries are those after which it stands so.
    let db = &app.database.snapshot().await?;
    let seen = user.within_reach(
        Permission::SeeEverything,
        Entity::find_by_id(id),
        Column::OwnerId,
    );
    let delivery = seen.one(db).await?.ok_or(ApiError::NotFound)?;
    let run = runs::find_visible(db, user, delivery.run_id).await?;
    if run.pruned_at.is_some() {
        return Err(ApiError::NotFound);
    }
    let tries = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.eq(delivery.id))
        .order_by_asc(attempt::Column::Number)
        .all(db)
        .await?;
    let tries = attempts::shown_to(db, user, tries).await?;
    let there = still_there(db, [delivery.recipient_id]).await?;
    detail(delivery, &run, tries, !there.is_empty())
}

/// A delivery with its run and its tries.
pub(super) fn detail(
    delivery: Model,
    run: &run::Model,
    tries: Vec<AttemptView>,
    recipient_is_there: bool,
) -> Result<DeliveryDetail, ApiError> {
    let person = Person {
        full_name: &delivery.full_name,
        email: &delivery.email,
    };
    let from = run.mail_from.parse().map_err(ApiError::ours)?;
    let sms_text = run.sms_text.as_deref();
    Ok(DeliveryDetail {
        subject: render::text_for(&run.subject, person),
        message_id: match run.channel {
            ChannelWord::Email => letters::message_id(run.id, run.started_at, delivery.id, &from),
            ChannelWord::Sms => String::new(),
        },
        sms_text: sms_text.map(|text| render::text_for(text, person)),
        mailing_title: run.title.clone(),
        tries,
        delivery: view(delivery, recipient_is_there),
    })
}

/// A condition: of this run, and to somebody who is found. SQLite would walk through the whole run if it could.
fn found(run: &run::Model, text: &str) -> Option<SimpleExpr> {
    let known = found_among(Column::RecipientId, Some(run.owner_id), text)?;
    let ids = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::RunId.eq(run.id))
        .and_where(known)
        .to_owned();
    Some(Column::Id.in_subquery(ids))
}

fn view(delivery: Model, recipient_is_there: bool) -> DeliveryView {
    let Model {
        id,
        run_id,
        mailing_id,
        owner_id: _,
        recipient_id,
        email,
        full_name,
        state,
        reason,
        due_at,
        claim_id: _,
        attempts,
        possible_copies,
        smtp_code,
        response,
        class,
        updated_at,
        schedule_from: _,
        phone,
    } = delivery;
    DeliveryView {
        id,
        run_id,
        mailing_id,
        recipient_id: recipient_is_there.then_some(recipient_id),
        recipient_email: email,
        recipient_name: full_name,
        recipient_phone: phone,
        state: state.into(),
        reason: reason.map(Into::into),
        class: class.map(Into::into),
        due_at,
        attempts: shown(attempts),
        possible_copies: shown(possible_copies),
        smtp_code: code(smtp_code),
        response,
        updated_at,
    }
}
