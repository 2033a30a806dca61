//! Making a token, and showing it this one time.

use contract::accounts::api_tokens::{MadeApiToken, NewApiToken};
use contract::permissions::Permission;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use yew::prelude::*;

use super::expiry::Expiry;
use super::scopes::ScopesField;
use super::{calls, texts};
use crate::client::use_client;
use crate::i18n::texts::CANCEL;
use crate::i18n::use_words;
use crate::session::use_person;
use crate::ui::form::{Choice, SubmitButton, TextField, use_form};
use crate::ui::time::{self, Form as TimeForm, now};
use crate::ui::{Button, CopyButton, Dialog, Look, Notice, Tone, use_zone, zone};

/// What is typed so far.
#[derive(Clone, Default, PartialEq)]
struct Draft {
    name: String,
    scopes: Vec<Permission>,
    expiry: Expiry,
    /// As the browser's field of a date has it.
    day: String,
}

impl Draft {
    fn token(&self, zone_name: &str) -> NewApiToken {
        let midnight = |day| zone::midnight(day, zone_name);
        NewApiToken {
            name: self.name.clone(),
            scopes: self.scopes.clone(),
            expires_at: self.expiry.instant(now(), self.day.parse().ok(), midnight),
        }
    }

    fn check(&self) -> Result<(), FieldErrors> {
        let token = NewApiToken {
            name: self.name.clone(),
            scopes: self.scopes.clone(),
            expires_at: None,
        };
        let mut errors = token.check().err().unwrap_or_default();
        if self.expiry == Expiry::OwnDate && self.day.parse::<chrono::NaiveDate>().is_err() {
            let missing = FieldError::new(FieldCode::Required, "choose a day");
            errors.add("expires_at", missing);
        }
        errors.finish()
    }
}

#[derive(PartialEq, Properties)]
pub struct MakeTokenProps {
    pub done: Callback<()>,
    pub on_close: Callback<()>,
}

#[component]
pub fn MakeToken(props: &MakeTokenProps) -> Html {
    let words = use_words();
    let client = use_client();
    let own_zone = use_zone();
    let person = use_person();
    let made = use_state(|| None::<MadeApiToken>);
    let form = use_form(Draft::default(), Draft::check);
    if let Some(made) = &*made {
        return html! { <Made made={made.clone()} on_close={props.on_close.clone()} /> };
    }
    let submit = {
        let (form, made, own_zone) = (form.clone(), made.setter(), own_zone.clone());
        let done = props.done.clone();
        Callback::from(move |event: SubmitEvent| {
            let (client, made, own_zone, done) =
                (client.clone(), made.clone(), own_zone.clone(), done.clone());
            form.submit(&event, move |draft| async move {
                // Never sent twice under one key: the answer holds a secret, which is kept nowhere.
                let answer = client.call(calls::make(&draft.token(&own_zone))).await?;
                made.set(Some(answer.value.clone()));
                done.emit(());
                Ok(())
            });
        })
    };
    let draft = form.draft();
    let disabled = form.is_saving();
    let choose_scopes = {
        let form = form.clone();
        Callback::from(move |scopes| form.change("scopes", move |draft| draft.scopes = scopes))
    };
    let choose_expiry = {
        let form = form.clone();
        Callback::from(move |expiry| form.change("expires_at", move |draft| draft.expiry = expiry))
    };
    let options = Expiry::ALL.map(|expiry| (expiry, expiry.word(), words.say(expiry.text())));
    let ends = draft.token(&own_zone).expires_at.map(|at| {
        let time = format!(
            "{} {own_zone}",
            time::write(words, at, &own_zone, TimeForm::Full)
        );
        words.fill(texts::HOLDS_UNTIL, &[("time", &time)])
    });
    let offered = person
        .map(|person| person.me.permissions.clone())
        .unwrap_or_default();
    html! {
        <Dialog title={words.say(texts::MAKE_TITLE)} on_close={props.on_close.clone()}>
            <form class="form" onsubmit={submit} novalidate=true>
                <TextField label={texts::NAME} autofocus=true hint={words.say(texts::NAME_HINT)} placeholder={words.say(texts::NAME_EXAMPLE)}
                    bound={form.bind("name", |draft| draft.name.clone(), |draft, name| draft.name = name)} />
                <ScopesField {offered} chosen={draft.scopes.clone()} errors={form.errors("scopes")} change={choose_scopes} {disabled} />
                <div class="form">
                    <Choice<Expiry> label={words.say(texts::EXPIRY)} name="expiry" value={draft.expiry} options={options.to_vec()}
                        change={choose_expiry} {disabled} hint={ends} />
                    if draft.expiry == Expiry::OwnDate {
                        <TextField label={texts::LAST_DAY} kind="date"
                            bound={form.bind("expires_at", |draft| draft.day.clone(), |draft, day| draft.day = day)} />
                    }
                    if draft.expiry == Expiry::Forever {
                        <Notice tone={Tone::Skipped}>{ words.say(texts::FOREVER_WARNS) }</Notice>
                    }
                </div>
                if let Some(failure) = form.failure() {
                    <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
                }
                <div class="form-buttons form-buttons-end">
                    <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} {disabled} />
                    <SubmitButton saving={disabled} text={texts::MAKE} />
                </div>
            </form>
        </Dialog>
    }
}

#[derive(PartialEq, Properties)]
struct MadeProps {
    made: MadeApiToken,
    on_close: Callback<()>,
}

#[component]
fn Made(props: &MadeProps) -> Html {
    let words = use_words();
    let MadeApiToken { view, token } = &props.made;
    let origin = gloo_utils::window().location().origin().unwrap_or_default();
    let example = example(&origin, token, &view.scopes);
    let actions = html! { <Button look={Look::Primary} text={words.say(texts::I_HAVE_IT)} onclick={props.on_close.clone()} /> };
    html! {
        // Escape would throw the token away unread: only the button closes.
        <Dialog title={words.say(texts::MADE_TITLE)} on_close={Callback::noop()} {actions}>
            <div class="form">
                <Notice tone={Tone::Sent}>{ words.say(texts::MADE_ONCE) }</Notice>
                <div class="secret"><code translate="no">{ token.clone() }</code><CopyButton copy={token.clone()} /></div>
                <div class="field">
                    <div class="panel-head"><b>{ words.say(texts::TRY_IT) }</b><CopyButton copy={example.clone()} /></div>
                    <pre class="secret-example" translate="no">{ example }</pre>
                </div>
            </div>
        </Dialog>
    }
}

/// A command that works with this token: something that it may read.
fn example(origin: &str, token: &str, scopes: &[Permission]) -> String {
    let path = if scopes.contains(&Permission::SeeMailings) {
        "mailings"
    } else if scopes.contains(&Permission::BlockUsers) {
        "users"
    } else if scopes.contains(&Permission::ReadAuditLog) {
        "audit-log"
    } else {
        "me"
    };
    format!("curl -H 'Authorization: Bearer {token}' \\\n  {origin}/api/v1/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_reads_what_the_token_may_read() {
        let example = |scopes: &[Permission]| example("https://golub.example", "golub_x", scopes);
        assert_eq!(
            example(&[Permission::KeepOwnProfile, Permission::SeeMailings]),
            "curl -H 'Authorization: Bearer golub_x' \\\n  https://golub.example/api/v1/mailings"
        );
        assert!(example(&[Permission::KeepOwnProfile]).ends_with("/api/v1/me"));
    }

    #[test]
    fn a_token_needs_a_name_a_scope_and_the_day_that_was_promised() {
        let errors = Draft {
            expiry: Expiry::OwnDate,
            ..Draft::default()
        }
        .check()
        .unwrap_err();
        for field in ["name", "scopes", "expires_at"] {
            assert_eq!(errors.of(field).len(), 1, "{field}");
        }
        let whole = Draft {
            name: "Shop".to_owned(),
            scopes: vec![Permission::SeeMailings],
            ..Draft::default()
        };
        assert!(whole.check().is_ok());
    }
}
