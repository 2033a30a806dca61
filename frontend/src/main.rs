//! Puts the page into the browser.

fn main() {
    // Before the first drawing, so that a dark page never flashes white.
    frontend::theme::Theme::first().show();
    yew::Renderer::<frontend::app::App>::new().render();
}
