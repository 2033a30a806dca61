//! Saving an article: what the form holds becomes a new version, and the form goes on from what the service answered.

use std::rc::Rc;

use contract::blog::{ArticleSource, NewArticle};
use yew::prelude::*;

use super::draft::{Draft, Version, When};
use crate::blog::calls;
use crate::client::{Answer, Call, CallError, Client};
use crate::ui::form::Form;
use crate::ui::time::now;
use crate::ui::zone;

/// One saving.
pub struct Saving {
    pub client: Client,
    pub form: Form<Draft>,
    /// Hears what the service has now.
    pub saved: Callback<Rc<Answer<ArticleSource>>>,
    /// Hears that it has the article, whatever becomes of publishing it.
    pub half: Callback<()>,
}

impl Saving {
    /// Saves it, and publishes it where that was chosen: the service says when now is. Gives the article's id.
    pub async fn run(&self, draft: Draft) -> Result<i64, CallError> {
        // The form has checked it: what could still be wrong is for the service to say.
        let article = draft.article(zone::instant).unwrap_or_default();
        let call = first_step(&draft, article, &self.form.key());
        let answer = self.client.call(call).await?;
        let id = answer.value.id;
        self.keep(&answer, draft.when);
        if draft.when == When::Now {
            self.half.emit(());
            let publish = calls::PUBLISH.of(id).if_match(answer.etag.as_deref());
            let answer = self.client.call(publish).await?;
            self.keep(&answer, When::AsIs);
        }
        Ok(id)
    }

    /// From here on the form changes what the service has now: nothing is asked for again, so that nothing typed
    /// meanwhile can be lost, and a next try makes no second article.
    fn keep(&self, answer: &Rc<Answer<ArticleSource>>, chosen: When) {
        self.saved.emit(answer.clone());
        let zone = &self.form.draft().zone;
        self.form.keep(Draft::of(answer, now(), zone, zone::local));
        if chosen == When::Now {
            self.form
                .change("published_at", |draft| draft.when = When::Now);
        }
    }
}

/// Makes the article, or changes the one that there is. What is to be published now keeps its date until then.
fn first_step(draft: &Draft, article: NewArticle, form_key: &str) -> Call<ArticleSource> {
    match &draft.version {
        None => calls::create(&article).once(form_key),
        Some(Version { id, etag, .. }) => {
            let keeps_date = draft.when == When::Now;
            calls::change(*id, article, keeps_date, etag.as_deref())
        }
    }
}

/// What the page knows of an article that a form changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The service has another version than the form.
    pub is_newer: bool,
    pub is_saving: bool,
    /// Something in the form is not saved yet.
    pub is_unsaved: bool,
    /// Its writer would rather have the newer version.
    pub is_given_up: bool,
}

impl Standing {
    /// Whether the newer version takes the form's place: never over what somebody has typed, unless they said so.
    pub const fn takes_newer(self) -> bool {
        let is_free = self.is_given_up || !self.is_unsaved;
        self.is_newer && is_free && !self.is_saving
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNTOUCHED: Standing = Standing {
        is_newer: true,
        is_saving: false,
        is_unsaved: false,
        is_given_up: false,
    };

    #[test]
    fn a_newer_version_never_takes_the_place_of_what_was_typed_unasked() {
        assert!(UNTOUCHED.takes_newer());
        let typed = Standing {
            is_unsaved: true,
            ..UNTOUCHED
        };
        assert!(!typed.takes_newer());
        let given_up = Standing {
            is_given_up: true,
            ..typed
        };
        assert!(given_up.takes_newer());
        for busy in [UNTOUCHED, given_up] {
            let busy = Standing {
                is_saving: true,
                ..busy
            };
            assert!(!busy.takes_newer());
        }
        let newest = Standing {
            is_newer: false,
            ..given_up
        };
        assert!(!newest.takes_newer());
    }
}
