//! What happened to one recipient, in order.

use std::time::Duration;

use contract::delivery::{DeliveryState, EndReason, Outcome};
use contract::listing::Page;
use contract::problem::ErrorCode;
use contract::timeline::{TimelineItem, TimelineKind};
use serde_json::json;

use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

async fn read(by: &Client, recipient: i64, query: &str) -> Page<TimelineItem> {
    let path = format!("recipients/{recipient}/timeline{query}");
    by.get(&path).await.json()
}

async fn send(app: &TestApp, owner: &Client, title: &str) {
    let message = app.message(owner, "Dear {{ full_name }}").await;
    let once = json!({"title": title, "starts_at": app.now(), "recurrence": {"kind": "once"}});
    owner.mailing(message, once).await;
    app.run_worker().await;
}

fn kinds(page: &Page<TimelineItem>) -> Vec<TimelineKind> {
    page.items.iter().map(|item| item.kind).collect()
}

#[actix_web::test]
async fn each_letter_stands_with_its_tries_and_the_refusal_where_it_happened() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    let vera = anna.recipient("vera").await;
    server.refuses("boris@example.org", "450 4.2.1 Not now");
    send(&app, &anna, "First").await;
    server.recovers();
    app.pass(Duration::from_secs(60));
    app.run_worker().await;
    app.pass(Duration::from_secs(3600));
    server.refuses("boris@example.org", "550 5.1.1 No such user");
    send(&app, &anna, "Second").await;
    let refused_at = app.now();
    server.recovers();
    app.pass(Duration::from_secs(3600));
    send(&app, &anna, "Third").await;

    let page = read(&anna, boris, "").await;
    assert_eq!((page.total, &page.next), (4, &None));
    use TimelineKind::{Delivery, Suppressed};
    assert_eq!(kinds(&page), [Delivery, Suppressed, Delivery, Delivery]);
    let letters: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| item.delivery.as_ref())
        .collect();
    let titles: Vec<&str> = letters.iter().map(|l| l.mailing_title.as_str()).collect();
    assert_eq!(titles, ["Third", "Second", "First"]);
    let [third, second, first] = &letters[..] else {
        panic!("three letters")
    };
    assert_eq!(
        (third.delivery.state, third.delivery.reason),
        (DeliveryState::Skipped, Some(EndReason::Suppressed))
    );
    assert!(third.tries.is_empty());
    assert_eq!(second.delivery.state, DeliveryState::Failed);
    assert_eq!(first.subject, "Dear boris");
    let outcomes: Vec<Outcome> = first.tries.iter().map(|attempt| attempt.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed, Outcome::Succeeded]);
    let suppression = page.items[1].suppression.as_ref().unwrap();
    assert_eq!((page.items[1].at, suppression.at), (refused_at, refused_at));
    assert_eq!(suppression.delivery_id, Some(second.delivery.id));

    // One page after the other, it is the same story; and backwards.
    let mut paged = Vec::new();
    let mut query = "?limit=1".to_owned();
    loop {
        let page = read(&anna, boris, &query).await;
        paged.extend(page.items);
        match page.next {
            Some(next) => query = format!("?limit=1&after={next}"),
            None => break,
        }
    }
    assert_eq!(paged, page.items);
    let mut backwards = read(&anna, boris, "?sort=at").await.items;
    backwards.reverse();
    assert_eq!(backwards, page.items);
    assert_eq!(kinds(&read(&anna, vera, "").await), [Delivery; 3]);
}

#[actix_web::test]
async fn letters_keep_the_address_they_went_to() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    send(&app, &anna, "First").await;
    let change = json!({"email": "boris@example.com", "full_name": "Boris"});
    let path = format!("recipients/{boris}");
    assert_eq!(anna.patch(&path, change).await.status, 200);
    app.pass(Duration::from_secs(60));
    send(&app, &anna, "Second").await;
    let page = read(&anna, boris, "").await;
    let letters: Vec<(String, String)> = page
        .items
        .into_iter()
        .filter_map(|item| item.delivery)
        .map(|letter| (letter.delivery.recipient_email, letter.subject))
        .collect();
    assert_eq!(
        letters,
        [
            ("boris@example.com".to_owned(), "Dear Boris".to_owned()),
            ("boris@example.org".to_owned(), "Dear boris".to_owned())
        ]
    );
}

#[actix_web::test]
async fn managers_see_all_owners_theirs_and_nobody_else_any() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    send(&app, &anna, "First").await;
    let manager = app.manager("mara").await;
    assert_eq!(read(&manager, boris, "").await.total, 1);
    let vera = app.member("vera").await;
    let path = format!("recipients/{boris}/timeline");
    vera.get(&path).await.refused(404, ErrorCode::NotFound);
    for wrong in ["limit=0", "sort=id", "after=x"] {
        let path = format!("{path}?{wrong}");
        anna.get(&path).await.refused(422, ErrorCode::Invalid);
    }
}

#[actix_web::test]
async fn what_no_letter_tells_of_any_more_stands_at_the_end_in_its_order() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    app.suppress(boris).await;
    app.pass(Duration::from_secs(60));
    app.unsubscribe(boris).await;
    let page = read(&anna, boris, "").await;
    let newest_first = [TimelineKind::Unsubscribed, TimelineKind::Suppressed];
    assert_eq!(kinds(&page), newest_first);
    assert_eq!((page.total, page.items[0].at), (2, app.now()));
    let mut backwards = read(&anna, boris, "?sort=at").await.items;
    backwards.reverse();
    assert_eq!(backwards, page.items);
}
