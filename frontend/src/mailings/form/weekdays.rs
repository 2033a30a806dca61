//! The days of a week, each on or off.

use std::collections::BTreeSet;

use contract::mailings::Weekday;
use yew::prelude::*;

use super::draft::Draft;
use crate::i18n::use_words;
use crate::mailings::calendar_words::{DAYS, DAYS_SHORT};
use crate::mailings::texts::form as texts;
use crate::ui::form::{FieldFrame, Form};
use crate::ui::{Button, Look};

#[derive(PartialEq, Properties)]
pub struct WeekdayTogglesProps {
    pub form: Form<Draft>,
}

#[component]
pub fn WeekdayToggles(props: &WeekdayTogglesProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let errors = form.errors("recurrence");
    let invalid = (!errors.is_empty()).then_some("true");
    let toggle = |day: Weekday| {
        let place = day as usize;
        let on = form.draft().weekdays.contains(&day);
        let flip = {
            let form = form.clone();
            Callback::from(move |_: MouseEvent| {
                form.change("recurrence", move |draft| {
                    if !draft.weekdays.remove(&day) {
                        draft.weekdays.insert(day);
                    }
                });
            })
        };
        html! {
            <button type="button" class="weekday" aria-pressed={on.to_string()} onclick={flip} disabled={form.is_saving()}
                title={words.say(DAYS[place])} aria-invalid={invalid}>{ words.say(DAYS_SHORT[place]) }</button>
        }
    };
    let take = |days: &'static [Weekday]| {
        let form = form.clone();
        Callback::from(move |()| {
            let days: BTreeSet<Weekday> = days.iter().copied().collect();
            form.change("recurrence", move |draft| draft.weekdays = days);
        })
    };
    html! {
        <FieldFrame label={words.say(texts::ON_WEEKDAYS)} id="recurrence" {errors}>
            <div class="weekdays" role="group" id="recurrence" aria-label={words.say(texts::ON_WEEKDAYS)}>
                { for Weekday::ALL.into_iter().map(toggle) }
                <span class="weekday-presets">
                    <Button look={Look::Quiet} text={words.say(texts::WEEKDAYS_PRESET)} onclick={take(&Weekday::ALL[..5])} />
                    <Button look={Look::Quiet} text={words.say(texts::EVERY_DAY_PRESET)} onclick={take(&Weekday::ALL)} />
                </span>
            </div>
        </FieldFrame>
    }
}
