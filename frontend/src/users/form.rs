//! The form of a user, new or known. Nobody chooses another's password.

use contract::accounts::users::{NewUserAccount, UserView};
use contract::permissions::Role;
use yew::prelude::*;

use super::details::crumb;
use super::invitations::{language_of, language_word};
use super::texts::details::{ENGLISH, RUSSIAN};
use super::texts::form as texts;
use super::{called, calls, role_does, role_text};
use crate::client::{Steady, use_client, use_steady};
use crate::i18n::texts::SAVE;
use crate::i18n::{Saying, Words, use_words};
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::form::{
    Bound, Choice, FieldFrame, Form, FormFoot, SelectField, TextField, use_differs, use_form,
};
use crate::ui::{Crumb, PageHead, skeleton, use_go, use_toasts, use_zone, zone};

#[component]
pub fn NewUserForm() -> Html {
    let words = use_words();
    let draft = NewUserAccount {
        email: String::new(),
        full_name: String::new(),
        role: Role::User,
        language: words.language,
        time_zone: use_zone().to_string(),
        city: String::new(),
    };
    html! {
        <>
            <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)} sentence={words.say(texts::NEW_SENTENCE)} />
            <UserForm {draft} cancel={Route::Users} />
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
    let Steady { loading, differs } = use_steady(id, calls::READ.of(id));
    loading.show(skeleton(6), |answer| {
        let user = &answer.value.user;
        let crumbs = vec![
            crumb(words),
            Crumb {
                text: called(user).into(),
                to: Route::User { id },
            },
        ];
        let key = answer.etag.clone().unwrap_or_default();
        let version = Version {
            id,
            etag: answer.etag.clone(),
        };
        html! {
            <>
                <PageHead {crumbs} title={words.say(texts::EDIT_TITLE)} />
                <UserForm {key} draft={draft_of(user)} {version} differs={differs.clone()}
                    cancel={Route::User { id }} reload={loading.reload.clone()} />
            </>
        }
    })
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

/// Who is changed, and the version that was read.
#[derive(Clone, Debug, PartialEq)]
struct Version {
    id: i64,
    etag: Option<String>,
}

#[derive(PartialEq, Properties)]
struct UserFormProps {
    draft: NewUserAccount,
    /// None for a new user.
    #[prop_or_default]
    version: Option<Version>,
    cancel: Route,
    #[prop_or_default]
    reload: Option<Callback<()>>,
    #[prop_or_default]
    differs: Callback<bool>,
}

#[component]
fn UserForm(props: &UserFormProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let person = use_person();
    let form = use_form(props.draft.clone(), NewUserAccount::check);
    use_differs(&form, &props.differs);
    let version = props.version.clone();
    let is_new = version.is_none();
    let own = version.as_ref().map(|version| version.id) == person.map(|person| person.me.id);

    let submit = {
        let (form, was) = (form.clone(), props.draft.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts, go, version, was) = (
                client.clone(),
                toasts.clone(),
                go.clone(),
                version.clone(),
                was.clone(),
            );
            let key = form.key();
            form.submit(&event, move |draft| async move {
                let (call, said) = match version {
                    None => (calls::create(&draft).once(&key), texts::CREATED),
                    Some(Version { id, etag }) => (
                        calls::change(id, &was, &draft, etag.as_deref()),
                        texts::SAVED,
                    ),
                };
                let saved = client.call(call).await?;
                toasts.done(Saying::Filled(
                    said,
                    vec![("name", called(&saved.value.user))],
                ));
                go.saved(Route::User {
                    id: saved.value.user.id,
                });
                Ok(())
            });
        })
    };
    let email_hint = if own {
        texts::EMAIL_HINT_OWN
    } else if is_new {
        texts::EMAIL_HINT
    } else {
        texts::EMAIL_CHANGE_HINT
    };
    let choose_language = {
        let form = form.clone();
        Callback::from(move |language: AttrValue| {
            form.change("language", move |draft| {
                draft.language = language_of(&language)
            })
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
            <RoleField form={form.clone()} was={(!is_new).then_some(props.draft.role)} {own} />
            <Choice label={words.say(texts::LANGUAGE)} name="language" value={language_word(form.draft().language)} change={choose_language}
                options={vec![("en".into(), words.say(ENGLISH)), ("ru".into(), words.say(RUSSIAN))]}
                hint={words.say(texts::LANGUAGE_HINT)} disabled={form.is_saving()} />
            { zone_field(words, &form) }
            <TextField label={texts::CITY} optional=true
                bound={form.bind("city", |draft| draft.city.clone(), |draft, city| draft.city = city)} />
            <FormFoot outcome={form.outcome()} cancel={props.cancel.clone()} text={if is_new { texts::CREATE } else { SAVE }}
                reload={props.reload.clone()} />
        </form>
    }
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
        Some(was) if gives_less(*was, chosen) => Some(texts::ROLE_HINT_LESS),
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

/// Whether something that the first role may do is beyond the second.
fn gives_less(was: Role, is: Role) -> bool {
    was.permissions().any(|permission| !is.may(permission))
}

fn zone_field(words: Words, form: &Form<NewUserAccount>) -> Html {
    let zones = zone::all();
    let chosen = &form.draft().time_zone;
    // An older name of a zone is taken by the service and kept, though browsers do not list it.
    let unlisted = (!zones.contains(chosen)).then(|| chosen.clone());
    let names = unlisted.iter().chain(zones.iter());
    let options: Vec<(AttrValue, AttrValue)> = names
        .map(|name| (name.clone().into(), name.replace('_', " ").into()))
        .collect();
    html! {
        <SelectField label={words.say(texts::TIME_ZONE)} {options}
            bound={form.bind("time_zone", |draft| draft.time_zone.clone(), |draft, zone| draft.time_zone = zone)} />
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

    #[test]
    fn a_manager_made_user_is_given_less_and_so_is_a_user_made_manager() {
        assert!(gives_less(Role::Admin, Role::Manager));
        assert!(gives_less(Role::Manager, Role::User));
        // A manager writes no letters.
        assert!(gives_less(Role::User, Role::Manager));
        assert!(!gives_less(Role::User, Role::ContentManager));
        assert!(!gives_less(Role::User, Role::Admin));
    }
}
