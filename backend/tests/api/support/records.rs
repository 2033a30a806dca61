//! What was written down: acts in the audit log, notices in the queue.

use contract::audit::Act;
use golub::audit::entity as audit;
use golub::notices::{Notice, entity as notice};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::app::TestApp;

impl TestApp {
    /// What was done to an account, in order.
    pub async fn acts_upon(&self, user_id: i64) -> Vec<Act> {
        let entries = audit::Entity::find()
            .filter(audit::Column::OwnerId.eq(user_id))
            .order_by_asc(audit::Column::Id)
            .all(self.app.database.read())
            .await
            .unwrap();
        entries.into_iter().map(|entry| entry.act.into()).collect()
    }

    /// What a person was told, in order.
    pub async fn notices_to(&self, user_id: i64) -> Vec<Notice> {
        let notices = notice::Entity::find()
            .filter(notice::Column::UserId.eq(user_id))
            .order_by_asc(notice::Column::Id)
            .all(self.app.database.read())
            .await
            .unwrap();
        let subjects = notices.iter().map(|notice| &notice.subject);
        subjects
            .map(|subject| serde_json::from_str(subject).unwrap())
            .collect()
    }
}
