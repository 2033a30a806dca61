//! The blog: written by a content manager, read by a guest, each in a browser of their own.

use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage};
use serde_json::json;

use crate::support::{
    api,
    browser::Browser,
    golub::PASSWORD,
    person,
    story::{story, story_of_two},
};

const WRITER: &str = "clara@golub.example";
const TITLE: &str = "Почему письма возвращаются";
const SLUG: &str = "/blog/pochemu-pisma-vozvrashchayutsya";
const TEXT: &str = "## What the server says\n\nIt **answers**.\n\n| Code | Meaning |\n| --- | --- |\n| 250 | accepted |\n";

#[tokio::test]
async fn an_article_is_written_shown_scheduled_published_read_and_deleted() {
    story_of_two("blog", &[], async |clara, guest, golub| {
        golub.makes_account("content_manager", WRITER, "Clara");
        let pictures = tempfile::tempdir().expect("a temporary folder");
        person::signs_in_as(clara, WRITER, PASSWORD).await;
        clara.press("Blog").await;
        clara.sees("Nothing written yet").await;
        clara.press("Write article").await;

        clara.fill("Title", TITLE).await;
        clara.fill("Text", TEXT).await;
        let shown = "//section[@aria-label='Preview']";
        clara.find(&format!("{shown}//strong[.='answers']")).await;
        clara.find(&format!("{shown}//td[.='accepted']")).await;
        gives_cover(clara, &picture(pictures.path(), "cover.png")).await;
        clara
            .fill("What is to be seen on it", "A dove with a letter")
            .await;
        clara.choose("Card").await;
        clara
            .find(&format!("{shown}//img[@alt='A dove with a letter']"))
            .await;

        clara.choose("At a time").await;
        clara.sees("Appears by itself").await;
        clara.press("Schedule").await;
        clara.sees("The article is scheduled").await;
        guest.go("/blog").await;
        guest.sees("Nothing published yet").await;

        clara.choose("Publish now").await;
        clara.press("Publish").await;
        clara.sees("The article is published").await;
        reads(guest).await;

        adds_picture_to_text(clara, &picture(pictures.path(), "within.png")).await;
        guest.go(SLUG).await;
        guest
            .find("//div[@class='prose']//img[@alt='Ein Brief']")
            .await;

        clara.press("Delete").await;
        clara.sees("disappears from the blog").await;
        clara.answers("Delete article").await;
        clara.sees("was deleted").await;
        clara.sees("Nothing written yet").await;
        guest.go(SLUG).await;
        guest.sees("There is no such article").await;
        who_writes_is_no_reader(clara, guest).await;
        assert_eq!(
            clara.complaints().await,
            Vec::<String>::new(),
            "{}",
            golub.log()
        );
        assert_eq!(
            guest.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}

/// A guest finds the article on the start page, reads it, and finds the way in.
async fn reads(guest: &Browser) {
    guest.go("/").await;
    guest.sees("From the blog").await;
    guest.press(TITLE).await;
    guest.arrives(SLUG).await;
    guest.find("//img[@alt='A dove with a letter']").await;
    guest.find("//h2[@id][.='What the server says']").await;
    guest.press("All articles").await;
    guest.arrives("/blog").await;
    let card = format!("//article[.//h2[.='{TITLE}']]//img[@alt='A dove with a letter']");
    guest.find(&card).await;
    guest.go("/").await;
    guest.sees("unique recipients").await;
    guest.press("Get started").await;
    guest.arrives("/sign-in").await;
}

/// Also not when the page is loaded anew and has to find out first who is there.
async fn who_writes_is_no_reader(clara: &Browser, guest: &Browser) {
    let token = api::token_of(clara, WRITER).await;
    for title in ["Own", "Read"] {
        let new = json!({ "title": title, "body": title, "published_at": "2020-01-01T09:00:00Z" });
        api::post(clara, &token, "blog/articles", &new).await;
    }
    clara.go("/blog/own").await;
    clara.find("//h1[.='Own']").await;
    guest.go("/blog/read").await;
    guest.find("//h1[.='Read']").await;
    // What was noted first is written no later.
    let told = "for (;;) {
            const headers = { Authorization: `Bearer ${given[0]}` };
            const answer = await fetch('/api/v1/blog/sources', { headers, credentials: 'omit' });
            const readings = Object.fromEntries((await answer.json()).items.map(one => [one.title, one.readings]));
            if (readings.Read) return readings;
            await new Promise(done => setTimeout(done, 100));
        }";
    let readings = guest.evaluate(told, vec![json!(token)]).await;
    assert_eq!(readings, json!({ "Own": 0, "Read": 1 }));
}

async fn gives_cover(clara: &Browser, file: &Path) {
    clara.gives_file_at("//input[@id='picture']", file).await;
    clara
        .find("//div[@class='picture-chosen']//img[starts-with(@src, '/api/v1/blog/pictures/')]")
        .await;
}

/// A picture in the text, where the cursor is; what it shows is typed next.
async fn adds_picture_to_text(clara: &Browser, file: &Path) {
    let input = "//div[@class='body-field']//input[@type='file']";
    clara.gives_file_at(input, file).await;
    let shown = "//section[@aria-label='Preview']//div[@class='prose']//img";
    clara.choose("Article").await;
    clara.find(shown).await;
    let area = clara.field("Text").await;
    area.send_keys("Ein Brief")
        .await
        .expect("the field takes text");
    clara.find(&format!("{shown}[@alt='Ein Brief']")).await;
    clara.press("Save").await;
    clara.sees("The article was saved").await;
}

#[tokio::test]
async fn nobody_writes_over_what_somebody_else_has_saved_and_nothing_unsaved_is_lost() {
    story("blog_conflict", &[], async |clara, golub| {
        golub.makes_account("content_manager", WRITER, "Clara");
        clara.go("/nowhere").await;
        let token = api::token_of(clara, WRITER).await;
        let new = json!({ "title": "Water", "body": "First" });
        let id = api::post(clara, &token, "blog/articles", &new).await["id"].clone();
        person::signs_in_as(clara, WRITER, PASSWORD).await;
        clara.arrives("/overview").await;
        goes_back_and_forward_and_keeps_what_is_unsaved(clara).await;
        clara.go(&format!("/articles/{id}")).await;
        clara.fill("Title", " ").await;
        clara.press("Save draft").await;
        clara.sees("Fill this in.").await;
        clara.fill("Title", "Milk").await;
        clara.fill("Address", "Молоко").await;
        clara.press("Messages").await;
        clara.sees("Leave without saving?").await;
        clara.answers("Stay here").await;

        let path = format!("blog/articles/{id}");
        api::patch(clara, &token, &path, &json!({ "title": "Tea" })).await;
        clara.fill("Address", "milk").await;
        clara.press("Save draft").await;
        clara
            .sees("Somebody changed this while you had it open")
            .await;
        clara.press("Load the new version").await;
        clara.find("//h1[.='Tea']").await;
        clara.fill("Title", "Milk tea").await;
        clara.press("Save draft").await;
        clara.sees("The draft was saved").await;
        clara.find("//h1[.='Milk tea']").await;
        assert_eq!(
            clara.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}

/// By the browser's own buttons, which do not say which of them it was.
async fn goes_back_and_forward_and_keeps_what_is_unsaved(clara: &Browser) {
    clara.press("Blog").await;
    clara.press("Water").await;
    clara.find("//h1[.='Water']").await;
    clara.press("Messages").await;
    clara.find("//h1[.='Messages']").await;
    clara.client().back().await.expect("there is a way back");
    clara.find("//h1[.='Water']").await;
    clara.fill("Title", "Milk").await;
    clara.client().forward().await.expect("there is a way on");
    clara.sees("Leave without saving?").await;
    clara.answers("Stay here").await;
    clara.no_longer_sees("Leave without saving?").await;
    let field = clara.field("Title").await;
    let typed = field.prop("value").await.expect("a field");
    assert_eq!(typed.as_deref(), Some("Milk"));
    clara.client().back().await.expect("there is a way back");
    clara.sees("Leave without saving?").await;
    clara.answers("Leave without saving").await;
    clara.find("//h1[.='Messages']").await;
}

/// A picture that is no other's.
fn picture(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    let shade = name.len() as u8 * 20;
    let picture = RgbImage::from_fn(800, 450, |x, y| Rgb([shade, (x / 4) as u8, (y / 2) as u8]));
    picture.save(&file).expect("a picture");
    file
}
