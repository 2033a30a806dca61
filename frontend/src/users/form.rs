//! The form of a user, new or known. Nobody chooses another's password.

use contract::accounts::users::{NewUserAccount, UserDetail, UserView};
use contract::permissions::Role;
use yew::prelude::*;

use super::details::crumb;
use super::texts::form as texts;
use super::{called, calls, role_does, role_text};
use crate::client::{Call, use_loaded};
use crate::i18n::texts::SAVE;
use crate::i18n::{Saying, Words, use_words};
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::form::{
    Bound, FieldFrame, Form, FormFoot, Known, LanguageField, TextField, ZoneField, use_form,
    use_form_over, use_saving,
};
use crate::ui::{Crumb, PageHead, skeleton, use_zone};

#[component]
pub fn NewUserForm() -> Html {
    let words = use_words();
    let zone = use_zone();
    let form = use_form(blank(words, &zone), NewUserAccount::check);
    html! {
        <>
            <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)} sentence={words.say(texts::NEW_SENTENCE)} />
            <UserForm {form} cancel={Route::Users} />
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct EditUserProps {
    pub id: i64,
}

#[component]
pub fn EditUser(props: &EditUserProps) -> Html {
    let words = use_words();
    let id = props.id;
    let zone = use_zone();
    let newest = use_loaded(calls::READ.of(id));
    let (loading, form) = use_form_over(
        newest,
        |answer| {
            Some(Known {
                draft: draft_of(&answer.value.user),
                version: Some(answer.version(id)),
            })
        },
        blank(words, &zone),
        NewUserAccount::check,
    );
    loading.show(skeleton(6), |answer| {
        let user = &answer.value.user;
        let crumbs = vec![
            crumb(words),
            Crumb {
                text: called(user).into(),
                to: Route::User { id },
            },
        ];
        html! {
            <>
                <PageHead {crumbs} title={words.say(texts::EDIT_TITLE)} />
                if form.version().is_some() {
                    <UserForm form={form.clone()} cancel={Route::User { id }} />
                }
            </>
        }
    })
}

fn blank(words: Words, zone: &str) -> NewUserAccount {
    NewUserAccount {
        email: String::new(),
        full_name: String::new(),
        role: Role::User,
        language: words.language,
        time_zone: zone.to_owned(),
        city: String::new(),
    }
}

fn draft_of(user: &UserView) -> NewUserAccount {
    let UserView {
        id: _,
        email,
        full_name,
        role,
        language,
        time_zone,
        phone: _,
        phone_verified_at: _,
        city,
        avatar_url: _,
        confirmed_at: _,
        blocked: _,
        second_factor: _,
        last_seen_at: _,
        created_at: _,
    } = user;
    NewUserAccount {
        email: email.clone(),
        full_name: full_name.clone(),
        role: *role,
        language: *language,
        time_zone: time_zone.clone(),
        city: city.clone(),
    }
}

#[derive(PartialEq, Properties)]
struct UserFormProps {
    form: Form<NewUserAccount>,
    cancel: Route,
}

#[component]
fn UserForm(props: &UserFormProps) -> Html {
    let words = use_words();
    let person = use_person();
    let form = &props.form;
    let submit = use_saving(form, saving, saved);
    let is_new = form.version().is_none();
    let own = form.version().map(|version| version.id) == person.map(|person| person.me.id);
    let email_hint = if own {
        texts::EMAIL_HINT_OWN
    } else if is_new {
        texts::EMAIL_HINT
    } else {
        texts::EMAIL_CHANGE_HINT
    };
    let choose_language = {
        let form = form.clone();
        Callback::from(move |language| {
            form.change("language", move |draft| draft.language = language)
        })
    };
    let email = form.bind(
        "email",
        |draft| draft.email.clone(),
        |draft, email| draft.email = email,
    );
    let email = Bound {
        disabled: email.disabled || own,
        ..email
    };
    html! {
        <form class="panel form form-narrow" onsubmit={submit} novalidate=true>
            <TextField label={texts::EMAIL} kind="email" autofocus={is_new} hint={words.say(email_hint)} bound={email} />
            <TextField label={texts::FULL_NAME} optional=true
                bound={form.bind("full_name", |draft| draft.full_name.clone(), |draft, name| draft.full_name = name)} />
            <RoleField form={form.clone()} was={(!is_new).then(|| form.initial().role)} {own} />
            <LanguageField label={words.say(texts::LANGUAGE)} value={form.draft().language} change={choose_language}
                hint={words.say(texts::LANGUAGE_HINT)} disabled={form.is_saving()} />
            <ZoneField label={words.say(texts::TIME_ZONE)}
                bound={form.bind("time_zone", |draft| draft.time_zone.clone(), |draft, zone| draft.time_zone = zone)} />
            <TextField label={texts::CITY} optional=true
                bound={form.bind("city", |draft| draft.city.clone(), |draft, city| draft.city = city)} />
            <FormFoot outcome={form.outcome()} cancel={props.cancel.clone()} text={if is_new { texts::CREATE } else { SAVE }} />
        </form>
    }
}

fn saving(form: &Form<NewUserAccount>) -> Option<Call<UserDetail>> {
    let draft = form.draft();
    Some(match form.version() {
        None => calls::create(draft).once(&form.key()),
        Some(version) => calls::change(version, form.initial(), draft),
    })
}

fn saved(detail: &UserDetail, is_new: bool) -> (Saying, Route) {
    let said = if is_new { texts::CREATED } else { texts::SAVED };
    let UserDetail { user, .. } = detail;
    (
        Saying::Filled(said, vec![("name", called(user))]),
        Route::User { id: user.id },
    )
}

#[derive(PartialEq, Properties)]
struct RoleFieldProps {
    form: Form<NewUserAccount>,
    /// The role until now; none for a new user.
    was: Option<Role>,
    /// Nobody changes their own.
    own: bool,
}

/// Every role with what it may do.
#[component]
fn RoleField(props: &RoleFieldProps) -> Html {
    let words = use_words();
    let RoleFieldProps { form, was, own } = props;
    let chosen = form.draft().role;
    let hint = match was {
        _ if *own => Some(texts::ROLE_HINT_OWN),
        Some(was) if was.loses_by(chosen) => Some(texts::ROLE_HINT_LESS),
        _ => None,
    };
    let option = |role: Role| {
        let id = format!("role-{}", role.word());
        let choose = {
            let form = form.clone();
            Callback::from(move |_: Event| form.change("role", move |draft| draft.role = role))
        };
        html! {
            <li class="pick-option" role="none">
                <input type="radio" class="form-check-input" id={id.clone()} name="role" checked={role == chosen} onchange={choose}
                    disabled={*own || form.is_saving()} />
                <label for={id}><b>{ words.say(role_text(role)) }</b><span class="muted small">{ words.say(role_does(role)) }</span></label>
            </li>
        }
    };
    html! {
        <FieldFrame label={words.say(texts::ROLE)} id="role" errors={form.errors("role")} hint={hint.map(|hint| words.say(hint))}>
            <ul class="pick pick-list pick-all" role="radiogroup" aria-label={words.say(texts::ROLE)}>
                { for Role::ALL.into_iter().map(option) }
            </ul>
        </FieldFrame>
    }
}

#[cfg(test)]
pub mod tests {
    use chrono::DateTime;
    use contract::accounts::{Language, SecondFactorState};

    use super::*;

    /// A user in working order.
    pub fn anna() -> UserView {
        UserView {
            id: 2,
            email: "anna@example.org".to_owned(),
            full_name: "Anna Sokolova".to_owned(),
            role: Role::User,
            language: Language::En,
            time_zone: "Europe/Moscow".to_owned(),
            phone: None,
            phone_verified_at: None,
            city: String::new(),
            avatar_url: None,
            confirmed_at: Some(DateTime::UNIX_EPOCH),
            blocked: None,
            second_factor: SecondFactorState::Off,
            last_seen_at: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }
}
