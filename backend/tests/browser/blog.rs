//! The blog: written by a content manager, read by a guest, each in a browser of their own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use fantoccini::key::Key;
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
        clara.fill("What it shows", "A dove with a letter").await;
        clara.choose("Card").await;
        clara
            .find(&format!("{shown}//img[@alt='A dove with a letter']"))
            .await;

        clara.choose("At a set time").await;
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
    for browser in [clara, guest] {
        browser.is_steered_by_a_person().await;
    }
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
    let shown = "//section[@aria-label='Preview']//div[@class='prose']//img";
    clara.choose("Article").await;
    let area = clara.field("Text").await;
    let end = char::from(Key::End).to_string();
    area.send_keys(&end).await.expect("the field takes keys");
    let input = "//div[@class='body-field']//input[@type='file']";
    clara.gives_file_at(input, file).await;
    clara.find(shown).await;
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
        let pictures = tempfile::tempdir().expect("a temporary folder");
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
        clara.sees("Give up your changes?").await;
        clara.answers("Stay here").await;
        assert_eq!(value(clara, "Title").await, "Milk");
        clara.press("Load the new version").await;
        clara.answers("Give them up").await;
        clara.find("//h1[.='Tea']").await;
        for title in ["Milk tea", "Green tea"] {
            clara.fill("Title", title).await;
            clara.press("Save draft").await;
            clara.find(&format!("//h1[.='{title}']")).await;
            clara.sees("The draft was saved").await;
        }
        keeps_what_is_unsaved_of_a_message(clara, &token).await;
        clara.go(&format!("/articles/{id}")).await;
        drops_pictures(clara, pictures.path()).await;
        outlives_session(clara, &token).await;
        publishes_in_two_tries(clara).await;
        assert_eq!(
            clara.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}

/// The form of a message stays where it is when it was saved.
async fn keeps_what_is_unsaved_of_a_message(clara: &Browser, token: &str) {
    let new = json!({ "subject": "Spring", "body": "Hello" });
    let id = api::post(clara, token, "messages", &new).await["id"].clone();
    let path = format!("messages/{id}");
    clara.go(&format!("/{path}")).await;
    clara.fill("Subject", "Summer").await;
    api::patch(clara, token, &path, &json!({ "subject": "Autumn" })).await;
    clara.press("Save").await;
    clara
        .sees("Somebody changed this while you had it open")
        .await;
    clara.press("Load the new version").await;
    clara.answers("Stay here").await;
    assert_eq!(value(clara, "Subject").await, "Summer");
    clara.press("Load the new version").await;
    clara.answers("Give them up").await;
    clara.find("//h1[.='Autumn']").await;
    for subject in ["Winter", "Spring again"] {
        clara.fill("Subject", subject).await;
        clara.press("Save").await;
        clara.find(&format!("//h1[.='{subject}']")).await;
    }
}

/// By the browser's own buttons, which do not say which of them it was.
async fn goes_back_and_forward_and_keeps_what_is_unsaved(clara: &Browser) {
    clara.press("Blog").await;
    let article = clara.find("//tbody//a[contains(., 'Water')]").await;
    let pressed = article.click().await;
    pressed.expect("an article can be opened");
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

/// What is no picture is refused in words; another picture is described anew.
async fn drops_pictures(clara: &Browser, folder: &Path) {
    let place = "//div[contains(@class, 'picture-drop')]";
    let broken = folder.join("broken.png");
    fs::write(&broken, "no picture").expect("a file");
    clara.drops_file(place, &broken).await;
    clara.sees("This picture cannot be read").await;
    let shown = "//div[@class='picture-chosen']//img[starts-with(@src, '/api/v1/blog/pictures/')]";
    clara.drops_file(place, &picture(folder, "dove.png")).await;
    let src = clara.find(shown).await.attr("src").await;
    let src = src.expect("an attribute").expect("an address");
    clara.no_longer_sees("This picture cannot be read").await;
    clara.fill("What it shows", "A dove").await;
    clara
        .drops_file(place, &picture(folder, "letter.png"))
        .await;
    clara.find(&format!("{shown}[@src != '{src}']")).await;
    assert_eq!(value(clara, "What it shows").await, "");

    clara.fill("Title", "Black tea").await;
    let area = "//div[@class='body-field']//textarea";
    let within = picture(folder, "inserted.png");
    clara.drops_file(area, &within).await;
    clara
        .find("//section[@aria-label='Preview']//div[@class='prose']//img")
        .await;
    // Who has gone on to the title is still there.
    let focused = "return document.activeElement.id;";
    assert_eq!(clara.evaluate(focused, Vec::new()).await, "title");
}

/// A session that was ended elsewhere takes nothing with it.
async fn outlives_session(clara: &Browser, token: &str) {
    api::delete(clara, token, "me/sessions").await;
    clara.press("Save draft").await;
    clara.sees("Sign in again").await;
    person::signs_in_over_it(clara, PASSWORD).await;
    clara.no_longer_sees("Sign in again").await;
    assert_eq!(value(clara, "Title").await, "Black tea");
    clara.press("Save draft").await;
    clara.find("//h1[.='Black tea']").await;
}

/// Saved, but not published: a second try goes on from there and makes no second article.
async fn publishes_in_two_tries(clara: &Browser) {
    clara.go("/articles/new").await;
    clara.fill("Title", "Cofee").await;
    clara.fill("Text", "Boil it.").await;
    clara.choose("Publish now").await;
    clara.cannot_reach(&["*/publish"]).await;
    clara.press("Publish").await;
    clara
        .sees("The article is saved, but it is not published yet")
        .await;
    clara.cannot_reach(&[]).await;
    clara.fill("Title", "Coffee").await;
    clara.press("Publish").await;
    clara.sees("The article is published").await;
    clara.find("//h1[.='Coffee']").await;
    let token = api::token_of(clara, WRITER).await;
    let sources = api::get(clara, &token, "blog/sources?sort=title").await;
    let told = |place: usize, what: &str| sources["items"][place][what].clone();
    assert_eq!(sources["total"], 2);
    assert_eq!(
        [told(1, "title"), told(1, "state")],
        ["Coffee", "published"]
    );
}

/// What stands in the field with this label.
async fn value(browser: &Browser, label: &str) -> String {
    let value = browser.field(label).await.prop("value").await;
    value.expect("a property").unwrap_or_default()
}

/// A picture that is no other's.
fn picture(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    let shade = name.len() as u8 * 20;
    let picture = RgbImage::from_fn(800, 450, |x, y| Rgb([shade, (x / 4) as u8, (y / 2) as u8]));
    picture.save(&file).expect("a picture");
    file
}
