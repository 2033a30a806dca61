//! Budgets on the row: never exceeded, whoever takes, dies, starts again or has its clock set back.

use std::time::Duration;

use contract::mail_servers::BudgetPeriod;
use golub::mail_servers::{Grant, grant};

use super::{a_worker, ask, first, letters, own, return_untried, standing};
use crate::support::TestApp;

const A_MINUTE: Duration = Duration::from_secs(60);

#[actix_web::test]
async fn two_workers_together_never_take_more_than_an_hour_holds() {
    let app = TestApp::with(own(|server| server.per_hour = Some(100))).await;
    let other = app
        .another_process_with(own(|server| server.per_hour = Some(100)))
        .await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    let mut taken = 0;
    for _ in 0..10 {
        let (mine, yours) = tokio::join!(letters(&app, me, 7), letters(&other, you, 8));
        taken += mine + yours;
        app.pass(A_MINUTE);
        other.pass(A_MINUTE);
    }
    assert_eq!(taken, 100);
    assert_eq!(
        letters(&app, me, 1).await + letters(&other, you, 1).await,
        0
    );
    let told = standing(&app).await;
    assert!(!told.may_ask(app.app.clock.now()));
    let hour = told.budgets[0];
    assert_eq!((hour.per, hour.used), (BudgetPeriod::Hour, 100));
    let free_at = told.free_at.unwrap();
    for process in [&app, &other] {
        process.until(free_at);
    }
    assert!(standing(&app).await.may_ask(free_at));
    let (mine, yours) = tokio::join!(letters(&app, me, 99), letters(&other, you, 99));
    assert_eq!(mine + yours, 15, "what was taken in the first minute");
}

#[actix_web::test]
async fn a_restart_forgets_nothing() {
    let limited = || own(|server| server.per_day = Some(50));
    let app = TestApp::with(limited()).await;
    let me = a_worker(&app).await;
    assert_eq!(letters(&app, me, 40).await, 40);
    let app = app.another_process_with(limited()).await;
    app.pass(A_MINUTE * 60 * 23);
    assert_eq!(letters(&app, me, 40).await, 10);
    assert_eq!(letters(&app, me, 40).await, 0);
    app.pass(A_MINUTE * 90);
    assert_eq!(letters(&app, me, 99).await, 40);
}

#[actix_web::test]
async fn who_dies_with_tokens_has_spent_them_and_who_returns_them_has_not() {
    let app = TestApp::with(own(|server| server.per_hour = Some(10))).await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    let granted = ask(&app, me, 6).await.unwrap();
    super::dies(&app, me).await;
    let untried = ask(&app, you, 6).await.unwrap();
    assert_eq!((granted.letters, untried.letters), (6, 4));
    let untried = Grant {
        letters: 3,
        ..untried
    };
    return_untried(&app, you, untried).await;
    assert_eq!(letters(&app, you, 6).await, 3);
}

#[actix_web::test]
async fn a_transaction_that_fails_takes_nothing() {
    let app = TestApp::with(own(|server| server.per_hour = Some(10))).await;
    let me = a_worker(&app).await;
    let tx = app.app.database.write().await.unwrap();
    let granted = grant(&tx, first(&app), me, 10).await.unwrap();
    assert_eq!(granted.unwrap().letters, 10);
    tx.rollback().await.unwrap();
    assert_eq!(letters(&app, me, 10).await, 10);
}

#[actix_web::test]
async fn setting_a_clock_back_multiplies_nothing() {
    let limited = || {
        own(|server| {
            server.per_second = Some(2);
            server.per_hour = Some(20);
        })
    };
    let app = TestApp::with(limited()).await;
    let other = app.another_process_with(limited()).await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    let mut taken = 0;
    // Ten minutes in which one of two clocks is set by an hour every minute, back and forth.
    for minute in 0..10 {
        let (now, hour) = (other.app.clock.now(), A_MINUTE * 60);
        other.clock.set(match minute % 3 {
            0 => now - hour,
            _ => now + hour,
        });
        for _ in 0..6 {
            taken += letters(&app, me, 1).await + letters(&other, you, 1).await;
            taken += letters(&app, me, 1).await + letters(&other, you, 1).await;
            app.pass(A_MINUTE / 6);
            other.pass(A_MINUTE / 6);
        }
        assert!(taken <= 20, "{taken} after {minute} minutes");
    }
    assert_eq!(taken, 20);
    // An hour later there is room again, for the one whose clock is right and for the one whose clock is not.
    for process in [&app, &other] {
        process.pass(A_MINUTE * 62);
    }
    assert_eq!(letters(&other, you, 1).await, 1);
    app.pass(A_MINUTE);
    assert_eq!(letters(&app, me, 1).await, 1);
}

#[actix_web::test]
async fn a_second_is_paced_over_all_workers() {
    let limited = || own(|server| server.per_second = Some(10));
    let app = TestApp::with(limited()).await;
    let other = app.another_process_with(limited()).await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    let mut taken = Vec::new();
    for _ in 0..40 {
        let (mine, yours) = tokio::join!(letters(&app, me, 100), letters(&other, you, 100));
        taken.push(mine + yours);
        app.pass(Duration::from_millis(100));
        other.pass(Duration::from_millis(100));
    }
    for second in taken.windows(10) {
        assert!(second.iter().sum::<u64>() <= 10, "{taken:?}");
    }
    assert_eq!(taken.iter().sum::<u64>(), 40, "{taken:?}");
}
