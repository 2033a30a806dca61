//! The demo company: everything in it is of one piece, as if a month had passed.

use std::collections::BTreeSet;

use contract::accounts::users::{UserTotals, UserView};
use contract::address::Address;
use contract::blog::{ArticleCard, ArticleTotals, ArticleView};
use contract::delivery::{
    AttemptTotals, AttemptView, DeliveryState, DeliveryView, EndReason, FailureClass, RunState,
    RunView,
};
use contract::listing::Page;
use contract::mailings::{MailingStatus, MailingView, Recurrence};
use contract::messages::{Format, MessageView};
use contract::permissions::Role;
use contract::recipients::RecipientView;
use golub::config::Secret;
use golub::delivery::entity::delivery::State;
use golub::demo::{self, DemoError};
use serde_json::json;

use crate::support::{Client, TestApp};

/// A service with the demo company, and an admin who sees all of it.
async fn company() -> (TestApp, Client) {
    let app = TestApp::start().await;
    app.at("2030-05-15T11:07:21Z");
    demo::fill(&app.app).await.unwrap();
    let admin = app.admin("adam").await;
    (app, admin)
}

#[actix_web::test]
async fn each_role_can_sign_in() {
    let app = TestApp::start().await;
    let sign_ins = demo::fill(&app.app).await.unwrap().0;
    let roles: Vec<Role> = sign_ins.iter().map(|sign_in| sign_in.role).collect();
    for role in Role::ALL {
        assert!(roles.contains(&role), "{role:?}");
    }
    for sign_in in sign_ins {
        let body = json!({"email": sign_in.email, "password": sign_in.password});
        let token = app.guest().post("auth/login", body).await.value();
        let token = token["access_token"].as_str().unwrap().to_owned();
        let me = app.bearing(&token).get("me").await.value();
        assert_eq!(me["role"], sign_in.role.word());
    }
}

#[actix_web::test]
async fn one_is_blocked_one_not_confirmed_and_one_invited() {
    let (_app, admin) = company().await;
    let totals: UserTotals = admin.get("users/totals").await.json();
    assert_eq!((totals.blocked, totals.unconfirmed), (1, 1));
    let blocked: Page<UserView> = admin.get("users?state=blocked").await.json();
    let block = blocked.items[0].blocked.clone().unwrap();
    assert!(!block.reason.is_empty());
    assert_eq!(block.by, "Дмитрий Ковалёв");
    let unconfirmed: Page<UserView> = admin.get("users?state=unconfirmed").await.json();
    assert_eq!(unconfirmed.total, 1);
}

#[actix_web::test]
async fn two_hundred_customers_have_reserved_addresses_alone() {
    let (_app, admin) = company().await;
    let recipients: Page<RecipientView> = admin.get("recipients?limit=200").await.json();
    assert_eq!((recipients.total, recipients.next), (200, None));
    for recipient in &recipients.items {
        let address = Address::parse(&recipient.email).unwrap();
        let domain = address.domain();
        let is_reserved = ["example.com", "example.org", "example.net"].contains(&domain)
            || domain.ends_with(".example")
            || domain.ends_with(".test");
        assert!(is_reserved, "{domain}");
    }
    let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
    let (russian, english): (Vec<_>, Vec<_>) = recipients
        .items
        .iter()
        .partition(|recipient| cyrillic(&recipient.full_name));
    assert!(russian.len() > 60 && english.len() > 60);
    assert!(recipients.items.iter().any(|one| cyrillic(&one.email)));
    assert!(russian.iter().any(|one| !one.comment.is_empty()));
    // They can be found, like any others.
    let found: Page<RecipientView> = admin.get("recipients?search=maria").await.json();
    assert!(found.total > 0);
}

#[actix_web::test]
async fn there_is_a_mailing_of_every_kind_and_status() {
    let (app, admin) = company().await;
    let messages: Page<MessageView> = admin.get("messages").await.json();
    assert_eq!(messages.total, 8);
    for format in [Format::Markdown, Format::Html, Format::Text] {
        assert!(messages.items.iter().any(|one| one.format == format));
    }
    assert!(messages.items.iter().any(|one| one.shared));

    let mailings: Vec<MailingView> = {
        let page: Page<MailingView> = admin.get("mailings").await.json();
        page.items
    };
    for status in MailingStatus::ALL {
        assert!(
            mailings.iter().any(|one| one.status == status),
            "{status:?}"
        );
    }
    let kinds: [fn(&Recurrence) -> bool; 4] = [
        |kind| matches!(kind, Recurrence::Once),
        |kind| matches!(kind, Recurrence::Daily),
        |kind| matches!(kind, Recurrence::Weekly { .. }),
        |kind| matches!(kind, Recurrence::Monthly { .. }),
    ];
    for is_kind in kinds {
        assert!(mailings.iter().any(|one| is_kind(&one.recurrence)));
    }
    let stopped = mailings
        .iter()
        .find_map(|one| one.stopped.as_ref())
        .unwrap();
    assert_eq!(stopped.by, "Дмитрий Ковалёв");
    assert!(!stopped.reason.is_empty());
    for mailing in &mailings {
        let coming = [MailingStatus::Created, MailingStatus::Running].contains(&mailing.status);
        assert_eq!(mailing.next_run_at.is_some(), coming, "{mailing:?}");
        assert!(mailing.next_run_at.is_none_or(|at| at > app.now()));
        let completed = mailing.status == MailingStatus::Completed;
        assert_eq!(mailing.completed_at.is_some(), completed);
        assert!(mailing.created_at < app.now());
        if mailing.status == MailingStatus::Running {
            assert!(mailing.runs > 0);
        }
    }
    assert!(mailings.iter().any(|one| one.runs > 5));
}

#[actix_web::test]
async fn the_counts_are_what_a_recount_gives() {
    let (app, admin) = company().await;
    app.sums_agree().await;
    let mut states = BTreeSet::new();
    for delivery in app.deliveries().await {
        states.insert(delivery.state);
        assert!(delivery.updated_at <= app.now());
    }
    let all = [
        State::Queued,
        State::Sent,
        State::Failed,
        State::Skipped,
        State::Unknown,
    ];
    assert_eq!(states, BTreeSet::from(all));

    let mut letters = 0;
    let mut reasons = Vec::new();
    for run in app.runs().await {
        let view: RunView = admin.get(&format!("runs/{}", run.id)).await.json();
        assert_eq!(view.audience, Some(view.counts.total()));
        let is_open = view.counts.queued > 0;
        assert_eq!(view.state == RunState::Sending, is_open);
        assert_eq!(view.finished_at.is_none(), is_open);
        letters += view.counts.sent;
        let path = format!("runs/{}/deliveries?limit=200", run.id);
        let deliveries: Page<DeliveryView> = admin.get(&path).await.json();
        for delivery in deliveries.items {
            reasons.extend(delivery.reason);
            let is_skipped = delivery.state == DeliveryState::Skipped;
            // What failed says why only where that was our doing.
            let given_up = matches!(
                delivery.reason,
                Some(EndReason::Expired | EndReason::GaveUp)
            );
            assert_eq!(delivery.reason.is_some(), is_skipped || given_up);
            assert!(!given_up || delivery.state == DeliveryState::Failed);
            if delivery.state == DeliveryState::Queued {
                assert!(delivery.due_at > app.now());
            }
        }
    }
    for reason in [
        EndReason::Stopped,
        EndReason::WindowOver,
        EndReason::Superseded,
        EndReason::RecipientDeleted,
        EndReason::Suppressed,
        EndReason::NoPhone,
    ] {
        assert!(reasons.contains(&reason), "{reason:?}");
    }
    let totals: AttemptTotals = admin.get("attempts/totals").await.json();
    assert_eq!(totals.letters, letters);
    assert_eq!(
        totals.attempts,
        totals.succeeded + totals.failed + totals.unknown
    );
    for outcome in ["succeeded", "failed", "unknown"] {
        let path = format!("attempts?outcome={outcome}&limit=200");
        let page: Page<AttemptView> = admin.get(&path).await.json();
        assert!(page.total > 0, "{outcome}");
        assert!(page.items.windows(2).all(|pair| pair[0].at >= pair[1].at));
    }
}

#[actix_web::test]
async fn refused_addresses_get_nothing_more_and_every_try_has_its_server() {
    let (app, admin) = company().await;
    let refused: Page<RecipientView> = admin.get("recipients?suppressed=true").await.json();
    assert!(refused.total > 2);
    for recipient in refused.items {
        let suppression = recipient.suppression.unwrap();
        assert!(suppression.response.starts_with("5.1.1 "));
        let path = format!("deliveries/{}", suppression.delivery_id.unwrap());
        let letter: DeliveryView = admin.get(&path).await.json();
        assert_eq!(letter.class, Some(FailureClass::Permanent));
    }
    let servers: BTreeSet<Option<String>> = app
        .attempts()
        .await
        .into_iter()
        .map(|attempt| attempt.server)
        .collect();
    let all = ["main", "reserve", "sms"].map(|name| Some(name.to_owned()));
    assert_eq!(servers, BTreeSet::from(all));
}

#[actix_web::test]
async fn the_blog_has_articles_that_are_read_one_to_come_and_one_in_writing() {
    let (app, admin) = company().await;
    let totals: ArticleTotals = admin.get("blog/sources/totals").await.json();
    let expected = ArticleTotals {
        all: 6,
        drafts: 1,
        scheduled: 1,
        published: 4,
    };
    assert_eq!(totals, expected);
    let page: Page<ArticleCard> = app.guest().get("blog/articles").await.json();
    for card in &page.items {
        let path = format!("blog/articles/{}", card.slug);
        let article: ArticleView = app.guest().get(&path).await.json();
        assert!(article.body_html.contains("<h2 id=\"s-"));
        assert!(card.readings > 100 && card.summary.len() > 20);
        if let Some(picture) = &card.picture {
            assert!(!picture.alt.is_empty());
            assert_eq!(app.guest().get(&picture.url).await.status, 200);
        }
    }
    assert_eq!(
        page.items
            .iter()
            .filter(|card| card.picture.is_some())
            .count(),
        3
    );
    // A letter of the demo leads there.
    assert!(page.items.iter().any(|card| card.slug == "water"));
}

#[actix_web::test]
async fn the_worker_goes_on_where_the_demo_ends() {
    let (app, admin) = company().await;
    let before: AttemptTotals = admin.get("attempts/totals").await.json();
    app.run_worker().await;
    let idle: AttemptTotals = admin.get("attempts/totals").await.json();
    assert_eq!(idle, before);

    app.pass(std::time::Duration::from_secs(3 * 60));
    app.run_worker().await;
    let page: Page<MailingView> = admin.get("mailings?status=running&limit=200").await.json();
    let live = page.items.iter().find(|one| one.title == "Сводка дня");
    let live = live.unwrap().last_run.clone().unwrap();
    // All but those whose addresses were refused before.
    let left_out = live.counts.skipped;
    assert_eq!(live.counts.sent + left_out, live.counts.total());
    assert!(left_out > 0);
    assert!(live.counts.sent > 10);

    // What waited for a retry is tried again, and everything comes to its end.
    for _ in 0..30 {
        app.pass(std::time::Duration::from_secs(3600));
        app.run_worker().await;
    }
    let waiting = app.states().await;
    assert!(!waiting.contains(&State::Queued));
    app.sums_agree().await;
}

#[actix_web::test]
async fn the_demo_is_not_filled_in_over_anything() {
    let (app, _admin) = company().await;
    let refused = demo::fill(&app.app).await;
    assert!(matches!(refused, Err(DemoError::AlreadyThere)));

    let app = TestApp::start().await;
    app.member("anna").await.recipient("maria").await;
    let refused = demo::fill(&app.app).await;
    assert!(matches!(refused, Err(DemoError::NotEmpty)));

    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some("smtp://127.0.0.1:9?tls=none".parse().unwrap());
    })
    .await;
    let refused = demo::fill(&app.app).await;
    assert!(matches!(refused, Err(DemoError::Smtp)));
    let real = TestApp::with(|config| {
        config.sms.api_id = Secret::new("a key");
        config.sms.url = "http://127.0.0.1:9".to_owned();
    })
    .await;
    let refused = demo::fill(&real.app).await;
    assert!(matches!(refused, Err(DemoError::Sms)));
    let nobody: Page<RecipientView> = app.admin("adam").await.get("recipients").await.json();
    assert_eq!(nobody.total, 0);
}
