//! What nobody confirmed in time goes, and what has expired.

use std::time::Duration;

use golub::accounts::links::entity as link;
use golub::accounts::sessions::entity as session;
use golub::accounts::sweep;
use golub::database::search;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::letters::{account, confirm, notices, register, token};
use crate::support::TestApp;

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn count<E: EntityTrait<Model: Sync>>(app: &TestApp) -> u64 {
    let all = E::find();
    all.count(app.app.database.read()).await.unwrap()
}

#[actix_web::test]
async fn an_account_that_nobody_confirmed_is_gone_after_a_week_and_its_address_free() {
    let app = TestApp::start().await;
    register(&app, "late@example.org").await;
    register(&app, "vera@example.org").await;
    let vera = token(&app).await;
    assert_eq!(confirm(&app, &vera).await.status, 200);
    let late = account(&app, "late@example.org").await.unwrap().id;
    app.pass(7 * DAY - Duration::from_secs(1));
    sweep::pass(&app.app).await.unwrap();
    assert!(account(&app, "late@example.org").await.is_some());
    app.pass(Duration::from_secs(1));
    sweep::pass(&app.app).await.unwrap();
    assert_eq!(account(&app, "late@example.org").await, None);
    assert!(account(&app, "vera@example.org").await.is_some());
    let terms = search::Entity::find().filter(search::Column::ItemId.eq(late));
    assert_eq!(terms.count(app.app.database.read()).await.unwrap(), 0);

    let before = notices(&app).await.len();
    register(&app, "late@example.org").await;
    let again = token(&app).await;
    assert_eq!(notices(&app).await.len(), before + 1);
    assert_eq!(confirm(&app, &again).await.status, 200);
}

#[actix_web::test]
async fn sessions_and_links_that_have_expired_are_swept_away() {
    let app = TestApp::start().await;
    register(&app, "vera@example.org").await;
    let vera = token(&app).await;
    // Which signs in as well.
    confirm(&app, &vera).await;
    register(&app, "late@example.org").await;
    app.pass(DAY - Duration::from_secs(1));
    sweep::pass(&app.app).await.unwrap();
    assert_eq!(
        (
            count::<link::Entity>(&app).await,
            count::<session::Entity>(&app).await
        ),
        (1, 1)
    );
    app.pass(40 * DAY);
    sweep::pass(&app.app).await.unwrap();
    assert_eq!(
        (
            count::<link::Entity>(&app).await,
            count::<session::Entity>(&app).await
        ),
        (0, 0)
    );
}
