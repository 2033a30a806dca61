//! Choosing when: the first sending, the rhythm, the end, the zone.

use chrono::{DateTime, Utc};
use contract::mailings::Weekday;
use yew::prelude::*;

use super::CLOCKS;
use super::draft::{Draft, MonthlyBy, Rhythm, Start};
use super::weekdays::WeekdayToggles;
use crate::i18n::use_words;
use crate::mailings::calendar_words::DAYS;
use crate::mailings::texts::form as texts;
use crate::ui::form::{Bound, Choice, Form, SelectField, Switch, TextField, ZoneField};
use crate::ui::time::now;

#[derive(PartialEq, Properties)]
pub struct ScheduleFieldsProps {
    pub form: Form<Draft>,
    /// Only a new mailing can start now; a known one has started or has its start.
    #[prop_or(true)]
    pub is_new: bool,
}

#[component]
pub fn ScheduleFields(props: &ScheduleFieldsProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let draft = form.draft();
    let disabled = form.is_saving();
    let start = {
        let form = form.clone();
        Callback::from(move |start| {
            form.change("starts_at", move |draft| {
                draft.move_start(now(), CLOCKS, |draft| draft.start = start);
            });
        })
    };
    let rhythm = {
        let form = form.clone();
        Callback::from(move |rhythm| {
            let at: DateTime<Utc> = now();
            form.change("recurrence", move |draft| {
                draft.take_rhythm(rhythm, at, CLOCKS)
            });
        })
    };
    let has_end = {
        let form = form.clone();
        Callback::from(move |on| form.change("ends_at", move |draft| draft.has_end = on))
    };
    let later = draft.start == Start::Later;
    let end_hint = if draft.rhythm == Rhythm::Once {
        texts::HAS_END_ONCE_HINT
    } else {
        texts::HAS_END_HINT
    };
    html! {
        <>
            if props.is_new {
                <Choice<Start> label={words.say(texts::START)} name="start" value={draft.start}
                    options={vec![(Start::Now, "now", words.say(texts::NOW)), (Start::Later, "later", words.say(texts::LATER))]}
                    change={start} {disabled} />
            }
            if later {
                <div class="field-pair">
                    <TextField label={texts::START_DAY} kind="date"
                        bound={form.bind("starts_at", |draft| draft.start_day.clone(), set_start_day)} />
                    <TextField label={texts::START_TIME} kind="time"
                        bound={named("start_time", form.bind("starts_at", |draft| draft.start_time.clone(), |draft, time| draft.start_time = time))} />
                </div>
            }
            <Choice<Rhythm> label={words.say(texts::REPEATS)} name="rhythm" value={draft.rhythm} change={rhythm} {disabled}
                options={RHYTHMS.map(|(rhythm, word, text)| (rhythm, word, words.say(text))).to_vec()} />
            { match draft.rhythm {
                Rhythm::Once | Rhythm::Daily => Html::default(),
                Rhythm::Weekly => html! { <WeekdayToggles form={form.clone()} /> },
                Rhythm::Monthly => html! { <MonthlyFields form={form.clone()} /> },
            } }
            <Switch name="has_end" label={words.say(texts::HAS_END)} on={draft.has_end} change={has_end} {disabled}
                hint={words.say(end_hint)} />
            if draft.has_end {
                <div class="field-pair">
                    <TextField label={texts::END_DAY} kind="date"
                        bound={form.bind("ends_at", |draft| draft.end_day.clone(), |draft, day| draft.end_day = day)} />
                    <TextField label={texts::END_TIME} kind="time"
                        bound={named("end_time", form.bind("ends_at", |draft| draft.end_time.clone(), |draft, time| draft.end_time = time))} />
                </div>
            }
            <ZoneField label={words.say(texts::ZONE)} hint={words.say(texts::ZONE_HINT)}
                bound={form.bind("time_zone", |draft| draft.zone.clone(), |draft, zone| draft.zone = zone)} />
        </>
    }
}

fn set_start_day(draft: &mut Draft, day: String) {
    draft.move_start(now(), CLOCKS, |draft| draft.start_day = day);
}

/// The second input of a field: under a name of its own, with the error shown at the first alone.
fn named(name: &'static str, bound: Bound) -> Bound {
    Bound {
        name,
        id: AttrValue::Static(name),
        errors: Vec::new(),
        ..bound
    }
}

const RHYTHMS: [(Rhythm, &str, crate::i18n::Text); 4] = [
    (Rhythm::Once, "once", texts::ONCE),
    (Rhythm::Daily, "daily", texts::DAILY),
    (Rhythm::Weekly, "weekly", texts::WEEKLY),
    (Rhythm::Monthly, "monthly", texts::MONTHLY),
];

#[derive(PartialEq, Properties)]
struct MonthlyFieldsProps {
    form: Form<Draft>,
}

#[component]
fn MonthlyFields(props: &MonthlyFieldsProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let by_day = form.draft().monthly_by == MonthlyBy::Day;
    let choose = {
        let form = form.clone();
        Callback::from(move |by| form.change("recurrence", move |draft| draft.monthly_by = by))
    };
    let options = vec![
        (MonthlyBy::Day, "day", words.say(texts::BY_DAY)),
        (MonthlyBy::Weekday, "weekday", words.say(texts::BY_WEEKDAY)),
    ];
    let days = (1..=31)
        .map(|day: u8| (day.to_string().into(), day.to_string().into()))
        .collect::<Vec<_>>();
    let weeks = [
        (1, texts::WEEK_1),
        (2, texts::WEEK_2),
        (3, texts::WEEK_3),
        (4, texts::WEEK_4),
        (-1, texts::WEEK_LAST),
    ];
    let weeks: Vec<_> = weeks
        .map(|(week, text)| (AttrValue::from(week.to_string()), words.say(text)))
        .to_vec();
    let weekdays: Vec<_> = (0..7)
        .map(|place: usize| (AttrValue::from(place.to_string()), words.say(DAYS[place])))
        .collect();
    html! {
        <>
            <Choice<MonthlyBy> label={words.say(texts::MONTHLY_BY)} name="monthly_by" value={form.draft().monthly_by}
                {options} change={choose} errors={form.errors("recurrence")} disabled={form.is_saving()} />
            if by_day {
                <div class="field-pair">
                    <SelectField label={words.say(texts::DAY)} options={days} hint={words.say(texts::DAY_HINT)}
                        bound={form.bind("recurrence.day", |draft| draft.day.to_string(),
                            |draft, day| draft.day = day.parse().unwrap_or(draft.day))} />
                </div>
            } else {
                <div class="field-pair">
                    <SelectField label={words.say(texts::WEEK)} options={weeks}
                        bound={form.bind("recurrence.week", |draft| draft.week.to_string(),
                            |draft, week| draft.week = week.parse().unwrap_or(draft.week))} />
                    <SelectField label={words.say(texts::WEEKDAY)} options={weekdays}
                        bound={form.bind("recurrence.weekday", |draft| (draft.weekday as usize).to_string(), set_weekday)} />
                </div>
            }
        </>
    }
}

fn set_weekday(draft: &mut Draft, place: String) {
    let weekday = place
        .parse()
        .ok()
        .and_then(|place: usize| Weekday::ALL.get(place).copied());
    draft.weekday = weekday.unwrap_or(draft.weekday);
}
