//! Answers kept in memory, beside a bare server that sends the same bytes, encoded the same way, with as many headers
//! as it needs.

use std::net::SocketAddr;

use actix_web::{App, HttpResponse, web};
use bytes::Bytes;
use contract::blog::NewArticle;
use golub::blog::pictures::used::InBody;
use golub::blog::service::insert;
use golub::kept::hearing::Hearing;

use super::rate::{ask_once, rate, serve, started};
use super::service::Service;

/// The list shows a page of fifty.
const ARTICLES: usize = 60;
/// Each round asks the bare server and then ours; the one in the middle is told, and the range of all.
const ROUNDS: usize = 5;
/// Half of hello is the goal.
const GOAL: f64 = 0.5;

pub async fn tell(engine: &str, service: &Service) {
    write_articles(service).await;
    let _hearing = Hearing::begin(&service.app.database);
    while !service.app.database.changes().are_heard() {
        tokio::task::yield_now().await;
    }
    let golub = serve(service.app.clone());
    println!(
        "\n| {engine}: kept, asked by guests | encoding | bytes | requests/s | bare actix, same bytes | of it |"
    );
    println!("|---|---|---:|---:|---:|---:|");
    for path in ["home", "blog/articles", "blog/articles/article-7"] {
        for encoding in ["identity", "gzip", "br"] {
            let headers = format!("Accept-Encoding: {encoding}\r\nUser-Agent: Mozilla/5.0\r\n");
            let full = format!("/api/v1/{path}");
            let body = ask_once(golub, &full, &headers).await;
            let length = body.len();
            let bare = serve_bytes(body.into(), encoding);
            let mut rounds = Vec::new();
            for _ in 0..ROUNDS {
                let base = rate(bare, "/", &headers).await;
                let kept = rate(golub, &full, &headers).await;
                rounds.push((kept / base, kept, base));
            }
            rounds.sort_by(|one, other| one.0.total_cmp(&other.0));
            let (ratio, kept, base) = rounds[ROUNDS / 2];
            let (least, most) = (rounds[0].0, rounds[ROUNDS - 1].0);
            let mark = if ratio < GOAL { " under" } else { "" };
            println!(
                "| `{path}` | {encoding} | {length} | {kept:.0} | {base:.0} | {ratio:.2}{mark} ({least:.2} to {most:.2}) |",
            );
        }
    }
}

async fn write_articles(service: &Service) {
    let app = &service.app;
    let now = app.clock.now();
    let tx = app.database.write().await.unwrap();
    for number in 0..ARTICLES {
        let article = NewArticle {
            title: format!("Article {number}"),
            summary: "What a pigeon carries, and how far.".to_owned(),
            body: "A **pigeon** carries a letter over the hills and comes back.\n\n".repeat(80),
            published_at: Some(now),
            ..NewArticle::default()
        };
        let no_pictures = InBody::default();
        let author = service.owner_id;
        insert(&tx, author, article, &no_pictures, now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

fn serve_bytes(bytes: Bytes, encoding: &'static str) -> SocketAddr {
    started(move || {
        let bytes = bytes.clone();
        let answer = move || {
            let bytes = bytes.clone();
            async move {
                HttpResponse::Ok()
                    .content_type("application/json")
                    .insert_header(("Content-Encoding", encoding))
                    .body(bytes)
            }
        };
        App::new().route("/", web::get().to(answer))
    })
}
