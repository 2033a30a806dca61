//! Figures that are asked for while letters leave.

use contract::delivery::{DeliveryState, Outcome};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::cutting::{holding, read_beside};

/// The letters sent and those accepted, of everything with figures in an answer.
fn sent_and_accepted(answer: &Value, found: &mut Vec<(u64, u64)>) {
    let sent = answer["letters"]["sent"].as_u64();
    found.extend(sent.zip(answer["accepted"].as_u64()));
    match answer {
        Value::Array(items) => items.iter().for_each(|it| sent_and_accepted(it, found)),
        Value::Object(fields) => fields.values().for_each(|it| sent_and_accepted(it, found)),
        _ => {}
    }
}

#[actix_web::test]
async fn no_more_letters_are_accepted_than_were_sent() {
    let app = TestApp::start().await;
    let (anna, manager) = (app.member("anna").await, app.manager("olga").await);
    let run = app.past_run(&anna, 7, "News", "Hello").await;
    let to = (9_001, "maria@example.org", "Maria");
    let taken = (Outcome::Succeeded, 250, "2.0.0 Ok");
    app.delivery(run, to, DeliveryState::Sent, &[taken]).await;
    for path in [
        "statistics",
        "statistics/daily",
        "statistics/daily?mailing_id=7",
        "statistics/mailings",
        "statistics/mailings/7",
        "statistics/users",
    ] {
        // The letters are summed up first.
        let tx = holding(&app, "attempt_sums").await;
        for more in [
            "UPDATE letter_sums SET count = count * 2",
            "UPDATE attempt_sums SET count = count * 2, letters = letters * 2",
        ] {
            tx.execute_unprepared(more).await.unwrap();
        }
        let answer = read_beside(&app, tx, manager.get(path)).await.value();
        let mut found = Vec::new();
        sent_and_accepted(&answer, &mut found);
        assert!(found.iter().any(|(sent, _)| *sent > 0), "{path}: {answer}");
        let agree = found.iter().all(|(sent, accepted)| sent == accepted);
        assert!(agree, "{path}: {answer}");
    }
}
