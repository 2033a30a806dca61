//! The sweep behind deleted accounts: what they owned goes in short steps, so that nobody waits for it.
//!
//! A step is one transaction and begins by looking for what is left, so that it can be stopped anywhere and gone on
//! with by any worker. What stays of the letters is what was counted: states, codes, times.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::{audit_log, letters, messages, possessions};
use crate::accounts::entity as user;
use crate::accounts::profile::avatar;
use crate::app::App;
use crate::delivery::entity::run::{self, RunStateWord};
use crate::problem::ApiError;

/// So many rows of one kind go in a step; each has some more behind it (words of the search, tries).
pub(super) const STEP: u64 = 200;
/// Steps of one pass over all accounts; the next pass goes on.
const STEPS_IN_PASS: usize = 50;
const ACCOUNTS_IN_PASS: u64 = 1_000;

/// What is left of an account, in the order in which it goes: nothing refers to what went before.
#[derive(Clone, Copy, Debug)]
enum Part {
    Mailings,
    Recipients,
    Audiences,
    Messages,
    IdempotencyKeys,
    Letters,
    AuditLog,
}

impl Part {
    const ALL: [Part; 7] = [
        Part::Mailings,
        Part::Recipients,
        Part::Audiences,
        Part::Messages,
        Part::IdempotencyKeys,
        Part::Letters,
        Part::AuditLog,
    ];

    /// One step; says how many rows went, none when there are none left.
    async fn sweep(
        self,
        app: &App,
        tx: &impl ConnectionTrait,
        user_id: i64,
    ) -> Result<u64, ApiError> {
        Ok(match self {
            Part::Mailings => possessions::mailings(tx, user_id).await?,
            Part::Recipients => possessions::recipients(tx, user_id).await?,
            Part::Audiences => possessions::audiences(tx, user_id).await?,
            Part::Messages => messages::sweep(tx, user_id, app.clock.now()).await?,
            Part::IdempotencyKeys => possessions::idempotency_keys(tx, user_id).await?,
            Part::Letters => letters::sweep(tx, user_id).await?,
            Part::AuditLog => audit_log::sweep(tx, user_id).await?,
        })
    }
}

/// One pass over all accounts that were deleted and still have something left; says how many rows went.
pub async fn sweep_pass(app: &App) -> Result<u64, ApiError> {
    let mut steps = STEPS_IN_PASS;
    let mut swept = 0;
    for user_id in unswept(app).await? {
        // Letters that are on their way end first.
        if steps == 0 || has_open_run(app, user_id).await? {
            continue;
        }
        if let Err(error) = avatar(app, user_id).await {
            // One picture must not hold the others up. The next pass tries again.
            tracing::warn!(user = user_id, %error, "the avatar of a deleted account stays for now");
            continue;
        }
        while steps > 0 {
            steps -= 1;
            let rows = step(app, user_id).await?;
            swept += rows;
            if rows == 0 {
                break;
            }
        }
    }
    Ok(swept)
}

/// Takes the picture away: the file first, so that it is known until it is gone.
async fn avatar(app: &App, user_id: i64) -> Result<(), ApiError> {
    let user = user::Entity::find_by_id(user_id)
        .one(app.database.read())
        .await?;
    let Some(file) = user.and_then(|user| user.avatar) else {
        return Ok(());
    };
    avatar::remove(app, &file).await?;
    let pictureless = user::ActiveModel {
        id: Set(user_id),
        avatar: Set(None),
        ..Default::default()
    };
    let tx = app.database.write().await?;
    pictureless.update(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes away the first that is left. When nothing is, the account is done with.
async fn step(app: &App, user_id: i64) -> Result<u64, ApiError> {
    let tx = app.database.write().await?;
    for part in Part::ALL {
        let rows = part.sweep(app, &tx, user_id).await?;
        if rows > 0 {
            tx.commit().await?;
            return Ok(rows);
        }
    }
    let done = user::ActiveModel {
        id: Set(user_id),
        swept_at: Set(Some(app.clock.now())),
        ..Default::default()
    };
    done.update(&tx).await?;
    tx.commit().await?;
    Ok(0)
}

/// The accounts with something left, in the order in which they were deleted.
async fn unswept(app: &App) -> Result<Vec<i64>, ApiError> {
    let ids = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::DeletedAt.is_not_null())
        .filter(user::Column::SweptAt.is_null())
        .order_by_asc(user::Column::DeletedAt)
        .limit(ACCOUNTS_IN_PASS)
        .into_tuple()
        .all(app.database.read())
        .await?;
    Ok(ids)
}

async fn has_open_run(app: &App, user_id: i64) -> Result<bool, ApiError> {
    // Written out, for the index of open runs: a bound value would not show that it fits.
    let open = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(run::Column::OwnerId.eq(user_id))
        .filter(run::Column::State.ne(RunStateWord::Finished))
        .into_tuple::<i64>()
        .one(app.database.read())
        .await?;
    Ok(open.is_some())
}
