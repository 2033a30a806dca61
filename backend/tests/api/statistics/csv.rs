//! Tables as files for a spreadsheet.

use actix_web::test::TestRequest;
use contract::delivery::{DeliveryState, Outcome};
use contract::problem::{ErrorCode, FieldCode};
use serde_json::json;

use crate::support::client::Answer;
use crate::support::history::PastRun;
use crate::support::{Client, TestApp};

const TAKEN: (Outcome, u16, &str) = (Outcome::Succeeded, 250, "=cmd|' /C calc'!A0");
const MARK: &str = "\u{feff}";

async fn past(app: &TestApp, owner: &Client, title: &str, letters: i64) -> PastRun {
    let run = app.past_run(owner, 7, title, "Hello").await;
    for id in 1..=letters {
        let email = format!("r{id}@example.org");
        let to = (9_000 + id, email.as_str(), "+Maria, \"the\" Great");
        app.delivery(run, to, DeliveryState::Sent, &[TAKEN]).await;
    }
    run
}

/// The rows of a file, without the mark and the head; cells are not taken apart.
#[track_caller]
fn rows(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let text = answer.text().strip_prefix(MARK).unwrap();
    assert!(text.ends_with("\r\n"));
    text.split_terminator("\r\n")
        .skip(1)
        .map(str::to_owned)
        .collect()
}

#[actix_web::test]
async fn every_table_is_given_as_a_file_when_csv_is_asked_for() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let run = past(&app, &anna, "Spring", 2).await;
    let manager = app.manager("mona").await;
    let tables = [
        (
            "attempts".to_owned(),
            "attempts",
            "id,delivery_id,run_id",
            2,
        ),
        (
            format!("runs/{}/deliveries", run.id),
            "deliveries",
            "id,run_id,mailing_id",
            2,
        ),
        (
            "mailings/7/runs".to_owned(),
            "runs",
            "id,mailing_id,mailing_title",
            1,
        ),
        (
            "statistics".to_owned(),
            "answers",
            "outcome,class,attempts",
            1,
        ),
        (
            "statistics/daily".to_owned(),
            "days",
            "date,from,to,letters_sent",
            30,
        ),
        (
            "statistics/mailings".to_owned(),
            "mailings",
            "mailing_id,title,status",
            1,
        ),
        (
            "statistics/mailings/7".to_owned(),
            "answers",
            "outcome,class,attempts",
            1,
        ),
        (
            "statistics/runs".to_owned(),
            "runs",
            "id,mailing_id,mailing_title",
            1,
        ),
        (
            "statistics/messages".to_owned(),
            "messages",
            "message_id,subject,deleted",
            0,
        ),
        (
            "statistics/users".to_owned(),
            "users",
            "user_id,email,full_name",
            1,
        ),
    ];
    for (path, name, head, count) in tables {
        let asked = TestRequest::get().uri(&format!("/api/v1/{path}"));
        let answer = manager
            .send(asked.insert_header(("Accept", "text/csv")))
            .await;
        assert_eq!(rows(&answer).len(), count, "{path}: {}", answer.text());
        assert!(
            answer.text().starts_with(&format!("{MARK}{head}")),
            "{path}: {}",
            answer.text()
        );
        let file = format!("attachment; filename=\"golub-{name}-2030-05-01.csv\"");
        assert_eq!(answer.header("content-disposition"), file);
        assert_eq!(answer.header("cache-control"), "no-store");
        let by_query = manager.get(&format!("{path}?format=csv")).await;
        assert_eq!(by_query.text(), answer.text(), "{path}");
        // Whoever asks for JSON, or for nothing, gets JSON.
        let json = manager.get(&path).await;
        assert_eq!(json.header("content-type"), "application/json", "{path}");
        let columns = |line: &str| line.split(',').count();
        let head = answer.text().lines().next().map(columns);
        if let Some(row) = rows(&answer).first().filter(|row| !row.contains('"')) {
            assert_eq!(Some(columns(row)), head, "{path}");
        }
    }
}

#[actix_web::test]
async fn what_people_and_servers_wrote_is_no_formula_and_ends_no_cell() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let run = past(&app, &anna, "=1+1", 1).await;
    let path = format!("runs/{}/deliveries?format=csv", run.id);
    let delivery = rows(&anna.get(&path).await).remove(0);
    assert!(
        delivery.contains(",\"'+Maria, \"\"the\"\" Great\","),
        "{delivery}"
    );
    assert!(delivery.contains(",\"'=cmd|' /C calc'!A0\","), "{delivery}");
    let attempt = rows(&anna.get("attempts?format=csv").await).remove(0);
    assert!(attempt.contains(",\"'=1+1\","), "{attempt}");
    let semicolons = anna.get("attempts?format=csv&separator=semicolon").await;
    let attempt = rows(&semicolons).remove(0);
    assert!(
        attempt.contains(";\"'=1+1\";1;2030-05-01T06:00:00Z;succeeded;"),
        "{attempt}"
    );
    // Whoever reads it by the other separator finds no formula either.
    let run = app.past_run(&anna, 8, "Spring;=1+1", "Hello").await;
    let to = (9_002, "olga@example.org", "Olga");
    app.delivery(run, to, DeliveryState::Sent, &[TAKEN]).await;
    let attempt = rows(&anna.get("attempts?format=csv").await).remove(0);
    assert!(attempt.contains(",\"Spring;'=1+1\","), "{attempt}");
}

#[actix_web::test]
async fn a_file_has_the_whole_list_in_its_order_and_by_its_filters() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    // More than are read at a time, and not a whole number of times.
    let run = past(&app, &anna, "Spring", 1_120).await;
    let path = format!("runs/{}/deliveries", run.id);
    let file = anna.get(&format!("{path}?format=csv&limit=2")).await;
    let ids: Vec<i64> = rows(&file)
        .iter()
        .map(|row| row.split(',').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(ids.len(), 1_120);
    assert!(
        ids.windows(2).all(|pair| pair[0] > pair[1]),
        "the newest first, each once"
    );
    let forward = anna.get(&format!("{path}?format=csv&sort=id")).await;
    let mut forward = rows(&forward);
    forward.reverse();
    assert_eq!(forward, rows(&file));
    let found = anna
        .get(&format!("{path}?format=csv&search=r77@example.org"))
        .await;
    assert_eq!(rows(&found).len(), 1);
    let none = anna.get(&format!("{path}?format=csv&state=failed")).await;
    assert_eq!(rows(&none).len(), 0);
}

#[actix_web::test]
async fn a_wrong_question_is_told_before_a_file_begins() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let wrong = anna.get("attempts?format=csv&sort=nothing").await;
    wrong.wrong_field("sort", FieldCode::OutOfRange);
    let wrong = anna.get("attempts?format=xml").await;
    wrong.refused(400, ErrorCode::UnreadableRequest);
    let wrong = anna.get("mailings/99/runs?format=csv").await;
    wrong.refused(404, ErrorCode::NotFound);
    let guest = app.guest().get("attempts?format=csv").await;
    guest.refused(401, ErrorCode::SignedOut);
    let json = anna.get("attempts?format=json").await.value();
    assert_eq!(json["items"], json!([]));
}
