//! Forms: [`use_form`] keeps the draft, checks it with the API's own code, and puts errors at their fields.
//!
//! ```text
//! let form = use_form(NewRecipient::default(), |draft| draft.check().map(drop));
//! <TextField label={texts::NAME} bound={form.bind("full_name", |d| d.full_name.clone(), |d, v| d.full_name = v)} />
//! <FormFoot outcome={form.outcome()} cancel={Route::Recipients} />
//! ```
//!
//! A field's error is shown once it was left or the form was submitted; the server's until the field changes.
//! What was typed stays on failure. Unsaved changes are guarded. A form over a thing that the service has is
//! [`use_form_over`]; one that saves it in one call and goes on is [`use_saving`].

mod choice;
mod field;
mod foot;
mod language;
mod over;
mod saving;
mod state;
mod zone;

use std::future::Future;
use std::rc::Rc;

use contract::problem::{FieldError, FieldErrors};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::use_unsaved;
use crate::client::{CallError, Version};
pub use choice::{Choice, SelectField, Switch};
pub use field::{FieldFrame, TextField};
pub use foot::{FormFoot, Outcome, SubmitButton};
pub use language::LanguageField;
pub use over::use_form_over;
pub use saving::use_saving;
use state::{FormState, Step};
pub use zone::ZoneField;

/// What a form needs to know of its draft.
pub trait Draft: Clone + PartialEq + 'static {}

impl<T: Clone + PartialEq + 'static> Draft for T {}

/// What a form begins with: the fields of a thing, and the version that the service has of it; none of a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<T> {
    pub draft: T,
    pub version: Option<Version>,
}

impl<T> From<T> for Known<T> {
    fn from(draft: T) -> Self {
        let version = None;
        Self { draft, version }
    }
}

type Check<T> = fn(&T) -> Result<(), FieldErrors>;

pub struct Form<T: Draft> {
    state: UseReducerHandle<FormState<T>>,
    check: Check<T>,
    key: Rc<String>,
    /// Takes the newest version at the price of what was typed.
    give_up: Option<Callback<()>>,
}

impl<T: Draft> PartialEq for Form<T> {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

impl<T: Draft> Clone for Form<T> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            check: self.check,
            key: self.key.clone(),
            give_up: self.give_up.clone(),
        }
    }
}

/// One field of a form, ready to be given to an input.
#[derive(Clone, PartialEq)]
pub struct Bound {
    /// The API's name of the field.
    pub name: &'static str,
    /// The input's id: the name, unless another form of the page has the same (see [`Bound::within`]).
    pub id: AttrValue,
    pub value: AttrValue,
    pub errors: Vec<FieldError>,
    pub change: Callback<String>,
    pub blur: Callback<()>,
    pub disabled: bool,
}

impl Bound {
    /// For a form that may lie over another one, or stand beside it, with a field of the same name.
    pub fn within(mut self, form: &str) -> Self {
        self.id = format!("{form}-{}", self.name).into();
        self
    }
}

/// A form that guards what is unsaved in it.
#[hook]
pub fn use_form<T: Draft>(initial: T, check: Check<T>) -> Form<T> {
    let form = use_unguarded_form(initial, check);
    use_unsaved(form.is_unsaved());
    form
}

/// Holds a form back from being saved, and from being left unasked, while something that belongs to it is still on its
/// way.
#[hook]
pub fn use_held<T: Draft>(form: &Form<T>, is_on_its_way: bool) {
    let dispatcher = form.state.dispatcher();
    use_effect_with(is_on_its_way, move |is_on_its_way| {
        let is_on_its_way = *is_on_its_way;
        if is_on_its_way {
            dispatcher.dispatch(Step::Hold);
        }
        move || {
            if is_on_its_way {
                dispatcher.dispatch(Step::Release);
            }
        }
    });
}

/// A form that may be left at any time, such as signing in.
#[hook]
pub fn use_unguarded_form<T: Draft>(initial: T, check: Check<T>) -> Form<T> {
    let state = use_reducer(|| FormState::new(initial));
    use_effect_with(state.refusals(), |refusals| {
        if *refusals > 0 {
            focus_first_error();
        }
    });
    let key = use_memo((), |()| {
        format!("{:016x}", (js_sys::Math::random() * 1e18) as u64)
    });
    Form {
        state,
        check,
        key,
        give_up: None,
    }
}

impl<T: Draft> Form<T> {
    pub fn draft(&self) -> &T {
        self.state.draft()
    }

    /// What the form began with, or was last saved as.
    pub fn initial(&self) -> &T {
        self.state.initial()
    }

    /// The version that a change is made to. None for a thing that the service does not have yet.
    pub fn version(&self) -> Option<&Version> {
        self.state.version()
    }

    /// Tells this form from all others, for `Call::once`.
    pub fn key(&self) -> Rc<String> {
        self.key.clone()
    }

    /// Whether something was typed that is not saved.
    pub fn is_changed(&self) -> bool {
        self.state.is_changed()
    }

    pub fn is_saving(&self) -> bool {
        self.state.is_saving()
    }

    /// Something that belongs to it is still on its way: see [`use_held`].
    pub fn is_held(&self) -> bool {
        self.state.is_held()
    }

    /// Whether something would be lost with it.
    pub fn is_unsaved(&self) -> bool {
        self.is_changed() || self.is_held()
    }

    pub fn failure(&self) -> Option<CallError> {
        self.state.failure().cloned()
    }

    /// What the foot of the form shows.
    pub fn outcome(&self) -> Outcome {
        Outcome {
            saving: self.is_saving(),
            held: self.is_held(),
            failure: self.failure(),
            give_up: self.give_up.clone(),
        }
    }

    /// The errors that a field shows now.
    pub fn errors(&self, field: &str) -> Vec<FieldError> {
        self.state.shown_errors(field, self.check)
    }

    /// Changes the draft.
    pub fn change(&self, field: &'static str, change: impl FnOnce(&mut T) + 'static) {
        self.state.dispatch(Step::Change {
            field,
            change: Box::new(change),
        });
    }

    /// Begins anew with other values, such as a newer version.
    pub fn begin(&self, known: impl Into<Known<T>>) {
        self.state.dispatch(Step::Begin(known.into()));
    }

    /// Goes on from what the service has made of the draft, while saving goes on: nothing is asked for again, so that
    /// nothing typed meanwhile can be lost. `shown` says what of it is still to be saved.
    pub fn keep(&self, saved: Known<T>, shown: impl FnOnce(&mut T)) {
        let mut draft = saved.draft.clone();
        shown(&mut draft);
        self.state.dispatch(Step::Keep { saved, draft });
    }

    /// Binds a field of text: how to read it from the draft, and how to write it.
    pub fn bind(
        &self,
        name: &'static str,
        get: fn(&T) -> String,
        set: fn(&mut T, String),
    ) -> Bound {
        let changed = self.clone();
        let left = self.clone();
        Bound {
            name,
            id: AttrValue::Static(name),
            value: get(self.draft()).into(),
            errors: self.errors(name),
            change: Callback::from(move |value: String| {
                changed.change(name, move |draft| set(draft, value))
            }),
            blur: Callback::from(move |()| left.state.dispatch(Step::Leave(name))),
            disabled: self.is_saving(),
        }
    }

    /// Whether nothing is wrong with the draft; else the errors are shown, for a dialog that saves by itself.
    pub fn is_valid(&self) -> bool {
        let valid = (self.check)(self.draft()).is_ok();
        if !valid {
            self.state.dispatch(Step::Refuse);
        }
        valid
    }

    /// Checks the draft and, if nothing is wrong, saves it.
    pub fn submit<F>(&self, event: &SubmitEvent, save: impl FnOnce(T) -> F + 'static)
    where
        F: Future<Output = Result<(), CallError>> + 'static,
    {
        event.prevent_default();
        if self.is_saving() || self.is_held() {
            return;
        }
        if (self.check)(self.draft()).is_err() {
            self.state.dispatch(Step::Refuse);
            return;
        }
        self.state.dispatch(Step::Save);
        let draft = self.draft().clone();
        let dispatcher = self.state.dispatcher();
        spawn_local(async move {
            let step = match save(draft).await {
                Ok(()) => Step::Saved,
                Err(error) => Step::Fail(error),
            };
            dispatcher.dispatch(step);
        });
    }
}

fn focus_first_error() {
    let document = gloo_utils::document();
    // What lies under a dialog cannot take the focus.
    let first = [
        "dialog:modal form [aria-invalid='true']",
        "form [aria-invalid='true']",
    ]
    .into_iter()
    .find_map(|selector| document.query_selector(selector).ok().flatten());
    if let Some(element) = first.as_ref().and_then(JsCast::dyn_ref::<HtmlElement>) {
        let _ = element.focus();
    }
}
