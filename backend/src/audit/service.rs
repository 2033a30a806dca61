//! Reading the audit log: all of it for administrators, what concerns oneself for everyone. Nothing changes it.

use chrono::{DateTime, Utc};
use contract::audit::{Act, AuditDetail, AuditDetailName, AuditEntryView, AuditItem, AuditPerson};
use contract::listing::Page;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};
use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use serde::de::value::Error as WordError;
use utoipa::IntoParams;

use super::entity::{ActWord, Column, Entity, Model};
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

const SORTS: [Sort<Column>; 1] = [Sort {
    // Ids are given in the order in which things happen.
    word: "at",
    column: Column::Id,
}];

/// Which page of entries to read.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditPage {
    /// Entries per page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Which entries of the whole log to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// Only these acts, with commas between.
    #[param(example = "user_blocked,role_changed")]
    pub act: Option<String>,
    /// Only what this user did.
    pub actor_id: Option<i64>,
    /// Only what was done to this user or to what is theirs.
    pub owner_id: Option<i64>,
    /// Not before this instant.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub to: Option<DateTime<Utc>>,
}

/// Which of one's own entries to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnAuditFilter {
    /// Only what others did, or only what one did oneself.
    pub by_others: Option<bool>,
}

/// The whole log, the newest first.
pub async fn list(
    app: &App,
    page: AuditPage,
    filter: &AuditFilter,
) -> Result<Page<AuditEntryView>, ApiError> {
    read(app, wanted(filter)?, page, Model::view).await
}

/// What was done to this person and to what is theirs, by staff and by themselves, the newest first.
pub async fn list_own(
    app: &App,
    user: &CurrentUser,
    page: AuditPage,
    filter: &OwnAuditFilter,
) -> Result<Page<AuditEntryView>, ApiError> {
    let mut select = Entity::find().filter(Column::OwnerId.eq(user.id));
    match filter.by_others {
        Some(true) => {
            // NULL is the command line, or the service itself, and is not equal to anybody.
            let others = Condition::any()
                .add(Column::ActorId.is_null())
                .add(Column::ActorId.ne(user.id));
            select = select.filter(others);
        }
        Some(false) => select = select.filter(Column::ActorId.eq(user.id)),
        None => {}
    }
    read(app, select, page, |entry| entry.view_for(user.id)).await
}

async fn read(
    app: &App,
    select: Select<Entity>,
    page: AuditPage,
    shown: impl FnMut(Model) -> Result<AuditEntryView, ApiError>,
) -> Result<Page<AuditEntryView>, ApiError> {
    let AuditPage { limit, after } = page;
    let query = ListQuery {
        limit,
        after,
        ..ListQuery::default()
    };
    let db = app.database.read();
    let mut rows = keyset::page(db, select, &query, &SORTS, Column::Id).await?;
    let items = std::mem::take(&mut rows.rows).into_iter().map(shown);
    let items = items.collect::<Result<_, _>>()?;
    Ok(rows.into_page(items))
}

fn wanted(filter: &AuditFilter) -> Result<Select<Entity>, ApiError> {
    let AuditFilter {
        act,
        actor_id,
        owner_id,
        from,
        to,
    } = filter;
    let mut select = Entity::find();
    if let Some(words) = act.as_deref().filter(|words| !words.is_empty()) {
        select = select.filter(Column::Act.is_in(acts(words)?));
    }
    if let Some(actor_id) = actor_id {
        select = select.filter(Column::ActorId.eq(*actor_id));
    }
    if let Some(owner_id) = owner_id {
        select = select.filter(Column::OwnerId.eq(*owner_id));
    }
    if let Some(from) = from {
        select = select.filter(Column::At.gte(keyset::instant("from", *from)?));
    }
    if let Some(to) = to {
        select = select.filter(Column::At.lt(keyset::instant("to", *to)?));
    }
    Ok(select)
}

fn acts(words: &str) -> Result<Vec<ActWord>, ApiError> {
    let read = |word: &str| Act::deserialize(word.trim().into_deserializer()).map(ActWord::from);
    let acts: Result<Vec<ActWord>, WordError> = words.split(',').map(read).collect();
    acts.map_err(|_| {
        let error = FieldError::new(FieldCode::OutOfRange, "names an act that does not exist");
        FieldErrors::one("act", error).into()
    })
}

impl Model {
    /// All of an entry.
    fn view(self) -> Result<AuditEntryView, ApiError> {
        let Self {
            id,
            at,
            act,
            actor_id,
            actor_name,
            owner_id,
            owner_name,
            item_kind,
            item_id,
            item_title,
            details,
            client,
        } = self;
        let person = |id: Option<i64>, name| id.map(|id| AuditPerson { id, name });
        Ok(AuditEntryView {
            id,
            at,
            act: act.into(),
            actor: person(actor_id, actor_name),
            owner: person(owner_id, owner_name),
            item: AuditItem {
                kind: item_kind.into(),
                id: item_id,
                title: item_title,
            },
            details: serde_json::from_str(&details).map_err(ApiError::ours)?,
            client,
        })
    }

    /// What its owner may know of it: from where others work, and with what, is not theirs to know.
    fn view_for(self, owner_id: i64) -> Result<AuditEntryView, ApiError> {
        let by_owner = self.actor_id == Some(owner_id);
        let mut entry = self.view()?;
        if !by_owner {
            entry.client.clear();
            entry
                .details
                .retain(|AuditDetail { name, .. }| *name != AuditDetailName::ApiToken);
        }
        Ok(entry)
    }
}
