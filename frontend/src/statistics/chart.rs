//! Letters per day: bars in the five colours of meaning, and the same as a table.
//!
//! Drawn as SVG that is stretched to its place; the words around it are not, so that they are read on a phone too.

use contract::delivery::DeliveryState;
use contract::statistics::{DailyStatistics, DayStatistics};
use yew::prelude::*;

use super::figures::{self, count_of};
use super::scale::{self, HEIGHT, WIDTH};
use super::texts;
use crate::delivery::{SHOWN_STATES, state_tone_and_text};
use crate::i18n::{Words, use_words};
use crate::ui::time::{self, Form};
use crate::ui::zone;

#[derive(PartialEq, Properties)]
pub struct ChartProps {
    pub daily: DailyStatistics,
}

#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let words = use_words();
    let pointed = use_state(|| None::<usize>);
    let DailyStatistics { time_zone, days } = &props.daily;
    let largest = days.iter().map(|day| day.figures.all_letters()).max();
    let top = scale::top(largest.unwrap_or(0));
    let bar = |(place, day): (usize, &DayStatistics)| {
        let point = {
            let pointed = pointed.clone();
            Callback::from(move |_: PointerEvent| pointed.set(Some(place)))
        };
        day_bar(place, days.len(), day, top, point)
    };
    let leave = {
        let pointed = pointed.clone();
        Callback::from(move |_: PointerEvent| pointed.set(None))
    };
    let told = match pointed.and_then(|place| days.get(place)) {
        Some(day) => day_sentence(words, day, time_zone),
        None => chart_sentence(words, days, time_zone),
    };
    let edge = |day: Option<&DayStatistics>| day.map(|day| date(words, day, time_zone));
    html! {
        <figure class="chart">
            <div class="chart-field">
                <div class="chart-scale figures" aria-hidden="true">
                    <span>{ words.number(top) }</span><span>{ words.number(top / 2) }</span><span>{ "0" }</span>
                </div>
                <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none" role="img"
                    aria-label={chart_sentence(words, days, time_zone)} onpointerleave={leave}>
                    { for [0.0, HEIGHT / 2.0, HEIGHT].map(|y| html! {
                        <line class="chart-line" x1="0" x2={WIDTH.to_string()} y1={y.to_string()} y2={y.to_string()} />
                    }) }
                    { for days.iter().enumerate().map(bar) }
                </svg>
            </div>
            <div class="chart-days" aria-hidden="true">
                <span>{ edge(days.first()) }</span>
                <span>{ edge(days.get(days.len() / 2).filter(|_| days.len() > 2)) }</span>
                <span>{ edge(days.last()) }</span>
            </div>
            <figcaption>
                <p class="chart-told">{ told }</p>
                <div class="chart-legend">
                    { for SHOWN_STATES.into_iter().map(|state| {
                        let (tone, text) = state_tone_and_text(state);
                        html! { <span class={tone.class()}>{ words.say(text) }</span> }
                    }) }
                </div>
            </figcaption>
            <details class="chart-table">
                <summary>{ words.say(texts::AS_TABLE) }</summary>
                <Table daily={props.daily.clone()} />
            </details>
        </figure>
    }
}

fn day_bar(
    place: usize,
    days: usize,
    day: &DayStatistics,
    top: u64,
    point: Callback<PointerEvent>,
) -> Html {
    let counts = SHOWN_STATES.map(|state| count_of(&day.figures.letters, state));
    let parts = scale::parts(place, days, &counts, top);
    let wide = WIDTH / days.max(1) as f64;
    let rect = |(state, part): (DeliveryState, Option<scale::Part>)| {
        let scale::Part {
            x,
            y,
            width,
            height,
        } = part?;
        let class = state_tone_and_text(state).0.class();
        Some(html! {
            <rect {class} x={format!("{x:.2}")} y={format!("{y:.2}")} width={format!("{width:.2}")} height={format!("{height:.2}")} />
        })
    };
    html! {
        <g onpointerenter={point}>
            // The whole place of the day is pointed at, not only its bar.
            <rect class="chart-place" x={format!("{:.2}", wide * place as f64)} y="0" width={format!("{wide:.2}")} height={HEIGHT.to_string()} />
            { for SHOWN_STATES.into_iter().zip(parts).filter_map(rect) }
        </g>
    }
}

#[component]
fn Table(props: &ChartProps) -> Html {
    let words = use_words();
    let DailyStatistics { time_zone, days } = &props.daily;
    let head = |state: DeliveryState| html! { <th class="figures-cell" scope="col">{ words.say(state_tone_and_text(state).1) }</th> };
    let row = |day: &DayStatistics| {
        let cell = |state: DeliveryState| {
            let title = words.say(state_tone_and_text(state).1);
            html! {
                <td class="figures-cell" data-title={title}>{ words.number(count_of(&day.figures.letters, state)) }</td>
            }
        };
        html! {
            <tr>
                <th scope="row">{ date(words, day, time_zone) }</th>
                { for SHOWN_STATES.into_iter().map(cell) }
                <td class="figures-cell" data-title={words.say(texts::ATTEMPTS)}>{ words.number(day.figures.attempts) }</td>
                <td class="figures-cell" data-title={words.say(texts::SUCCESS_RATE)}>{ figures::rate(words, &day.figures) }</td>
            </tr>
        }
    };
    html! {
        <table class="rows day-rows">
            <caption class="visually-hidden">{ words.say(texts::PER_DAY) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.fill(texts::DAY_IN, &[("zone", &zone::shown(time_zone))]) }</th>
                    { for SHOWN_STATES.into_iter().map(head) }
                    <th class="figures-cell" scope="col">{ words.say(texts::ATTEMPTS) }</th>
                    <th class="figures-cell" scope="col">{ words.say(texts::SUCCESS_RATE) }</th>
                </tr>
            </thead>
            <tbody>{ for days.iter().rev().map(row) }</tbody>
        </table>
    }
}

fn date(words: Words, day: &DayStatistics, zone: &str) -> String {
    time::write(words, day.from, zone, Form::Date)
}

/// "20 Nov 2026: 1,204 deliveries (Sent: 1,190, Failed: 14)"
fn day_sentence(words: Words, day: &DayStatistics, zone: &str) -> String {
    let deliveries = words.count(texts::DELIVERIES, day.figures.all_letters());
    let parts = figures::bar(words, &day.figures.letters);
    let parts: Vec<&str> = parts
        .iter()
        .filter(|part| part.count > 0)
        .map(|part| part.label.as_str())
        .collect();
    let date = date(words, day, zone);
    if parts.is_empty() {
        return format!("{date}: {deliveries}");
    }
    format!("{date}: {deliveries} ({})", parts.join(", "))
}

/// How many there are, and on which day the most.
fn chart_sentence(words: Words, days: &[DayStatistics], zone: &str) -> String {
    let all: u64 = days.iter().map(|day| day.figures.all_letters()).sum();
    let deliveries = words.count(texts::DELIVERIES, all);
    let counted = words.count(texts::IN_DAYS, days.len() as u64);
    let most = days.iter().max_by_key(|day| day.figures.all_letters());
    match most.filter(|_| all > 0) {
        Some(day) => {
            let date = date(words, day, zone);
            let most = words.number(day.figures.all_letters());
            words
                .fill(
                    texts::CHART_SENTENCE,
                    &[
                        ("deliveries", &deliveries),
                        ("days", &counted),
                        ("date", &date),
                        ("most", &most),
                    ],
                )
                .to_string()
        }
        None => words
            .fill(texts::CHART_EMPTY, &[("days", &counted)])
            .to_string(),
    }
}
