//! How PostgreSQL finds the rows of the ledger: by index, whatever the parameters are.

use contract::delivery::{Counts, DeliveryState};
use golub::database::Engine;
use golub::delivery::entity::delivery;
use golub::delivery::ledger::claim::{Place, Wanted, taking};
use golub::delivery::ledger::outcomes;
use golub::delivery::reads::deliveries::DeliveryFilter;
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Order, QueryOrder, QuerySelect, QueryTrait, Statement,
};

use super::sending::starting_now;
use crate::support::TestApp;

/// The plan of a statement for any value of its parameters.
async fn plan(app: &TestApp, types: &str, sql: &str, values: &str) -> String {
    let tx = app.app.database.write().await.unwrap();
    for statement in [
        "SET LOCAL plan_cache_mode = force_generic_plan".to_owned(),
        format!("PREPARE looked_at ({types}) AS {sql}"),
    ] {
        tx.execute_unprepared(&statement).await.unwrap();
    }
    let explain = format!("EXPLAIN EXECUTE looked_at ({values})");
    let rows = tx
        .query_all_raw(Statement::from_string(DbBackend::Postgres, explain))
        .await
        .unwrap();
    let lines = rows.iter().map(|row| row.try_get_by_index(0).unwrap());
    let plan: Vec<String> = lines.collect();
    tx.execute_unprepared("DEALLOCATE looked_at").await.unwrap();
    plan.join("\n")
}

/// As many deliveries as make a difference.
async fn filled() -> Option<TestApp> {
    let app = TestApp::start().await;
    if app.app.database.engine() == Engine::Sqlite {
        return None;
    }
    starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let db = app.app.database.read();
    for statement in [
        "INSERT INTO deliveries (run_id, mailing_id, owner_id, recipient_id, email, full_name, state, due_at, \
        attempts, possible_copies, updated_at) \
        SELECT run_id, mailing_id, owner_id, 1000 + n, email, full_name, CASE WHEN n % 3 = 0 THEN 0 ELSE 2 END, due_at, \
        0, 0, updated_at FROM deliveries, generate_series(1, 20000) AS n",
        "ANALYZE deliveries",
    ] {
        db.execute_unprepared(statement).await.unwrap();
    }
    Some(app)
}

#[actix_web::test]
async fn a_claim_follows_the_index_of_the_queue() {
    let Some(app) = filled().await else { return };
    let wanted = Wanted {
        claim_id: 1,
        run_id: 1,
        limit: 250,
        after: None,
    };
    let from_start = taking(DbBackend::Postgres, wanted, app.now());
    let types = "bigint, timestamptz, bigint";
    let values = "1, now(), 1";
    let place = Place {
        due_at: app.now(),
        id: 7,
    };
    let wanted = Wanted {
        after: Some(place),
        ..wanted
    };
    let further_on = taking(DbBackend::Postgres, wanted, app.now());
    let longer = (
        "bigint, timestamptz, bigint, timestamptz, bigint",
        "1, now(), 1, now(), 7",
    );
    for (sql, types, values) in [
        (from_start.sql, types, values),
        (further_on.sql, longer.0, longer.1),
    ] {
        let plan = plan(&app, types, &sql, values).await;
        assert!(plan.contains("Index Scan using deliveries_queue"), "{plan}");
        assert!(plan.contains("Index Scan using deliveries_pkey"), "{plan}");
        assert!(
            !plan.contains("Seq Scan") && !plan.contains("Sort"),
            "{plan}"
        );
    }
}

#[actix_web::test]
async fn outcomes_find_their_deliveries_by_primary_key() {
    let Some(app) = filled().await else { return };
    let types = [vec!["text"; 15], vec!["timestamptz"]].concat().join(", ");
    let values = [vec!["'{}'"; 15], vec!["now()"]].concat().join(", ");
    let plan = plan(&app, &types, outcomes::POSTGRES, &values).await;
    assert!(plan.contains("Index Scan using deliveries_pkey"), "{plan}");
    assert!(!plan.contains("Seq Scan"), "{plan}");
}

#[actix_web::test]
async fn a_list_of_letters_walks_over_those_that_are_asked_for() {
    let Some(app) = filled().await else { return };
    let all = DeliveryFilter::default();
    let sent = DeliveryFilter {
        state: Some(DeliveryState::Sent),
        class: None,
    };
    let counts = Counts {
        sent: 13_334,
        ..Counts::default()
    };
    for (filter, index, types, values) in [
        (
            all,
            "deliveries_run ",
            "bigint, bigint, bigint, bigint",
            "1, 1, 1, 9",
        ),
        (
            sent,
            "deliveries_state ",
            "bigint, smallint, bigint, bigint, smallint, bigint",
            "1, 2, 1, 1, 2, 9",
        ),
    ] {
        let stretch = filter.stretch(1, &counts).unwrap();
        let newest = stretch
            .walk(
                delivery::Entity::find(),
                delivery::Column::Id,
                &Order::Desc,
                Some(9),
            )
            .order_by_desc(delivery::Column::Id)
            .limit(51);
        let sql = newest.build(DbBackend::Postgres).sql;
        let plan = plan(
            &app,
            &format!("{types}, bigint"),
            &sql,
            &format!("{values}, 51"),
        )
        .await;
        assert!(plan.contains(index), "{plan}");
        assert!(plan.contains("ROW") && !plan.contains("Sort"), "{plan}");
    }
    let failed = DeliveryFilter {
        state: Some(DeliveryState::Failed),
        class: None,
    };
    assert!(failed.stretch(1, &counts).is_none(), "few are found");
}
