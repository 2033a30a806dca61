//! What is around every screen: words, routes, session, guard of unsaved changes, toasts.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::frame::Arrival;
use crate::i18n::WordsProvider;
use crate::instance::FaceProvider;
use crate::routes::{Route, screen};
use crate::session::SessionProvider;
use crate::ui::{LeavingProvider, ToastsProvider};

#[component]
pub fn App() -> Html {
    html! {
        <WordsProvider>
            <LeavingProvider>
                <BrowserRouter>
                    <SessionProvider>
                        <FaceProvider>
                            <ToastsProvider>
                                <Switch<Route> render={screen} />
                                <Arrival />
                            </ToastsProvider>
                        </FaceProvider>
                    </SessionProvider>
                </BrowserRouter>
            </LeavingProvider>
        </WordsProvider>
    }
}
