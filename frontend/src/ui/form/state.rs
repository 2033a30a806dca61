//! A form without the browser: what it stands on, what was typed, what is wrong with it, whether it is being saved.

use std::collections::BTreeSet;
use std::rc::Rc;

use contract::problem::{FieldError, FieldErrors};
use yew::prelude::*;

use super::{Check, Draft, Known};
use crate::client::{CallError, Version};

#[derive(Clone, PartialEq)]
pub struct FormState<T> {
    initial: T,
    /// What the service calls that; none for a thing that it does not have yet.
    version: Option<Version>,
    draft: T,
    /// The fields that a person has been in and left.
    left: BTreeSet<&'static str>,
    /// How often the form could not be saved as it was.
    refusals: u32,
    submitted: bool,
    /// What is being saved.
    sent: Option<T>,
    /// How many things that belong to it are still on their way.
    holds: u32,
    failure: Option<CallError>,
    server_errors: FieldErrors,
}

pub enum Step<T> {
    Change {
        field: &'static str,
        change: Box<dyn FnOnce(&mut T)>,
    },
    Leave(&'static str),
    /// It was submitted, but is not valid.
    Refuse,
    Save,
    Saved,
    Fail(CallError),
    Begin(Known<T>),
    /// What the service has made of it while saving goes on, and what the form shows of that.
    Keep {
        saved: Known<T>,
        draft: T,
    },
    Hold,
    Release,
}

impl<T: Draft> FormState<T> {
    pub fn new(initial: T) -> Self {
        Self::on(initial.into())
    }

    fn on(known: Known<T>) -> Self {
        let Known { draft, version } = known;
        Self {
            initial: draft.clone(),
            version,
            draft,
            left: BTreeSet::new(),
            refusals: 0,
            submitted: false,
            sent: None,
            holds: 0,
            failure: None,
            server_errors: FieldErrors::default(),
        }
    }

    pub fn draft(&self) -> &T {
        &self.draft
    }

    pub fn initial(&self) -> &T {
        &self.initial
    }

    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    pub fn is_changed(&self) -> bool {
        self.draft != self.initial
    }

    pub fn is_saving(&self) -> bool {
        self.sent.is_some()
    }

    pub fn is_held(&self) -> bool {
        self.holds > 0
    }

    pub fn failure(&self) -> Option<&CallError> {
        self.failure.as_ref()
    }

    pub fn refusals(&self) -> u32 {
        self.refusals
    }

    pub fn shown_errors(&self, field: &str, check: Check<T>) -> Vec<FieldError> {
        let mut shown = Vec::new();
        if (self.submitted || self.left.contains(field))
            && let Err(errors) = check(&self.draft)
        {
            shown.extend_from_slice(errors.of(field));
        }
        for error in self.server_errors.of(field) {
            // The server repeats what the page has found itself.
            if !shown
                .iter()
                .any(|known: &FieldError| known.code == error.code)
            {
                shown.push(error.clone());
            }
        }
        shown
    }
}

impl<T: Draft> Reducible for FormState<T> {
    type Action = Step<T>;

    fn reduce(self: Rc<Self>, step: Step<T>) -> Rc<Self> {
        let mut next = (*self).clone();
        match step {
            Step::Change { field, change } => {
                change(&mut next.draft);
                next.server_errors.0.remove(field);
            }
            Step::Leave(field) => {
                // Walking through an empty form with the Tab key is no mistake yet.
                if next.is_changed() {
                    next.left.insert(field);
                }
            }
            Step::Refuse => {
                next.submitted = true;
                next.refusals += 1;
            }
            Step::Save => {
                next.submitted = true;
                next.sent = Some(next.draft.clone());
                next.failure = None;
                next.server_errors = FieldErrors::default();
            }
            Step::Saved => {
                next.submitted = false;
                // What has come into the form since it was sent is not saved.
                next.initial = next.sent.take().unwrap_or(next.initial);
            }
            Step::Fail(error) => {
                next.sent = None;
                next.refusals += 1;
                next.server_errors = error.field_errors();
                next.failure = Some(error);
            }
            Step::Begin(known) => {
                // What is on its way comes all the same.
                next = Self {
                    holds: next.holds,
                    ..Self::on(known)
                }
            }
            Step::Keep { saved, draft } => {
                if next.sent.as_ref() == Some(&next.draft) {
                    next.draft = draft.clone();
                }
                next.sent = Some(draft);
                next.initial = saved.draft;
                next.version = saved.version;
            }
            Step::Hold => next.holds += 1,
            Step::Release => next.holds = next.holds.saturating_sub(1),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::problem::{ErrorCode, FieldCode, Problem};
    use contract::recipients::NewRecipient;

    fn check(draft: &NewRecipient) -> Result<(), FieldErrors> {
        draft.check().map(drop)
    }

    fn typed(email: &'static str) -> Step<NewRecipient> {
        Step::Change {
            field: "email",
            change: Box::new(move |draft| draft.email = email.to_owned()),
        }
    }

    fn codes(state: &FormState<NewRecipient>) -> Vec<FieldCode> {
        state
            .shown_errors("email", check)
            .iter()
            .map(|error| error.code)
            .collect()
    }

    #[test]
    fn an_error_waits_until_the_field_is_left() {
        let state = Rc::new(FormState::new(NewRecipient::default())).reduce(typed("anna@"));
        assert!(codes(&state).is_empty());
        assert_eq!(
            codes(&state.reduce(Step::Leave("email"))),
            [FieldCode::NotAnAddress]
        );
    }

    #[test]
    fn submitting_shows_every_error() {
        let state = Rc::new(FormState::new(NewRecipient::default())).reduce(Step::Refuse);
        assert_eq!(codes(&state), [FieldCode::Required]);
        assert_eq!(state.refusals(), 1);
    }

    #[test]
    fn the_servers_error_stays_until_the_field_changes_and_the_draft_is_kept() {
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: String::new(),
            status: 422,
            code: ErrorCode::Invalid,
            detail: String::new(),
            errors: FieldErrors::one("email", FieldError::new(FieldCode::Taken, "taken")),
            in_use: None,
        };
        let state = Rc::new(FormState::new(NewRecipient::default()))
            .reduce(typed("anna@example.org"))
            .reduce(Step::Save)
            .reduce(Step::Fail(CallError::Refused(Rc::new(problem))));
        assert_eq!(codes(&state), [FieldCode::Taken]);
        assert_eq!(state.draft().email, "anna@example.org");
        assert!(state.is_changed() && !state.is_saving());
        assert!(codes(&state.reduce(typed("anna2@example.org"))).is_empty());
    }

    fn kept(email: &str) -> NewRecipient {
        NewRecipient {
            email: email.to_owned(),
            ..NewRecipient::default()
        }
    }

    fn keep(email: &str) -> Step<NewRecipient> {
        let saved = Known {
            draft: kept(email),
            version: Some(Version {
                id: 7,
                etag: Some("second".to_owned()),
            }),
        };
        let draft = saved.draft.clone();
        Step::Keep { saved, draft }
    }

    #[test]
    fn what_comes_into_a_form_while_it_is_saved_is_kept_and_is_unsaved() {
        let sent = Rc::new(FormState::new(NewRecipient::default()))
            .reduce(typed("anna@example.org"))
            .reduce(Step::Save)
            .reduce(typed("boris@example.org"));
        for state in [sent.clone(), sent.reduce(keep("anna@example.org"))] {
            let state = state.reduce(Step::Saved);
            assert_eq!(state.draft().email, "boris@example.org");
            assert_eq!(state.initial().email, "anna@example.org");
            assert!(state.is_changed() && !state.is_saving());
        }
    }

    #[test]
    fn saving_goes_on_from_the_version_that_the_service_answered() {
        let state = Rc::new(FormState::new(NewRecipient::default()))
            .reduce(typed("anna@example.org"))
            .reduce(Step::Save)
            .reduce(keep("anna@example.org"))
            .reduce(Step::Saved);
        assert_eq!(state.version().map(|version| version.id), Some(7));
        assert!(!state.is_changed());
    }

    #[test]
    fn what_the_service_made_of_it_is_kept_although_the_next_step_fails() {
        let state = Rc::new(FormState::new(NewRecipient::default()))
            .reduce(typed(" anna@example.org "))
            .reduce(Step::Save)
            .reduce(keep("anna@example.org"));
        assert!(state.is_saving() && !state.is_changed());
        let state = state.reduce(Step::Fail(CallError::Unreachable));
        assert_eq!(state.draft().email, "anna@example.org");
        assert!(!state.is_saving() && !state.is_changed());
        assert_eq!(state.failure(), Some(&CallError::Unreachable));
    }

    #[test]
    fn what_is_on_its_way_holds_the_form_until_all_of_it_is_there() {
        let state = Rc::new(FormState::new(NewRecipient::default()))
            .reduce(Step::Hold)
            .reduce(Step::Hold)
            .reduce(Step::Release)
            .reduce(Step::Begin(kept("anna@example.org").into()));
        assert!(state.is_held());
        assert!(!state.reduce(Step::Release).is_held());
    }

    #[test]
    fn what_is_saved_is_no_longer_changed() {
        let state = Rc::new(FormState::new(NewRecipient::default()))
            .reduce(typed("anna@example.org"))
            .reduce(Step::Save)
            .reduce(Step::Saved);
        assert!(!state.is_changed());
    }
}
