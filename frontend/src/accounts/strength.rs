//! Choosing a password: the field, how hard it is to guess, and what would make it harder.

use contract::accounts::password::{
    PASSWORD_MIN, PasswordHint, PasswordStrength, PasswordToWeigh, PasswordWarning, STRENGTH_MIN,
};
use yew::prelude::*;

use super::texts;
use super::texts::strength as said;
use super::weighing::use_strength;
use crate::i18n::{Text, use_words};
use crate::session::PasswordField;
use crate::session::texts::PASSWORD;
use crate::ui::form::Bound;
use crate::ui::{Icon, IconView, Tone};

/// More would not be read.
const HINTS_SHOWN: usize = 2;

#[derive(PartialEq, Properties)]
pub struct NewPasswordFieldProps {
    #[prop_or(PASSWORD)]
    pub label: Text,
    pub bound: Bound,
    /// What the person is known by: a password made of that is weak.
    #[prop_or_default]
    pub email: String,
    #[prop_or_default]
    pub full_name: String,
    #[prop_or_default]
    pub autofocus: bool,
}

#[component]
pub fn NewPasswordField(props: &NewPasswordFieldProps) -> Html {
    let words = use_words();
    let password = props.bound.value.to_string();
    let length = password.chars().count() as u64;
    let strength = use_strength(PasswordToWeigh {
        password,
        email: props.email.trim().to_owned(),
        full_name: props.full_name.trim().to_owned(),
    });
    let hint = (length == 0).then(|| words.count(texts::PASSWORD_HINT, PASSWORD_MIN));
    html! {
        <div class="new-password">
            <PasswordField label={props.label} bound={props.bound.clone()} autocomplete="new-password" autofocus={props.autofocus} {hint} />
            if let Some(strength) = strength {
                <Meter {strength} {length} />
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct MeterProps {
    strength: PasswordStrength,
    length: u64,
}

#[component]
fn Meter(props: &MeterProps) -> Html {
    let words = use_words();
    let Level { bars, tone, text } = level(props.strength.score, props.length);
    let bar = |place: u8| html! { <span class={(place < bars).then_some("strength-full")} /> };
    let missing = PASSWORD_MIN.saturating_sub(props.length);
    let enough = tone == Tone::Sent;
    let hints = props.strength.hints.iter().take(HINTS_SHOWN);
    html! {
        <div class={classes!("strength", tone.class())}>
            <div class="strength-bars" aria-hidden="true">{ for (0..4).map(bar) }</div>
            <div class="strength-words" role="status">
                <b>{ words.say(text) }</b>
                if missing > 0 {
                    <span>{ words.count(said::MORE_CHARACTERS, missing) }</span>
                } else if let Some(warning) = props.strength.warning.filter(|_| !enough) {
                    <span>{ words.say(warning_text(warning)) }</span>
                }
            </div>
            if !enough && !props.strength.hints.is_empty() {
                <ul class="strength-hints">
                    { for hints.map(|hint| html! { <li><IconView icon={Icon::Lightbulb} />{ words.say(hint_text(*hint)) }</li> }) }
                </ul>
            }
        </div>
    }
}

#[derive(Debug, PartialEq)]
struct Level {
    /// Of four.
    bars: u8,
    tone: Tone,
    text: Text,
}

/// What is too short is not taken, however hard it is to guess.
fn level(score: u8, length: u64) -> Level {
    let score = if length < PASSWORD_MIN {
        score.min(STRENGTH_MIN - 1)
    } else {
        score
    };
    let (bars, tone, text) = match score {
        0 => (1, Tone::Failed, said::SCORE_0),
        1 => (1, Tone::Failed, said::SCORE_1),
        2 => (2, Tone::Skipped, said::SCORE_2),
        3 => (3, Tone::Sent, said::SCORE_3),
        _ => (4, Tone::Sent, said::SCORE_4),
    };
    Level { bars, tone, text }
}

const fn warning_text(warning: PasswordWarning) -> Text {
    match warning {
        PasswordWarning::KeysInARow => said::KEYS_IN_A_ROW,
        PasswordWarning::ShortKeyPattern => said::SHORT_KEY_PATTERN,
        PasswordWarning::RepeatedCharacters => said::REPEATED_CHARACTERS,
        PasswordWarning::RepeatedGroup => said::REPEATED_GROUP,
        PasswordWarning::Sequence => said::SEQUENCE,
        PasswordWarning::RecentYear => said::RECENT_YEAR,
        PasswordWarning::Date => said::DATE,
        PasswordWarning::TopPassword => said::TOP_PASSWORD,
        PasswordWarning::CommonPassword => said::COMMON_PASSWORD,
        PasswordWarning::SimilarToCommonPassword => said::SIMILAR_TO_COMMON_PASSWORD,
        PasswordWarning::SingleWord => said::SINGLE_WORD,
        PasswordWarning::Name => said::NAME,
    }
}

const fn hint_text(hint: PasswordHint) -> Text {
    match hint {
        PasswordHint::UseSeveralWords => said::USE_SEVERAL_WORDS,
        PasswordHint::AddUncommonWords => said::ADD_UNCOMMON_WORDS,
        PasswordHint::LongerKeyPattern => said::LONGER_KEY_PATTERN,
        PasswordHint::AvoidRepeats => said::AVOID_REPEATS,
        PasswordHint::AvoidSequences => said::AVOID_SEQUENCES,
        PasswordHint::AvoidYears => said::AVOID_YEARS,
        PasswordHint::AvoidPersonalDates => said::AVOID_PERSONAL_DATES,
        PasswordHint::CapitalsDoNotHelp => said::CAPITALS_DO_NOT_HELP,
        PasswordHint::AllCapitalsDoNotHelp => said::ALL_CAPITALS_DO_NOT_HELP,
        PasswordHint::ReversingDoesNotHelp => said::REVERSING_DOES_NOT_HELP,
        PasswordHint::SubstitutionsDoNotHelp => said::SUBSTITUTIONS_DO_NOT_HELP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_good_enough_is_what_the_api_takes() {
        for score in 0..=4 {
            let good = level(score, PASSWORD_MIN).tone == Tone::Sent;
            assert_eq!(good, score >= STRENGTH_MIN, "{score}");
        }
    }

    #[test]
    fn what_is_too_short_never_looks_good() {
        assert_eq!(level(4, PASSWORD_MIN - 1), level(2, PASSWORD_MIN));
    }

    #[test]
    fn every_warning_and_hint_of_the_api_has_words_of_its_own() {
        let warnings = [
            "keys_in_a_row",
            "short_key_pattern",
            "repeated_characters",
            "repeated_group",
            "sequence",
            "recent_year",
            "date",
            "top_password",
            "common_password",
            "similar_to_common_password",
            "single_word",
            "name",
        ];
        let hints = [
            "use_several_words",
            "add_uncommon_words",
            "longer_key_pattern",
            "avoid_repeats",
            "avoid_sequences",
            "avoid_years",
            "avoid_personal_dates",
            "capitals_do_not_help",
            "all_capitals_do_not_help",
            "reversing_does_not_help",
            "substitutions_do_not_help",
        ];
        let mut words: Vec<&str> = Vec::new();
        for name in warnings {
            let json = format!("\"{name}\"");
            let warning = serde_json::from_str(&json).expect("a warning of the API");
            words.extend([warning_text(warning).en, warning_text(warning).ru]);
        }
        for name in hints {
            let json = format!("\"{name}\"");
            let hint = serde_json::from_str(&json).expect("a hint of the API");
            words.extend([hint_text(hint).en, hint_text(hint).ru]);
        }
        let said = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), said);
    }
}
