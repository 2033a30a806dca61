//! A mailing as it is being planned: what the form's fields hold, and the mailing that they add up to.
//!
//! The fields speak of dates and clocks; the API takes instants. The zones' rules come in as [`Clocks`], so that all
//! of this is tested without a browser.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use contract::mailings::{
    Audience, Channel, MailingChange, MailingView, NewMailing, OnUnknown, Recurrence, Schedule,
    Weekday,
};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use yew::AttrValue;

use crate::mailings::calendar_words::weekday_of;

/// What the clocks of a zone show, and when they show it.
#[derive(Clone, Copy)]
pub struct Clocks {
    pub local: fn(DateTime<Utc>, &str) -> NaiveDateTime,
    pub instant: fn(NaiveDateTime, &str) -> DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Now,
    Later,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    Once,
    Daily,
    Weekly,
    Monthly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthlyBy {
    Day,
    Weekday,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub title: String,
    pub message_id: Option<i64>,
    pub channel: Channel,
    /// It has run: the channel stays.
    pub channel_is_fixed: bool,
    pub everyone: bool,
    /// The chosen recipients and what they are called.
    pub chosen: BTreeMap<i64, AttrValue>,
    pub start: Start,
    /// As date inputs give it: `2026-11-23`.
    pub start_day: String,
    /// As time inputs give it: `09:00`.
    pub start_time: String,
    pub has_end: bool,
    pub end_day: String,
    pub end_time: String,
    pub zone: String,
    pub rhythm: Rhythm,
    pub weekdays: BTreeSet<Weekday>,
    pub monthly_by: MonthlyBy,
    pub day: u8,
    pub week: i8,
    pub weekday: Weekday,
    pub on_unknown: OnUnknown,
}

impl Draft {
    /// A new one: once, now, to everyone; later would be tomorrow at nine.
    pub fn new(now: DateTime<Utc>, zone: &str, clocks: Clocks) -> Self {
        let today = (clocks.local)(now, zone).date();
        let tomorrow = today.succ_opt().unwrap_or(today);
        let in_a_month = tomorrow + chrono::Days::new(30);
        Self {
            title: String::new(),
            message_id: None,
            channel: Channel::Email,
            channel_is_fixed: false,
            everyone: true,
            chosen: BTreeMap::new(),
            start: Start::Now,
            start_day: tomorrow.to_string(),
            start_time: "09:00".to_owned(),
            has_end: false,
            end_day: in_a_month.to_string(),
            end_time: "18:00".to_owned(),
            zone: zone.to_owned(),
            rhythm: Rhythm::Once,
            weekdays: BTreeSet::new(),
            monthly_by: MonthlyBy::Day,
            day: 1,
            week: 1,
            weekday: Weekday::Mon,
            on_unknown: OnUnknown::Resend,
        }
    }

    /// The fields of a mailing that is to be changed.
    pub fn of(
        mailing: &MailingView,
        chosen: BTreeMap<i64, AttrValue>,
        now: DateTime<Utc>,
        clocks: Clocks,
    ) -> Self {
        let zone = mailing.time_zone.as_str();
        let start = (clocks.local)(mailing.starts_at, zone);
        let mut draft = Self {
            title: mailing.title.clone(),
            message_id: mailing.message.as_ref().map(|message| message.id),
            channel: mailing.channel,
            channel_is_fixed: mailing.runs > 0,
            everyone: mailing.audience.all,
            chosen,
            start: Start::Later,
            start_day: start.date().to_string(),
            start_time: clock(start),
            on_unknown: mailing.on_unknown,
            ..Self::new(now, zone, clocks)
        };
        if let Some(ends_at) = mailing.ends_at {
            let end = (clocks.local)(ends_at, zone);
            draft.has_end = true;
            draft.end_day = end.date().to_string();
            draft.end_time = clock(end);
        }
        match &mailing.recurrence {
            Recurrence::Once => {}
            Recurrence::Daily => draft.rhythm = Rhythm::Daily,
            Recurrence::Weekly { weekdays } => {
                draft.suggest_days(Rhythm::Weekly, start.date());
                if !weekdays.is_empty() {
                    draft.weekdays = weekdays.iter().copied().collect();
                }
            }
            Recurrence::Monthly { day, week, weekday } => {
                draft.suggest_days(Rhythm::Monthly, start.date());
                if let (Some(week), Some(weekday)) = (*week, *weekday) {
                    draft.monthly_by = MonthlyBy::Weekday;
                    (draft.week, draft.weekday) = (week, weekday);
                }
                draft.day = day.unwrap_or(draft.day);
            }
        }
        draft
    }

    /// Takes another rhythm, with the day of the start as its first suggestion.
    pub fn take_rhythm(&mut self, rhythm: Rhythm, now: DateTime<Utc>, clocks: Clocks) {
        match self.first_day(now, clocks) {
            Some(start) => self.suggest_days(rhythm, start),
            None => self.rhythm = rhythm,
        }
    }

    /// Moves the start. Days that were only suggested move with it; those that a person chose stay.
    pub fn move_start(
        &mut self,
        now: DateTime<Utc>,
        clocks: Clocks,
        change: impl FnOnce(&mut Self),
    ) {
        let mut suggested = self.clone();
        suggested.take_rhythm(self.rhythm, now, clocks);
        let untouched = suggested == *self;
        change(self);
        if untouched {
            self.take_rhythm(self.rhythm, now, clocks);
        }
    }

    fn first_day(&self, now: DateTime<Utc>, clocks: Clocks) -> Option<NaiveDate> {
        match self.start {
            Start::Now => Some((clocks.local)(now, &self.zone).date()),
            Start::Later => self.start_day.parse().ok(),
        }
    }

    fn suggest_days(&mut self, rhythm: Rhythm, start: NaiveDate) {
        self.rhythm = rhythm;
        match rhythm {
            Rhythm::Once | Rhythm::Daily => {}
            Rhythm::Weekly => self.weekdays = BTreeSet::from([weekday_of(start)]),
            Rhythm::Monthly => {
                self.day = start.day() as u8;
                // A fifth Monday is not in every month: the last one is.
                let week = start.day0() as i8 / 7 + 1;
                self.week = if week > 4 { -1 } else { week };
                self.weekday = weekday_of(start);
            }
        }
    }

    pub fn recurrence(&self) -> Recurrence {
        match (self.rhythm, self.monthly_by) {
            (Rhythm::Once, _) => Recurrence::Once,
            (Rhythm::Daily, _) => Recurrence::Daily,
            (Rhythm::Weekly, _) => Recurrence::Weekly {
                weekdays: self.weekdays.iter().copied().collect(),
            },
            (Rhythm::Monthly, MonthlyBy::Day) => Recurrence::Monthly {
                day: Some(self.day),
                week: None,
                weekday: None,
            },
            (Rhythm::Monthly, MonthlyBy::Weekday) => Recurrence::Monthly {
                day: None,
                week: Some(self.week),
                weekday: Some(self.weekday),
            },
        }
    }

    /// When it runs, or what is wrong with the fields that say so.
    pub fn schedule(&self, now: DateTime<Utc>, clocks: Clocks) -> Result<Schedule, FieldErrors> {
        let mut errors = FieldErrors::default();
        let zone = self.zone.as_str();
        let starts_at = match self.start {
            // To the minute, so that what repeats keeps a time that one can read.
            Start::Now => now
                .with_second(0)
                .and_then(|minute| minute.with_nanosecond(0)),
            Start::Later => errors
                .keep("starts_at", moment(&self.start_day, &self.start_time))
                .map(|shown| (clocks.instant)(shown, zone)),
        };
        let ends_at = self
            .has_end
            .then(|| errors.keep("ends_at", moment(&self.end_day, &self.end_time)))
            .flatten()
            .map(|shown| (clocks.instant)(shown, zone));
        if self.rhythm == Rhythm::Weekly && self.weekdays.is_empty() {
            errors.add(
                "recurrence",
                FieldError::new(FieldCode::Required, "choose a day"),
            );
        }
        let schedule = Schedule {
            starts_at: starts_at.unwrap_or(now),
            ends_at,
            time_zone: zone.to_owned(),
            recurrence: self.recurrence(),
        };
        if errors.is_empty() {
            schedule.check(now)?;
            return Ok(schedule);
        }
        Err(errors)
    }

    /// The mailing that the fields add up to, or all that is wrong with them.
    pub fn mailing(&self, now: DateTime<Utc>, clocks: Clocks) -> Result<NewMailing, FieldErrors> {
        let mut errors = FieldErrors::default();
        let schedule = self
            .schedule(now, clocks)
            .map_err(|wrong| errors.0.extend(wrong.0));
        if self.message_id.is_none() {
            errors.add(
                "message_id",
                FieldError::new(FieldCode::Required, "choose a message"),
            );
        }
        errors.keep("audience", self.audience().check());
        let (Ok(schedule), Some(message_id)) = (schedule, self.message_id) else {
            return Err(errors);
        };
        let Schedule {
            starts_at,
            ends_at,
            time_zone,
            recurrence,
        } = schedule;
        let mailing = NewMailing {
            title: Some(self.title.clone()),
            message_id,
            audience: self.audience(),
            channel: self.channel,
            starts_at,
            ends_at,
            time_zone,
            recurrence,
            on_unknown: self.on_unknown,
        };
        mailing.check(now)
    }

    pub fn audience(&self) -> Audience {
        let recipient_ids = if self.everyone {
            Vec::new()
        } else {
            self.chosen.keys().copied().collect()
        };
        Audience {
            recipient_ids,
            all: self.everyone,
        }
    }

    /// What of a mailing changes when it becomes as this draft says. Times count as changed only when their
    /// fields were: a start with seconds, made by a program, keeps them.
    pub fn change(&self, before: &Draft, after: NewMailing) -> MailingChange {
        let NewMailing {
            title,
            message_id,
            audience,
            channel,
            starts_at,
            ends_at,
            time_zone,
            recurrence,
            on_unknown,
        } = after;
        let moved = self.zone != before.zone;
        let start = (self.start, &self.start_day, &self.start_time);
        let start_moved = moved || start != (before.start, &before.start_day, &before.start_time);
        let end = (self.has_end, &self.end_day, &self.end_time);
        let end_moved =
            end != (before.has_end, &before.end_day, &before.end_time) || (moved && self.has_end);
        MailingChange {
            title: (self.title != before.title).then(|| title.unwrap_or_default()),
            message_id: (self.message_id != before.message_id).then_some(message_id),
            audience: (self.audience() != before.audience()).then_some(audience),
            channel: (self.channel != before.channel).then_some(channel),
            starts_at: start_moved.then_some(starts_at),
            ends_at: end_moved.then_some(ends_at),
            time_zone: moved.then_some(time_zone),
            recurrence: (self.recurrence() != before.recurrence()).then_some(recurrence),
            on_unknown: (self.on_unknown != before.on_unknown).then_some(on_unknown),
        }
    }
}

/// A date and a time as inputs give them; seconds are possible, and taken.
fn moment(day: &str, time: &str) -> Result<NaiveDateTime, FieldError> {
    let required = || FieldError::new(FieldCode::Required, "needs a date and a time");
    let day: NaiveDate = day.parse().map_err(|_| required())?;
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
        .map_err(|_| required())?;
    Ok(day.and_time(time))
}

fn clock(shown: NaiveDateTime) -> String {
    shown.format("%H:%M").to_string()
}
