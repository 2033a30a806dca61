//! The texts of all letters, in both languages.

use super::*;

fn moment() -> Moment {
    Moment {
        at: "2030-05-02T06:00:00Z".parse().unwrap(),
        zone: chrono_tz::Europe::Moscow,
    }
}

fn link() -> Link {
    Link {
        url: "https://golub.example/somewhere?token=1.x".to_owned(),
        until: moment(),
    }
}

fn deed() -> Deed {
    Deed {
        client: "203.0.113.7".to_owned(),
        at: moment(),
    }
}

const API_TOKENS: &str = "https://golub.example/profile/tokens";

fn password_changed(api_tokens: u64) -> Matter {
    Matter::PasswordChanged {
        deed: deed(),
        api_tokens,
        page: API_TOKENS.to_owned(),
    }
}

fn matters() -> Vec<Matter> {
    let sign_in = "https://golub.example/sign-in".to_owned();
    let email = "new@example.org".to_owned();
    vec![
        Matter::ConfirmAddress(link()),
        Matter::SignUpAgain(link()),
        Matter::AlreadySignedUp {
            sign_in: sign_in.clone(),
        },
        Matter::PasswordReset(link()),
        Matter::PasswordLink {
            link: link(),
            first: true,
        },
        Matter::PasswordLink {
            link: link(),
            first: false,
        },
        password_changed(0),
        password_changed(3),
        Matter::EmailChangePresent {
            link: link(),
            email: email.clone(),
        },
        Matter::EmailChangeNew {
            link: link(),
            email: email.clone(),
        },
        Matter::EmailChanged {
            email,
            at: moment(),
        },
        Matter::SecondFactorOn(deed()),
        Matter::SecondFactorOff(deed()),
        Matter::RecoveryCodeUsed {
            deed: deed(),
            left: 0,
        },
        Matter::RecoveryCodeUsed {
            deed: deed(),
            left: 7,
        },
        Matter::ApiTokenMade {
            token: "Магазин".to_owned(),
            deed: deed(),
            page: API_TOKENS.to_owned(),
        },
        Matter::ApiTokensDeleted {
            count: 2,
            at: moment(),
            page: API_TOKENS.to_owned(),
        },
        Matter::Invitation {
            link: link(),
            invited_by: "Адам".to_owned(),
        },
        Matter::Blocked {
            reason: "spam".to_owned(),
        },
        Matter::Unblocked { sign_in },
        Matter::AccountDeleted,
    ]
}

#[test]
fn every_letter_names_the_service_and_says_something_in_its_language() {
    for matter in matters() {
        let talk = Talk {
            instance: "Golub",
            name: "Анна",
        };
        let cyrillic = |text: &str| {
            let words = text.chars().filter(|c| c.is_alphabetic());
            words
                .filter(|c| ('а'..='я').contains(&c.to_ascii_lowercase()))
                .count()
        };
        let en = words(Language::En, talk, &matter);
        let ru = words(Language::Ru, talk, &matter);
        for letter in [&en, &ru] {
            assert!(letter.subject.contains("Golub"), "{matter:?}");
            assert!(letter.subject.chars().count() < 60, "{}", letter.subject);
            assert!(letter.paragraphs[0].contains("Golub"), "{matter:?}");
        }
        assert_eq!(cyrillic(&en.subject), 0, "{}", en.subject);
        assert!(cyrillic(&ru.subject) > 10, "{}", ru.subject);
        assert_eq!(
            (en.greeting.as_str(), ru.greeting.as_str()),
            ("Hello, Анна!", "Здравствуйте, Анна!")
        );
        assert_eq!(en.button.is_some(), ru.button.is_some(), "{matter:?}");
        assert_eq!(en.paragraphs.len(), ru.paragraphs.len(), "{matter:?}");
    }
}

#[test]
fn times_are_those_of_the_readers_clock() {
    let talk = Talk {
        instance: "Golub",
        name: "",
    };
    let reset = Matter::PasswordReset(link());
    let en = words(Language::En, talk, &reset);
    assert_eq!(
        en.notes[0],
        "The link works once, until 2 May, 09:00 (UTC+03:00)."
    );
    let ru = words(Language::Ru, talk, &reset);
    assert_eq!(
        ru.notes[0],
        "Ссылка одноразовая и действует до 2 мая, 09:00 (UTC+03:00)."
    );
    let changed = words(Language::Ru, talk, &password_changed(0));
    assert_eq!(
        changed.paragraphs[0],
        "Пароль вашей учётной записи в Golub изменён 2 мая, 09:00 (UTC+03:00), с адреса 203.0.113.7."
    );
}

#[test]
fn who_changes_their_password_is_told_which_keys_still_open_and_where_to_delete_them() {
    let talk = Talk {
        instance: "Golub",
        name: "",
    };
    for (language, sentence) in [
        (
            Language::En,
            "A new password does not end API tokens. Tokens that still work: 3.",
        ),
        (
            Language::Ru,
            "На токены API новый пароль не влияет. Действующих токенов: 3.",
        ),
    ] {
        let letter = words(language, talk, &password_changed(3));
        assert!(letter.paragraphs[2].starts_with(sentence), "{letter:?}");
        assert_eq!(letter.button.unwrap().url, API_TOKENS);
        let letter = words(language, talk, &password_changed(0));
        assert_eq!(letter.paragraphs.len(), 2);
        assert!(letter.button.is_none());
    }
}

#[test]
fn a_code_is_one_sms_however_the_service_is_called() {
    let long = "Служба рассылок городского округа";
    for language in [Language::En, Language::Ru] {
        let text = phone_code(language, long, "012345");
        assert!(text.chars().count() <= 70, "{text}");
        assert!(text.contains("012345"));
    }
    assert_eq!(
        phone_code(Language::Ru, "Golub", "012345"),
        "Golub: код 012345. Никому его не сообщайте"
    );
}
