//! Saving an article: what the form holds becomes a new version, and the form goes on from what the service answered.

use std::rc::Rc;

use contract::blog::{ArticleSource, NewArticle};
use yew::prelude::*;

use super::draft::{Draft, When};
use crate::blog::calls;
use crate::client::{Answer, Call, CallError, Client};
use crate::ui::form::{Form, Known};
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
        let call = self.first_step(&draft, article);
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

    /// Makes the article, or changes the one that there is. What is to be published now keeps its date until then.
    fn first_step(&self, draft: &Draft, article: NewArticle) -> Call<ArticleSource> {
        match self.form.version() {
            None => calls::create(&article).once(&self.form.key()),
            Some(version) => calls::change(version, article, draft.when == When::Now),
        }
    }

    /// From here on the form changes what the service has now, so that a next try makes no second article.
    fn keep(&self, answer: &Rc<Answer<ArticleSource>>, chosen: When) {
        self.saved.emit(answer.clone());
        let known = known(answer, &self.form.draft().zone);
        self.form.keep(known, |draft| {
            if chosen == When::Now {
                draft.when = When::Now;
            }
        });
    }
}

/// What the form holds of an article that the service has.
pub fn known(answer: &Answer<ArticleSource>, zone: &str) -> Known<Draft> {
    Known {
        draft: Draft::of(&answer.value, now(), zone, zone::local),
        version: Some(answer.version(answer.value.id)),
    }
}
