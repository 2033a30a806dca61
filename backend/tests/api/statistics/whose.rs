//! Who sees whose figures.

use contract::delivery::{DeliveryState, Outcome};
use contract::listing::Page;
use contract::permissions::{Permission, Role};
use contract::problem::{ErrorCode, FieldCode};
use contract::statistics::{
    DailyStatistics, MailingStatistics, MessageStatistics, RunStatistics, Statistics,
};
use serde_json::json;

use crate::support::{Client, TestApp};

const TAKEN: (Outcome, u16, &str) = (Outcome::Succeeded, 250, "2.0.0 Ok");

struct Place {
    app: TestApp,
    anna: Client,
    boris: Client,
}

/// Two letters of Anna's and one of Boris's.
async fn place() -> Place {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    for (owner, mailing, recipients) in [(&anna, 7, vec![1, 2]), (&boris, 8, vec![3])] {
        let run = app.past_run(owner, mailing, "Secret plans", "Hello").await;
        for id in recipients {
            let to = (9_000 + id, "maria@example.org", "Maria");
            app.delivery(run, to, DeliveryState::Sent, &[TAKEN]).await;
        }
    }
    Place { app, anna, boris }
}

/// How many rows of the list of messages a search finds.
async fn found(person: &Client, search: &str) -> usize {
    let path = format!("statistics/messages?search={search}");
    let list: Page<MessageStatistics> = person.get(&path).await.json();
    assert_eq!(list.total, list.items.len() as u64);
    list.items.len()
}

async fn sent(person: &Client, query: &str) -> u64 {
    let totals: Statistics = person.get(&format!("statistics?{query}")).await.json();
    let daily: DailyStatistics = person
        .get(&format!("statistics/daily?{query}"))
        .await
        .json();
    let by_day: u64 = daily.days.iter().map(|day| day.figures.letters.sent).sum();
    let path = format!("statistics/mailings?{query}");
    let mailings: Page<MailingStatistics> = person.get(&path).await.json();
    let by_mailing: u64 = mailings
        .items
        .iter()
        .map(|item| item.figures.letters.sent)
        .sum();
    let sent = totals.figures.letters.sent;
    assert_eq!((by_day, by_mailing), (sent, sent), "{query}");
    sent
}

#[actix_web::test]
async fn people_see_their_own_figures_and_those_who_see_everything_see_all() {
    let Place { app, anna, boris } = place().await;
    assert_eq!((sent(&anna, "").await, sent(&boris, "").await), (2, 1));
    assert_eq!(sent(&anna, "scope=own").await, 2);
    assert_eq!(sent(&anna, &format!("owner_id={}", anna.id)).await, 2);
    let content = app.person("carl", Role::ContentManager).await;
    assert_eq!(sent(&content, "").await, 0);
    for all in [app.manager("mona").await, app.admin("adam").await] {
        assert_eq!(sent(&all, "").await, 3);
        assert_eq!(sent(&all, "scope=everyone").await, 3);
        assert_eq!(sent(&all, "scope=own").await, 0);
        assert_eq!(sent(&all, &format!("owner_id={}", anna.id)).await, 2);
        assert_eq!(sent(&all, &format!("owner_id={}", boris.id)).await, 1);
        let both = format!("statistics?scope=own&owner_id={}", anna.id);
        all.get(&both)
            .await
            .wrong_field("owner_id", FieldCode::OutOfRange);
    }
}

#[actix_web::test]
async fn nobody_else_sees_somebodys_figures_in_any_way() {
    let Place { app, anna, boris } = place().await;
    let message = app.message(&anna, "Private").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    let nosy = [boris, app.person("carl", Role::ContentManager).await];
    for person in nosy {
        let lists = [
            "statistics",
            "statistics/daily",
            "statistics/mailings",
            "statistics/messages",
            "statistics/runs",
        ];
        for list in lists {
            let theirs = person.get(&format!("{list}?owner_id={}", anna.id)).await;
            theirs.refused(404, ErrorCode::NotFound);
            let all = person.get(&format!("{list}?scope=everyone")).await;
            all.refused(403, ErrorCode::Forbidden);
            let csv = format!("{list}?format=csv&owner_id={}", anna.id);
            person.get(&csv).await.refused(404, ErrorCode::NotFound);
        }
        for hers in [
            "statistics/mailings/7".to_owned(),
            format!("statistics/mailings/{mailing}"),
            format!("statistics/messages/{message}"),
            format!("statistics/daily?mailing_id={mailing}"),
            format!("statistics/daily?message_id={message}"),
            "statistics/mailings/7?format=csv".to_owned(),
            format!("statistics/messages/{message}?format=csv"),
            "mailings/7/runs?format=csv".to_owned(),
        ] {
            person.get(&hers).await.refused(404, ErrorCode::NotFound);
        }
        let runs = person.get("statistics/runs?mailing_id=7").await;
        let runs: Page<RunStatistics> = runs.json();
        assert_eq!(runs.total, 0);
        let users = person.get("statistics/users").await;
        users.refused(403, ErrorCode::Forbidden);
    }
    app.guest()
        .get("statistics")
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn an_api_token_reaches_as_far_as_its_scopes() {
    let Place { app, .. } = place().await;
    let admin = app.admin("adam").await;
    let token = async |scopes: &[Permission]| {
        let body = json!({"name": "reports", "scopes": scopes});
        let made = admin.post("me/tokens", body).await.value();
        app.bearing(made["token"].as_str().unwrap())
    };
    let own = token(&[Permission::SeeMailings]).await;
    assert_eq!(sent(&own, "").await, 0);
    let all = own.get("statistics?scope=everyone").await;
    all.refused(403, ErrorCode::ScopeMissing);
    let far = token(&[Permission::SeeMailings, Permission::SeeEverything]).await;
    assert_eq!(sent(&far, "").await, 3);
}

#[actix_web::test]
async fn a_shared_message_tells_each_of_their_own_letters_alone() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let message = app.shared_message(&anna, "Shared").await;
    let path = format!("statistics/messages/{message}");
    let read = boris.get(&path).await.value();
    assert_eq!((&read["runs"], &read["attempts"]), (&json!(0), &json!(0)));
    for name in ["maria", "mark"] {
        anna.recipient(name).await;
    }
    boris.recipient("olga").await;
    for person in [&anna, &boris] {
        let mailing = person.mailing(message, json!({})).await.id;
        person
            .act(&format!("mailings/{mailing}/send"))
            .await
            .value();
    }
    app.plan_only().await;
    for (person, letters) in [(&anna, 2), (&boris, 1), (&app.manager("mona").await, 3)] {
        let read = person.get(&path).await.value();
        assert_eq!(
            read["letters"]["queued"],
            json!(letters),
            "{}",
            person.email
        );
    }
    // Not shared any more: what Boris has sent of it is his still, under the subject that he has sent.
    app.forget_message(message).await;
    let list: Page<MessageStatistics> = boris.get("statistics/messages").await.json();
    let [item] = &list.items[..] else {
        panic!("{list:?}")
    };
    assert_eq!(
        (item.subject.as_str(), item.deleted, item.runs),
        ("Shared", true, 1)
    );
}

#[actix_web::test]
async fn what_became_of_a_message_that_is_not_shared_any_more_is_neither_told_nor_found() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let body = json!({"subject": "Spring", "body": "Hello", "shared": true});
    let message = anna.post("messages", body).await.id();
    for person in [&anna, &boris] {
        person.recipient("olga").await;
        let mailing = person.mailing(message, json!({})).await.id;
        let path = format!("mailings/{mailing}");
        person.act(&format!("{path}/send")).await.value();
        app.run_worker().await;
        let stop = json!({"reason": "Enough"});
        person.post(&format!("{path}/stop"), stop).await.value();
    }
    assert_eq!(found(&boris, "spring").await, 1);
    let change = json!({"subject": "Takeover", "shared": false});
    let changed = anna.patch(&format!("messages/{message}"), change).await;
    changed.value();

    assert_eq!(found(&boris, "takeover").await, 0);
    let manager = app.manager("mona").await;
    assert_eq!(found(&anna, "takeover").await, 1);
    assert_eq!(found(&manager, "takeover").await, 2);
    let list: Page<MessageStatistics> = boris.get("statistics/messages").await.json();
    assert_eq!(
        (list.items[0].subject.as_str(), list.items[0].runs),
        ("Spring", 1)
    );
    let read = boris.get(&format!("statistics/messages/{message}")).await;
    assert_eq!(read.value()["subject"], "Spring");
}
