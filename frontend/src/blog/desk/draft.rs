//! An article as it is being written: what the form's fields hold, and the article that they add up to.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use contract::blog::pictures::PictureView;
use contract::blog::{ArticleSource, ArticleState, NewArticle, slug};
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

/// What the service says of the slug of an article that it has.
#[derive(Clone, Debug, PartialEq)]
pub struct SlugAsRead {
    title: String,
    slug: String,
    slug_chosen: bool,
    slug_known: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// None for an article that the service does not have yet.
    pub slug_as_read: Option<SlugAsRead>,
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
            slug_as_read: None,
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
            slug_as_read: Some(SlugAsRead {
                title: source.title.clone(),
                slug: source.slug.clone(),
                slug_chosen: source.slug_chosen,
                slug_known: source.slug_known,
            }),
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

    /// Takes another picture above it, or none. Words are about the picture that they were written for.
    pub fn show(&mut self, picture: Option<PictureView>) {
        self.picture_alt = match &picture {
            Some(picture) => picture.alt.clone(),
            None => String::new(),
        };
        self.picture = picture;
    }

    /// The slug that it gets, as far as the page can tell: one that another article has is found out by saving.
    pub fn slug(&self) -> String {
        match self.slug.trim() {
            "" => self.slug_unless_chosen(),
            chosen => chosen.to_owned(),
        }
    }

    /// The slug that it gets where none is chosen: it follows the title until readers know it.
    pub fn slug_unless_chosen(&self) -> String {
        match &self.slug_as_read {
            Some(read) if read.stays_under(&self.title) => read.slug.clone(),
            Some(_) | None => slug::from_title(&self.title),
        }
    }

    /// When it appears, as far as that is known before it is saved.
    pub fn appears_at(&self, instant: Instant) -> Result<Option<DateTime<Utc>>, FieldErrors> {
        match self.when {
            When::Draft | When::Now => Ok(None),
            When::AsIs => Ok(self.published_at),
            When::Later => {
                let shown = moment(&self.day, &self.time)?;
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

impl SlugAsRead {
    fn stays_under(&self, title: &str) -> bool {
        self.slug_known || !self.slug_chosen && title.trim() == self.title
    }
}

/// The day is the API's field; the time is a field of the page alone.
fn moment(day: &str, time: &str) -> Result<NaiveDateTime, FieldErrors> {
    let missing = |message| FieldError::new(FieldCode::Required, message);
    let mut errors = FieldErrors::default();
    let day = day.parse().map_err(|_| missing("needs a day"));
    let day: Option<NaiveDate> = errors.keep("published_at", day);
    let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| missing("needs a time"));
    let time = errors.keep("published_at_time", time);
    match (day, time) {
        (Some(day), Some(time)) => Ok(day.and_time(time)),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests;
