//! One person's way: signs up, settles in, is blocked, and is let in again.

use image::{Rgb, RgbImage};

use crate::support::{
    authenticator::Authenticator, browser::Browser, golub::Golub, golub::PASSWORD, outbox, person,
    story::story_of_two,
};

const ANNA: &str = "anna@example.org";
const HER_PASSWORD: &str = "seven herons cross a quiet harbour";
const HER_NAME: &str = "Анна Соколова";
const HER_PHONE: &str = "+79211234567";
const MANAGER: &str = "mark@golub.example";
const REASON: &str = "Letters to people who never asked for them";

#[tokio::test]
async fn a_person_signs_up_settles_in_is_blocked_and_let_in_again() {
    story_of_two("sign_up_to_blocking", &[], async |anna, mark, golub| {
        golub.makes_account("manager", MANAGER, "Mark Overseer");

        signs_up(anna, golub).await;
        confirms_her_address(anna, golub).await;
        edits_her_profile(anna).await;
        person::verifies_phone(anna, golub, "8 (921) 123-45-67", HER_PHONE).await;
        anna.press("Security").await;
        anna.press("Turn on").await;
        let (app, recovery_codes) = person::turns_on_second_factor(anna).await;
        anna.sees("The second factor is on").await;
        signs_in_with_a_code(anna, &app).await;

        is_blocked_by(mark).await;
        is_shown_out(anna, golub).await;
        is_let_in_again_by(mark).await;
        signs_in_with_a_recovery_code(anna, golub, &recovery_codes[0]).await;

        for browser in [anna, mark] {
            assert_eq!(
                browser.complaints_beside_refusals().await,
                Vec::<String>::new()
            );
        }
    })
    .await;
}

/// A guest who wanted to see something is led to the sign-in, and from there to the sign-up.
async fn signs_up(anna: &Browser, golub: &Golub) {
    anna.go("/recipients").await;
    anna.sees("Sign in to open this page").await;
    anna.press("Create an account").await;

    anna.fill("E-mail", ANNA).await;
    anna.fill("Full name", "Anna").await;
    anna.fill("Password", "pigeon2024").await;
    anna.sees("Add another word or two, uncommon ones.").await;
    anna.press("Create account").await;
    anna.sees("This is too easy to guess").await;
    assert_eq!(outbox::all(golub), []);

    anna.fill("Password", HER_PASSWORD).await;
    anna.sees("Excellent").await;
    anna.press("Create account").await;
    anna.sees("Check your mail").await;
    outbox::link(golub, ANNA, "/confirm", 1).await;
}

/// Before that nothing is open; where the first letter is lost, another one is sent.
async fn confirms_her_address(anna: &Browser, golub: &Golub) {
    person::signs_in_as(anna, ANNA, HER_PASSWORD).await;
    anna.press("Send the letter again").await;
    let link = outbox::link(golub, ANNA, "/confirm", 2).await;
    // Opening it, however often, does nothing.
    anna.go(&link).await;
    anna.go(&link).await;
    anna.fill("Password", "what somebody else chose").await;
    anna.press("Confirm and sign in").await;
    anna.sees("This is not your password").await;
    anna.fill("Password", HER_PASSWORD).await;
    anna.press("Confirm and sign in").await;
    anna.sees("Your address is confirmed").await;
    // Where she wanted to go before she had an account.
    anna.find("//h1[normalize-space(.)='Recipients']").await;
    anna.arrives("/recipients").await;

    anna.go(&link).await;
    anna.fill("Password", HER_PASSWORD).await;
    anna.press("Confirm and sign in").await;
    anna.sees("This link does not work").await;
    anna.go("/recipients").await;
    anna.find("//h1[normalize-space(.)='Recipients']").await;
}

async fn edits_her_profile(anna: &Browser) {
    let me = anna.find("//a[@href='/profile']").await;
    me.click()
        .await
        .expect("one's own name leads to the profile");
    anna.fill("Full name", HER_NAME).await;
    anna.fill("City", "Кронштадт").await;
    anna.select("Time zone", "Europe/Moscow").await;
    anna.press("Save").await;
    anna.sees("Your profile is saved").await;

    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("anna.png");
    let picture = RgbImage::from_fn(640, 480, |x, y| Rgb([200, (x / 3) as u8, (y / 2) as u8]));
    picture.save(&file).expect("a picture");
    anna.gives_file(&file).await;
    anna.sees("Your picture is saved").await;

    // All of it is still there when the page is opened anew.
    anna.go("/profile").await;
    for (label, kept) in [
        ("Full name", HER_NAME),
        ("City", "Кронштадт"),
        ("Time zone", "Europe/Moscow"),
    ] {
        let value = anna
            .field(label)
            .await
            .prop("value")
            .await
            .expect("a field");
        assert_eq!(value.as_deref(), Some(kept), "{label}");
    }
    anna.find("//main//img[starts-with(@src, 'blob:')]").await;
}

async fn signs_in_with_a_code(anna: &Browser, app: &Authenticator) {
    person::signs_out(anna).await;
    person::signs_in_as(anna, ANNA, HER_PASSWORD).await;
    anna.sees("One more step").await;
    anna.fill("Code from your app", &app.code()).await;
    anna.press("Sign in").await;
    anna.find("//h1[normalize-space(.)='Overview']").await;
    // A screen that asks for nothing by itself: it notices nothing before her next act.
    anna.press("Recipients").await;
    anna.find("//h1[normalize-space(.)='Recipients']").await;
}

/// The manager finds her among the users.
async fn is_blocked_by(mark: &Browser) {
    person::signs_in_as(mark, MANAGER, PASSWORD).await;
    mark.find("//h1[normalize-space(.)='Overview']").await;
    person::opens_user(mark, ANNA, HER_NAME).await;
    mark.sees(HER_PHONE).await;
    mark.press("Block").await;
    mark.fill("Reason", REASON).await;
    mark.answers("Block user").await;
    mark.sees(&format!("{HER_NAME} is blocked")).await;
    mark.sees(&format!("Reason: {REASON}")).await;
}

/// Her open page tells her at the next thing she does, and lets her do nothing more.
async fn is_shown_out(anna: &Browser, golub: &Golub) {
    anna.press("Messages").await;
    let told = "//dialog[@open]//h2[normalize-space(.)='This account is blocked']";
    anna.find(told).await;
    anna.sees(&format!("A letter to {ANNA} says why")).await;
    let behind = anna.find("//nav//a[normalize-space(.)='Mailings']").await;
    behind
        .click()
        .await
        .expect_err("the dialog stands before everything");

    anna.answers("Sign out").await;
    person::signs_in_as(anna, ANNA, HER_PASSWORD).await;
    anna.sees("This account is blocked").await;
    let letter = outbox::letter(golub, ANNA, "is blocked").await;
    assert!(letter.text.contains(REASON), "{letter:?}");
}

async fn is_let_in_again_by(mark: &Browser) {
    mark.press("Unblock").await;
    mark.answers("Unblock").await;
    mark.sees(&format!("{HER_NAME} is unblocked")).await;
}

/// The phone with the app is not at hand.
async fn signs_in_with_a_recovery_code(anna: &Browser, golub: &Golub, code: &str) {
    person::signs_in_as(anna, ANNA, HER_PASSWORD).await;
    anna.press("Use a recovery code").await;
    anna.fill("Recovery code", code).await;
    anna.press("Sign in").await;
    anna.find("//h1[normalize-space(.)='Overview']").await;
    outbox::letter(golub, ANNA, "A recovery code was used").await;
}
