//! An address that leads nowhere.

use yew::prelude::*;

use crate::i18n::texts;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::texts::BACK_HOME;
use crate::ui::{Empty, Icon, Link, use_title};

#[component]
pub fn NotFound() -> Html {
    let words = use_words();
    use_title(words.say(texts::NO_SUCH_PAGE));
    html! {
        <main class="solo" id="main">
            <Empty whole_page=true icon={Icon::QuestionCircle} title={words.say(texts::NO_SUCH_PAGE)} sentence={words.say(texts::NO_SUCH_PAGE_HINT)}>
                <Link to={Route::Home} class="button">{ words.say(BACK_HOME) }</Link>
            </Empty>
        </main>
    }
}
