//! Figures in words: what stands in which state, and how many attempts succeeded.

use contract::accounts::users::LetterCounts;
use contract::delivery::DeliveryState;
use contract::statistics::Figures;
use yew::prelude::*;

use super::texts;
use crate::delivery::{SHOWN_STATES, state_tone_and_text};
use crate::i18n::{Language, Words, use_words};
use crate::ui::{BarPart, ResultBar};

/// How many letters stand in a shown state.
pub const fn count_of(letters: &LetterCounts, state: DeliveryState) -> u64 {
    match state {
        DeliveryState::Queued | DeliveryState::Sending => letters.queued,
        DeliveryState::Sent => letters.sent,
        DeliveryState::Failed => letters.failed,
        DeliveryState::Skipped => letters.skipped,
        DeliveryState::Unknown => letters.unknown,
    }
}

/// The letters as the parts of a bar.
pub fn bar(words: Words, letters: &LetterCounts) -> Vec<BarPart> {
    SHOWN_STATES
        .into_iter()
        .map(|state| {
            let (tone, text) = state_tone_and_text(state);
            let count = count_of(letters, state);
            let label = format!("{}: {}", words.say(text), words.number(count));
            BarPart {
                tone,
                count,
                label: label.into(),
            }
        })
        .collect()
}

/// `97.3%` or `97,3 %`; what is not quite all is never told as all.
pub fn percent(words: Words, share: f64) -> String {
    let tenths = (share * 1000.0).round();
    let tenths = if share < 1.0 {
        tenths.min(999.0)
    } else {
        tenths
    };
    let written = match tenths % 10.0 == 0.0 {
        true => format!("{:.0}", tenths / 10.0),
        false => format!("{:.1}", tenths / 10.0),
    };
    match words.language {
        Language::En => format!("{written}%"),
        Language::Ru => format!("{}\u{a0}%", written.replace('.', ",")),
    }
}

/// The share of attempts that succeeded, or a dash where there were none.
pub fn rate(words: Words, figures: &Figures) -> String {
    share(figures).map_or_else(|| "—".to_owned(), |share| percent(words, share))
}

/// From the counts: the rate that comes with them is rounded already, and would be rounded twice.
fn share(figures: &Figures) -> Option<f64> {
    let is_tried = figures.attempts > 0;
    is_tried.then(|| figures.succeeded as f64 / figures.attempts as f64)
}

#[derive(PartialEq, Properties)]
pub struct FiguresPanelProps {
    pub figures: Figures,
}

/// A sentence, the bar of letters with its legend, and the attempts.
#[component]
pub fn FiguresPanel(props: &FiguresPanelProps) -> Html {
    let words = use_words();
    let figures = &props.figures;
    let letters = &figures.letters;
    let state = |state: DeliveryState| {
        let (tone, text) = state_tone_and_text(state);
        let count = count_of(letters, state);
        html! {
            <div class={classes!(tone.class(), (count == 0).then_some("is-zero"))}>
                <b>{ words.number(count) }</b><span>{ words.say(text) }</span>
            </div>
        }
    };
    let attempt = |value: String, text| {
        html! { <div><dt>{ words.say(text) }</dt><dd class="figures">{ value }</dd></div> }
    };
    html! {
        <section class="panel report-figures">
            <p class="report-sentence">{ sentence(words, figures) }</p>
            if figures.all_letters() > 0 {
                <ResultBar parts={bar(words, letters)} />
            }
            <div class="legend figures">{ for SHOWN_STATES.into_iter().map(state) }</div>
            <dl class="report-attempts">
                { attempt(words.number(figures.attempts), texts::ATTEMPTS) }
                { attempt(words.number(figures.succeeded), texts::SUCCEEDED) }
                { attempt(words.number(figures.failed), texts::FAILED) }
                { attempt(words.number(figures.unknown), texts::UNKNOWN) }
                { attempt(rate(words, figures), texts::SUCCESS_RATE) }
                { attempt(words.number(figures.accepted), texts::ACCEPTED) }
            </dl>
        </section>
    }
}

/// What matters, in words.
fn sentence(words: Words, figures: &Figures) -> String {
    if figures.is_empty() {
        return words.say(texts::NOTHING_SENT).to_string();
    }
    let deliveries = words.count(texts::DELIVERIES, figures.all_letters());
    let Some(share) = share(figures) else {
        return words
            .fill(texts::SENTENCE_UNTRIED, &[("deliveries", &deliveries)])
            .to_string();
    };
    let attempts = words.count(texts::OF_ATTEMPTS, figures.attempts);
    let share = percent(words, share);
    words
        .fill(
            texts::SENTENCE,
            &[
                ("deliveries", &deliveries),
                ("share", &share),
                ("attempts", &attempts),
            ],
        )
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: Language) -> Words {
        Words { language }
    }

    #[test]
    fn a_share_is_told_in_percent_and_never_rounded_to_all() {
        let english = words(Language::En);
        assert_eq!(percent(english, 0.9734), "97.3%");
        assert_eq!(percent(english, 0.9999), "99.9%");
        assert_eq!(percent(english, 1.0), "100%");
        assert_eq!(percent(english, 0.5), "50%");
        assert_eq!(percent(words(Language::Ru), 0.9734), "97,3\u{a0}%");
    }

    #[test]
    fn the_bar_shows_every_letter() {
        let letters = LetterCounts {
            sent: 5,
            failed: 1,
            queued: 10,
            skipped: 3,
            unknown: 4,
        };
        let parts = bar(words(Language::Ru), &letters);
        let shown: u64 = parts.iter().map(|part| part.count).sum();
        assert_eq!(shown, 23);
    }

    #[test]
    fn what_became_of_letters_is_told_in_a_sentence() {
        let figures = Figures {
            letters: LetterCounts {
                sent: 2,
                ..LetterCounts::default()
            },
            attempts: 4,
            succeeded: 2,
            failed: 2,
            ..Figures::default()
        };
        let said = sentence(words(Language::Ru), &figures);
        assert_eq!(said, "2 отправления. Успешно 50\u{a0}% из 4 попыток.");
        let said = sentence(words(Language::En), &figures);
        assert_eq!(said, "2 deliveries. 50% of 4 attempts succeeded.");
    }

    #[test]
    fn a_rate_is_rounded_once() {
        let figures = Figures {
            attempts: 1_298,
            succeeded: 991,
            success_rate: Some(0.7635),
            ..Figures::default()
        };
        assert_eq!(rate(words(Language::En), &figures), "76.3%");
    }
}
