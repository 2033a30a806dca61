//! Says that API tokens stay where sessions end, how many there are, and where to delete them.

use contract::accounts::api_tokens::ApiTokenView;
use yew::prelude::*;

use super::{calls, texts};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::Link;
use crate::ui::time::now;

#[component]
pub fn TokensStay() -> Html {
    let words = use_words();
    let tokens = use_loaded(calls::LIST.call());
    let works = |token: &&ApiTokenView| token.expires_at.is_none_or(|at| now() < at);
    let count = tokens
        .value()
        .map_or(0, |tokens| tokens.iter().filter(works).count() as u64);
    if count == 0 {
        return Html::default();
    }
    html! {
        <p class="muted">
            { words.count(texts::TOKENS_STAY, count) }{ " " }
            <Link to={Route::ApiTokens}>{ words.say(texts::SEE_TOKENS) }</Link>
        </p>
    }
}
