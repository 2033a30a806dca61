//! An article as it is being written: what the form's fields hold, and the article that they add up to.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use contract::blog::pictures::PictureView;
use contract::blog::{ArticleSource, ArticleState, NewArticle};
use contract::problem::{FieldCode, FieldError, FieldErrors};

/// When everybody may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Not yet.
    Draft,
    /// As soon as it is saved.
    Now,
    /// At the day and time of the fields.
    Later,
    /// It is published, and keeps its date.
    AsIs,
}

/// When clocks of a zone show a time: the browser's rules, or a test's.
pub type Instant = fn(NaiveDateTime, &str) -> DateTime<Utc>;

/// What the clocks of a zone show.
pub type Local = fn(DateTime<Utc>, &str) -> NaiveDateTime;

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub title: String,
    /// Empty: made from the title.
    pub slug: String,
    pub summary: String,
    pub body: String,
    pub picture: Option<PictureView>,
    pub picture_alt: String,
    pub when: When,
    /// As date inputs give it: `2026-11-23`.
    pub day: String,
    /// As time inputs give it: `09:00`.
    pub time: String,
    pub zone: String,
    /// As it was read.
    pub published_at: Option<DateTime<Utc>>,
}

impl Draft {
    /// A new one; if it is to appear later, that would be tomorrow at nine.
    pub fn new(now: DateTime<Utc>, zone: &str, local: Local) -> Self {
        let tomorrow = local(now, zone).date() + Days::new(1);
        Self {
            title: String::new(),
            slug: String::new(),
            summary: String::new(),
            body: String::new(),
            picture: None,
            picture_alt: String::new(),
            when: When::Draft,
            day: tomorrow.to_string(),
            time: "09:00".to_owned(),
            zone: zone.to_owned(),
            published_at: None,
        }
    }

    /// The fields of an article that is to be changed.
    pub fn of(source: &ArticleSource, now: DateTime<Utc>, zone: &str, local: Local) -> Self {
        let mut draft = Self {
            title: source.title.clone(),
            slug: match source.slug_chosen {
                true => source.slug.clone(),
                false => String::new(),
            },
            summary: source.summary.clone(),
            body: source.body.clone(),
            picture: source.picture.clone(),
            picture_alt: source
                .picture
                .as_ref()
                .map(|picture| picture.alt.clone())
                .unwrap_or_default(),
            published_at: source.published_at,
            ..Self::new(now, zone, local)
        };
        draft.when = match source.state {
            ArticleState::Draft => When::Draft,
            ArticleState::Scheduled => When::Later,
            ArticleState::Published => When::AsIs,
        };
        if let (ArticleState::Scheduled, Some(at)) = (source.state, source.published_at) {
            let shown = local(at, zone);
            draft.day = shown.date().to_string();
            draft.time = shown.format("%H:%M").to_string();
        }
        draft
    }

    /// When it appears, as far as that is known before it is saved.
    pub fn appears_at(&self, instant: Instant) -> Result<Option<DateTime<Utc>>, FieldErrors> {
        match self.when {
            When::Draft | When::Now => Ok(None),
            When::AsIs => Ok(self.published_at),
            When::Later => {
                let shown = moment(&self.day, &self.time)
                    .map_err(|error| FieldErrors::one("published_at", error))?;
                Ok(Some(instant(shown, &self.zone)))
            }
        }
    }

    /// The article that the fields add up to, or all that is wrong with them.
    pub fn article(&self, instant: Instant) -> Result<NewArticle, FieldErrors> {
        let appears_at = self.appears_at(instant);
        let article = NewArticle {
            title: self.title.clone(),
            slug: self.slug.clone(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            picture_id: self.picture.as_ref().map(|picture| picture.id),
            picture_alt: match self.picture {
                Some(_) => self.picture_alt.clone(),
                None => String::new(),
            },
            published_at: appears_at.clone().unwrap_or_default(),
        };
        // What appears at once is checked as if it had its date already.
        let dated = NewArticle {
            published_at: match self.when {
                When::Now => Some(DateTime::UNIX_EPOCH),
                When::Draft | When::Later | When::AsIs => article.published_at,
            },
            ..article.clone()
        };
        let checked = dated.check();
        match (checked, appears_at) {
            (Ok(checked), Ok(appears_at)) => Ok(NewArticle {
                published_at: appears_at,
                ..checked
            }),
            (Err(mut errors), Err(when)) => {
                errors.0.extend(when.0);
                Err(errors)
            }
            (Err(errors), _) | (_, Err(errors)) => Err(errors),
        }
    }
}

fn moment(day: &str, time: &str) -> Result<NaiveDateTime, FieldError> {
    let missing = || FieldError::new(FieldCode::Required, "needs a day and a time");
    let day: NaiveDate = day.parse().map_err(|_| missing())?;
    let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| missing())?;
    Ok(day.and_time(time))
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

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
    }

    #[test]
    fn words_for_a_picture_that_is_gone_go_with_it() {
        let without = Draft {
            picture_alt: "A dove".to_owned(),
            ..draft()
        };
        assert_eq!(without.article(instant).expect("whole").picture_alt, "");
    }
}
