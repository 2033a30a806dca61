//! The service's letters in English.

use chrono_tz::Tz;

use super::{Deed, Link, Matter, Moment, Talk};
use crate::notices::layout::{Button, Words};

pub const REASON: &str =
    "This letter was written by the service itself: an answer to it reaches nobody.";

pub fn words(talk: Talk<'_>, matter: &Matter) -> Words {
    let Talk { instance, name } = talk;
    let letter = match matter {
        Matter::ConfirmAddress(link) => Words {
            subject: format!("Confirm your address for {instance}"),
            paragraphs: vec![format!(
                "You signed up for {instance} with this address. Confirm that it is yours, with the password that you chose, \
                 and you can begin."
            )],
            button: button("Confirm the address", link),
            notes: vec![once(link), "If it was not you, do nothing: without a confirmation the account is deleted.".to_owned()],
            ..Words::default()
        },
        Matter::SignUpAgain(link) => Words {
            subject: format!("Your account on {instance} waits for you"),
            paragraphs: vec![format!(
                "Somebody, probably you, signed up for {instance} with this address once more. There is an account with \
                 it already that was never confirmed. Choose its password, and the address is confirmed too."
            )],
            button: button("Choose a password", link),
            notes: vec![once(link), "If it was not you, do nothing: without a confirmation the account is deleted.".to_owned()],
            ..Words::default()
        },
        Matter::AlreadySignedUp { sign_in } => Words {
            subject: format!("You have an account on {instance}"),
            paragraphs: vec![format!(
                "Somebody, probably you, signed up for {instance} with this address. You have an account with it already: \
                 just sign in. If you forgot the password, you can choose a new one there."
            )],
            button: plain_button("Sign in", sign_in),
            notes: vec!["If it was not you, do nothing: nothing about your account has changed.".to_owned()],
            ..Words::default()
        },
        Matter::PasswordReset(link) => Words {
            subject: format!("A new password for {instance}"),
            paragraphs: vec![format!("Somebody, probably you, asked for a new password for your account on {instance}.")],
            button: button("Choose a new password", link),
            notes: vec![
                once(link),
                "If it was not you, do nothing: the password stays as it is, and nobody but you has this link.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::PasswordLink { link, first: true } => Words {
            subject: format!("Your account on {instance}"),
            paragraphs: vec![format!("An administrator has made an account for you on {instance}. Choose a password, and you can begin.")],
            button: button("Choose a password", link),
            notes: vec![once(link), "If you did not expect this, do nothing.".to_owned()],
            ..Words::default()
        },
        Matter::PasswordLink { link, first: false } => Words {
            subject: format!("A new password for {instance}"),
            paragraphs: vec![format!("An administrator of {instance} has sent you a link by which you can choose a new password.")],
            button: button("Choose a new password", link),
            notes: vec![once(link), "If you did not ask for it, do nothing: the password stays as it is.".to_owned()],
            ..Words::default()
        },
        Matter::PasswordChanged { deed, api_tokens, page } => {
            let mut paragraphs = vec![
                format!("The password of your account on {instance} was changed {}.", done(deed)),
                "All other sessions have ended: wherever else you were signed in, sign in anew.".to_owned(),
            ];
            if *api_tokens > 0 {
                paragraphs.push(format!(
                    "A new password does not end API tokens. Tokens that still work: {api_tokens}. Delete those that you do not know."
                ));
            }
            Words {
                subject: format!("Your password for {instance} was changed"),
                paragraphs,
                button: plain_button("See the API tokens", page).filter(|_| *api_tokens > 0),
                notes: vec![not_you()],
                ..Words::default()
            }
        }
        Matter::EmailChangePresent { link, email } => Words {
            subject: format!("Change of your address on {instance}"),
            paragraphs: vec![format!(
                "You asked that your account on {instance} be known by {email} instead of this address. Agree to it here; \
                 the new address must be confirmed as well, by a letter that has gone there."
            )],
            button: button("Agree to the change", link),
            notes: vec![
                once(link),
                "If it was not you, do not follow the link: somebody else is signed in as you. Change your password at once.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::EmailChangeNew { link, email } => Words {
            subject: format!("Confirm your new address for {instance}"),
            paragraphs: vec![format!(
                "An account on {instance} is to be known by {email}. Confirm that this address is yours; a letter to the \
                 present address asks for consent as well."
            )],
            button: button("Confirm the address", link),
            notes: vec![once(link), "If it was not you, do nothing: nothing is changed without this link.".to_owned()],
            ..Words::default()
        },
        Matter::EmailChanged { email, at } => Words {
            subject: format!("Your address on {instance} was changed"),
            paragraphs: vec![format!(
                "Since {} your account on {instance} is known by {email}. Letters no longer come to this address, and \
                 you sign in with the new one.",
                moment(*at)
            )],
            notes: vec!["If it was not you, tell an administrator at once.".to_owned()],
            ..Words::default()
        },
        Matter::SecondFactorOn(deed) => Words {
            subject: format!("The second factor is on for {instance}"),
            paragraphs: vec![
                format!("The second factor of your account on {instance} was turned on {}.", done(deed)),
                "From now on signing in asks for a code from your app too. Keep the recovery codes in a safe place: they let you in if the app is lost.".to_owned(),
            ],
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::SecondFactorOff(deed) => Words {
            subject: format!("The second factor is off for {instance}"),
            paragraphs: vec![
                format!("The second factor of your account on {instance} was turned off {}.", done(deed)),
                "From now on the password alone is enough to sign in.".to_owned(),
            ],
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::RecoveryCodeUsed { deed, left } => Words {
            subject: format!("A recovery code was used for {instance}"),
            paragraphs: vec![
                format!("Somebody signed in to your account on {instance} with a recovery code {}.", done(deed)),
                match left {
                    0 => "It was the last one. Make new ones in your profile before you need them.".to_owned(),
                    1 => "One more is left. Make new ones in your profile before you need them.".to_owned(),
                    left => format!("It works no more; {left} are left."),
                },
            ],
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::ApiTokenMade { token, deed, page } => Words {
            subject: format!("A new API token for {instance}"),
            paragraphs: vec![
                format!("An API token called \u{201c}{token}\u{201d} was made for your account on {instance} {}.", done(deed)),
                "Whoever has it uses the API in your name until the token expires or you delete it.".to_owned(),
            ],
            button: plain_button("See the API tokens", page),
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::ApiTokensDeleted { count, at, page } => Words {
            subject: format!("Your API tokens for {instance} were deleted"),
            paragraphs: vec![
                format!(
                    "All API tokens of your account on {instance} were deleted on {}, so that nobody stays in by one. Tokens deleted: {count}.",
                    moment(*at)
                ),
                "Programs that used them are refused now: make new tokens for those that you know.".to_owned(),
            ],
            button: plain_button("See the API tokens", page),
            notes: vec!["It is done when a password is chosen by letter, or when an administrator signs an account out everywhere, gives it \
                 another address or takes its second factor off."
                .to_owned()],
            ..Words::default()
        },
        Matter::Invitation { link, invited_by } => Words {
            subject: format!("You are invited to {instance}"),
            paragraphs: vec![format!("{invited_by} invites you to {instance}, a service that sends mailings. Sign up with this address.")],
            button: button("Sign up", link),
            notes: vec![
                format!("The invitation holds until {}.", moment(link.until)),
                "If you do not want it, do nothing: there will be no reminder.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::Blocked { reason } => Words {
            subject: format!("Your account on {instance} is blocked"),
            paragraphs: vec![
                format!("Your account on {instance} was blocked. You cannot sign in, and your mailings send nothing."),
                format!("The reason given: {reason}"),
            ],
            notes: vec!["If you think that this is a mistake, speak to those who run the service.".to_owned()],
            ..Words::default()
        },
        Matter::Unblocked { sign_in } => Words {
            subject: format!("Your account on {instance} is open again"),
            paragraphs: vec![format!(
                "Your account on {instance} is no longer blocked. Sign in as before; your mailings go on with what falls due from now on."
            )],
            button: plain_button("Sign in", sign_in),
            ..Words::default()
        },
        Matter::AccountDeleted => Words {
            subject: format!("Your account on {instance} was deleted"),
            paragraphs: vec![format!(
                "Your account on {instance} was deleted, with its recipients, messages and mailings. This is the last letter about it."
            )],
            notes: vec!["If you did not want this, speak to those who run the service.".to_owned()],
            ..Words::default()
        },
    };
    Words {
        greeting: match name {
            "" => "Hello!".to_owned(),
            name => format!("Hello, {name}!"),
        },
        ..letter
    }
}

pub fn phone_code(instance: &str, code: &str) -> String {
    format!("{instance}: {code} is your code. Tell it to nobody.")
}

fn button(label: &str, link: &Link) -> Option<Button> {
    plain_button(label, &link.url)
}

fn plain_button(label: &str, url: &str) -> Option<Button> {
    Some(Button {
        label: label.to_owned(),
        url: url.to_owned(),
    })
}

fn once(link: &Link) -> String {
    format!("The link works once, until {}.", moment(link.until))
}

fn done(deed: &Deed) -> String {
    let Deed { client, at } = deed;
    match client.as_str() {
        "" => format!("on {}", moment(*at)),
        client => format!("on {}, from {client}", moment(*at)),
    }
}

fn not_you() -> String {
    "If it was not you, choose a new password at once (\u{201c}Forgot your password?\u{201d} on the sign-in page), and \
     tell an administrator."
        .to_owned()
}

/// `2 May, 09:00 (UTC+03:00)`
fn moment(moment: Moment) -> String {
    let local = moment.at.with_timezone(&moment.zone);
    match moment.zone {
        Tz::UTC => local.format("%-d %B, %H:%M (UTC)").to_string(),
        _ => local.format("%-d %B, %H:%M (UTC%:z)").to_string(),
    }
}
