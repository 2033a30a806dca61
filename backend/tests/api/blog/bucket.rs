//! Pictures in a bucket: shared by all processes, and given as they are from a folder.

use contract::problem::ErrorCode;
use golub::chores;
use golub::files::entity as loose;
use image::ImageFormat;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::pictures::given;
use crate::command_line::{golub, run};
use crate::support::TestApp;
use crate::support::pictures::quarters;
use crate::support::s3_server::{S3Server, SECRET_KEY};
use crate::support::smtp_server::SmtpServer;

#[actix_web::test]
async fn processes_share_the_pictures_of_a_bucket() {
    let bucket = S3Server::start();
    let with_bucket = |config: &mut golub::config::Config| {
        config.files.s3 = Some(bucket.config("golub/files/"));
    };
    let app = TestApp::with(with_bucket).await;
    let other = app.another_process_with(with_bucket).await;
    let emily = app.writer("emily").await;
    // A bucket that is busy for a moment is asked again.
    bucket.is_busy_for(1);
    let picture = given(&emily, quarters(1000, 500, ImageFormat::Png)).await;
    assert_eq!(picture.sizes.len(), 3);
    let expected = picture.sizes.iter().map(|size| {
        let (_, name) = size.url.rsplit_once('/').unwrap();
        format!("golub/files/blog/{name}")
    });
    let mut expected: Vec<String> = expected.collect();
    expected.sort();
    assert_eq!(bucket.names(), expected);
    assert_eq!(bucket.requests(), 4);
    assert!(!app.app.config.data.join("files").exists());
    for size in &picture.sizes {
        let read = other.guest().get(&size.url).await;
        assert_eq!(read.header("content-type"), "image/webp");
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(read.header("cache-control"), kept);
        let decoded = image::load_from_memory(&read.body).unwrap();
        assert_eq!(decoded.width(), size.width);
        let tag = read.header("etag");
        assert_eq!(other.guest().get_known(&size.url, tag).await.status, 304);
    }
    emily.put_some_avatar().await.value();
    assert_eq!(bucket.names().len(), 4);
    let new = json!({"title": "Water", "body": "x", "picture_id": picture.id});
    let path = format!(
        "blog/articles/{}",
        emily.post("blog/articles", new).await.id()
    );
    let writer = other.meeting(&emily);
    assert_eq!(writer.delete(&path).await.status, 204);
    assert_eq!(emily.get(&picture.url).await.status, 404);
    assert_eq!(bucket.names().len(), 1);
    assert_eq!(emily.delete("me/avatar").await.status, 204);
    assert!(bucket.names().is_empty());
}

#[actix_web::test]
async fn a_bucket_that_does_not_answer_is_told_and_what_it_still_has_goes_later() {
    let bucket = S3Server::start();
    let app = TestApp::with(|config| config.files.s3 = Some(bucket.config(""))).await;
    let emily = app.writer("emily").await;
    let picture = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    bucket.is_busy_for(usize::MAX);
    let refused = emily.post_some_picture().await;
    refused.refused(503, ErrorCode::Unavailable);
    emily
        .get(&picture.url)
        .await
        .refused(503, ErrorCode::Unavailable);
    let new = json!({"title": "Water", "body": "x", "picture_id": picture.id});
    let path = format!(
        "blog/articles/{}",
        emily.post("blog/articles", new).await.id()
    );
    assert_eq!(emily.delete(&path).await.status, 204);
    assert_eq!(bucket.names().len(), 1);
    bucket.is_busy_for(0);
    app.pass(std::time::Duration::from_secs(3600));
    chores::tidy(&app.app).await;
    assert!(bucket.names().is_empty());
    let left = loose::Entity::find().count(app.app.database.read()).await;
    assert_eq!(left.unwrap(), 0);
}

#[actix_web::test]
async fn the_doctor_writes_reads_and_removes_something_in_the_bucket() {
    let bucket = S3Server::start();
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let says = async |name: &str, value: String| {
        let mut command = golub(&app, &server, &["doctor"]);
        command.envs(bucket.environment()).env(name, value);
        let told = run(command).await;
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(!told.contains(SECRET_KEY), "{told}");
        told
    };
    let key = "GOLUB__FILES__S3__SECRET_KEY";
    let well = says(key, SECRET_KEY.to_owned()).await;
    assert!(well.contains("can be written and read"), "{well}");
    assert_eq!((bucket.requests(), bucket.names().len()), (3, 0));
    let stranger = says("GOLUB__FILES__S3__ACCESS_KEY", "AKSTRANGER".to_owned()).await;
    assert!(stranger.contains("cannot be used"), "{stranger}");
    let keyless = says(key, String::new()).await;
    assert!(
        keyless.contains("files.s3.secret_key is not set"),
        "{keyless}"
    );
}
