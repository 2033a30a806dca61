//! What acts upon accounts left behind: entries of the audit log, and notices in the queue.

use contract::audit::{Act, AuditDetail, AuditDetailName};
use contract::notices::NoticeKind;
use golub::audit::entity as audit;
use golub::notices::entity as notice;
use sea_orm::{EntityTrait, QueryOrder};

use crate::support::TestApp;

pub async fn entries(app: &TestApp) -> Vec<audit::Model> {
    let entries = audit::Entity::find().order_by_asc(audit::Column::Id);
    entries.all(app.app.database.read()).await.unwrap()
}

/// What was done, in order.
pub async fn acts(app: &TestApp) -> Vec<Act> {
    let entries = entries(app).await.into_iter();
    entries.map(|entry| entry.act.into()).collect()
}

/// A detail of the last entry.
pub async fn last_detail(app: &TestApp, name: AuditDetailName) -> String {
    let last = entries(app).await.pop().unwrap();
    let details: Vec<AuditDetail> = serde_json::from_str(&last.details).unwrap();
    let detail = details.into_iter().find(|detail| detail.name == name);
    detail.unwrap().value
}

/// Who is told what, in order.
pub async fn told(app: &TestApp) -> Vec<(String, NoticeKind)> {
    let notices = notice::Entity::find().order_by_asc(notice::Column::Id);
    let notices = notices.all(app.app.database.read()).await.unwrap();
    let notices = notices.into_iter();
    notices
        .map(|notice| (notice.address, notice.kind.into()))
        .collect()
}
