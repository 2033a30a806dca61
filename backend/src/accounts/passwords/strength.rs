//! How hard a password is to guess: weighed by zxcvbn, with what the person is known by as words that do not count.

use contract::accounts::FULL_NAME_LIMIT;
use contract::accounts::password::{
    PASSWORD_LIMIT, PasswordHint, PasswordStrength, PasswordWarning, STRENGTH_MIN,
};
use contract::address::ADDRESS_LIMIT;
use contract::problem::{FieldCode, FieldError};
use zxcvbn::feedback::{Suggestion, Warning};
use zxcvbn::zxcvbn;

/// What this software is called. Whoever attacks an installation tries it first.
const SOFTWARE: &str = "golub";
/// Shorter parts of an address or a name stand in other words too.
const WORD_MIN: usize = 3;
/// Weighing takes longer with each word; nobody has as many.
const WORDS_LIMIT: usize = 40;

/// The words that hardly make a password harder to guess: the name of the software and that of the instance, the
/// person's address and name, whole and in parts.
///
/// This is the list of context-specific words that `docs/security.md` speaks of. A password may hold them, but each
/// weighs as little as the words that everybody uses: a password of one or two of them is refused.
pub fn words(instance: &str, email: &str, full_name: &str) -> Vec<String> {
    let texts = [
        SOFTWARE.to_owned(),
        instance.to_lowercase(),
        beginning(email, ADDRESS_LIMIT).to_lowercase(),
        beginning(full_name, FULL_NAME_LIMIT).to_lowercase(),
    ];
    let mut words: Vec<String> = Vec::new();
    let parts = texts.iter().flat_map(|text| {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        std::iter::once(text.as_str()).chain(parts)
    });
    for part in parts {
        if part.chars().count() >= WORD_MIN && !words.iter().any(|word| word == part) {
            words.push(part.to_owned());
        }
    }
    words.truncate(WORDS_LIMIT);
    words
}

/// Weighs a password. Only so much of it is looked at as a password may be long.
pub fn weigh(password: &str, words: &[String]) -> PasswordStrength {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let weighed = zxcvbn(&beginning(password, PASSWORD_LIMIT), &words);
    let mut strength = PasswordStrength {
        score: weighed.score().into(),
        warning: None,
        hints: Vec::new(),
    };
    if let Some(feedback) = weighed.feedback() {
        strength.warning = feedback.warning().map(warning);
        for hint in feedback.suggestions().iter().filter_map(hint) {
            if !strength.hints.contains(&hint) {
                strength.hints.push(hint);
            }
        }
    }
    strength
}

/// Is a password of this strength taken?
pub fn check(strength: &PasswordStrength) -> Result<(), FieldError> {
    if strength.score >= STRENGTH_MIN {
        return Ok(());
    }
    let error = FieldError::new(FieldCode::TooWeak, "is too easy to guess");
    let name = strength.warning.and_then(|warning| {
        let word = serde_json::to_value(warning).ok()?;
        Some(word.as_str()?.to_owned())
    });
    Err(FieldError { name, ..error })
}

fn beginning(text: &str, limit: u64) -> String {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    text.chars().take(limit).collect()
}

fn warning(warning: Warning) -> PasswordWarning {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => PasswordWarning::KeysInARow,
        Warning::ShortKeyboardPatternsAreEasyToGuess => PasswordWarning::ShortKeyPattern,
        Warning::RepeatsLikeAaaAreEasyToGuess => PasswordWarning::RepeatedCharacters,
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => PasswordWarning::RepeatedGroup,
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password => {
            PasswordWarning::TopPassword
        }
        Warning::ThisIsACommonPassword => PasswordWarning::CommonPassword,
        Warning::ThisIsSimilarToACommonlyUsedPassword => PasswordWarning::SimilarToCommonPassword,
        Warning::SequencesLikeAbcAreEasyToGuess => PasswordWarning::Sequence,
        Warning::RecentYearsAreEasyToGuess => PasswordWarning::RecentYear,
        Warning::AWordByItselfIsEasyToGuess => PasswordWarning::SingleWord,
        Warning::DatesAreOftenEasyToGuess => PasswordWarning::Date,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => PasswordWarning::Name,
    }
}

fn hint(suggestion: &Suggestion) -> Option<PasswordHint> {
    Some(match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => PasswordHint::UseSeveralWords,
        // It says what is not needed, which helps nobody to go on.
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => return None,
        Suggestion::AddAnotherWordOrTwo => PasswordHint::AddUncommonWords,
        Suggestion::CapitalizationDoesntHelpVeryMuch => PasswordHint::CapitalsDoNotHelp,
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => {
            PasswordHint::AllCapitalsDoNotHelp
        }
        Suggestion::ReversedWordsArentMuchHarderToGuess => PasswordHint::ReversingDoesNotHelp,
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => {
            PasswordHint::SubstitutionsDoNotHelp
        }
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => PasswordHint::LongerKeyPattern,
        Suggestion::AvoidRepeatedWordsAndCharacters => PasswordHint::AvoidRepeats,
        Suggestion::AvoidSequences => PasswordHint::AvoidSequences,
        Suggestion::AvoidRecentYears => PasswordHint::AvoidYears,
        Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => {
            PasswordHint::AvoidPersonalDates
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(password: &str) -> u8 {
        let words = words(
            "Ladoga Letters",
            "anna.sokolova@ladoga.example",
            "Anna Kronshtadt",
        );
        weigh(password, &words).score
    }

    #[test]
    fn words_that_do_not_belong_together_are_taken_and_what_all_use_is_not() {
        assert!(score("correct horse battery") >= STRENGTH_MIN);
        assert!(score("четыре серых голубя") >= STRENGTH_MIN);
        for weak in [
            "password123",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "1234567890",
            "letmein1987",
        ] {
            let strength = weigh(weak, &[]);
            let error = check(&strength).unwrap_err();
            assert_eq!(error.code, FieldCode::TooWeak, "{weak}");
            assert!(error.name.is_some(), "{weak}: {strength:?}");
            assert!(!strength.hints.is_empty(), "{weak}");
        }
    }

    #[test]
    fn what_a_person_is_known_by_does_not_count() {
        for known in [
            "anna.sokolova@ladoga.example",
            "sokolovaKronshtadt",
            "golubLadoga",
            "LadogaLetters",
            "Kronshtadt1",
        ] {
            assert!(score(known) < STRENGTH_MIN, "{known}: {}", score(known));
        }
    }

    #[test]
    fn however_much_is_given_so_much_is_weighed() {
        let long = "x".repeat(1_000_000);
        let words = words(
            &long,
            &long,
            &format!("{} ", "word".repeat(5)).repeat(10_000),
        );
        assert!(words.len() <= WORDS_LIMIT);
        assert!(weigh(&long, &words).score < STRENGTH_MIN);
    }
}
