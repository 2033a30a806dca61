//! What fields add up to, by the clocks of Moscow.

use chrono::Duration;
use contract::listing::Owner;

use super::*;

/// Three hours ahead, as in Moscow.
fn local(at: DateTime<Utc>, _: &str) -> NaiveDateTime {
    at.naive_utc() + Duration::hours(3)
}

fn instant(shown: NaiveDateTime, _: &str) -> DateTime<Utc> {
    (shown - Duration::hours(3)).and_utc()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn draft() -> Draft {
    Draft {
        title: "Water".to_owned(),
        body: "First".to_owned(),
        ..Draft::new(at("2030-05-01T22:00:00Z"), "Europe/Moscow", local)
    }
}

#[test]
fn later_is_tomorrow_at_nine_by_the_clock_on_the_wall() {
    let later = Draft {
        when: When::Later,
        ..draft()
    };
    // It is the second of May there already.
    let article = later.article(instant).expect("a whole article");
    assert_eq!(article.published_at, Some(at("2030-05-03T06:00:00Z")));
}

#[test]
fn what_appears_at_once_needs_something_to_read_and_is_given_no_date_here() {
    let now = Draft {
        when: When::Now,
        ..draft()
    };
    assert_eq!(now.article(instant).expect("whole").published_at, None);
    let empty = Draft {
        body: String::new(),
        ..now
    };
    let errors = empty.article(instant).expect_err("nothing to read");
    assert_eq!(errors.of("body")[0].code, FieldCode::Required);
    let draft = Draft {
        when: When::Draft,
        ..empty
    };
    assert!(draft.article(instant).is_ok());
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let wrong = Draft {
        title: String::new(),
        when: When::Later,
        day: String::new(),
        ..draft()
    };
    let errors = wrong.article(instant).expect_err("two things are wrong");
    assert_eq!(errors.of("title").len(), 1);
    assert_eq!(errors.of("published_at").len(), 1);
    assert!(errors.of("published_at_time").is_empty());
}

#[test]
fn a_day_and_a_time_are_missed_each_at_its_own_field() {
    let without_time = Draft {
        when: When::Later,
        time: String::new(),
        ..draft()
    };
    let errors = without_time.article(instant).expect_err("no time");
    assert!(errors.of("published_at").is_empty());
    assert_eq!(errors.of("published_at_time")[0].code, FieldCode::Required);
}

#[test]
fn words_about_a_picture_go_with_it() {
    let mut draft = draft();
    draft.show(Some(picture(1)));
    draft.picture_alt = "A dove".to_owned();
    draft.show(Some(picture(2)));
    assert_eq!(draft.picture_alt, "");
    draft.picture_alt = "A letter".to_owned();
    draft.show(None);
    assert_eq!((draft.picture, draft.picture_alt), (None, String::new()));
}

#[test]
fn the_slug_follows_the_title_until_it_is_chosen_or_known() {
    let slug = |title: &str, chosen: &str, read: ArticleSource| {
        let mut draft = Draft::of(&read, at("2030-05-01T22:00:00Z"), "", local);
        draft.title = title.to_owned();
        draft.slug = chosen.to_owned();
        draft.slug()
    };
    // The service made it unlike that of another article with this title.
    let read = ArticleSource {
        slug: "water-2".to_owned(),
        ..source()
    };
    assert_eq!(slug(" Water ", "", read.clone()), "water-2");
    assert_eq!(slug("Milk", "", read.clone()), "milk");
    assert_eq!(slug("Milk", " tea ", read.clone()), "tea");
    let known = ArticleSource {
        slug_known: true,
        ..read.clone()
    };
    assert_eq!(slug("Milk", "", known.clone()), "water-2");
    assert_eq!(slug("Milk", "tea", known), "tea");
    let chosen = ArticleSource {
        slug_chosen: true,
        ..read
    };
    assert_eq!(slug("Water", "", chosen), "water");
    assert_eq!(draft().slug(), "water");
}

fn picture(id: i64) -> PictureView {
    PictureView {
        id,
        url: String::new(),
        sizes: Vec::new(),
        width: 16,
        height: 9,
        alt: String::new(),
    }
}

fn source() -> ArticleSource {
    ArticleSource {
        id: 7,
        slug: "water".to_owned(),
        slug_chosen: false,
        slug_known: false,
        title: "Water".to_owned(),
        summary: String::new(),
        body: "First".to_owned(),
        picture: None,
        state: ArticleState::Draft,
        published_at: None,
        readings: 0,
        author: Owner {
            id: 1,
            email: "clara@example.org".to_owned(),
            full_name: String::new(),
        },
        created_at: at("2030-05-01T06:00:00Z"),
        updated_at: at("2030-05-01T06:00:00Z"),
    }
}
