//! Markdown as it is read: one way from a body to HTML, for the editor's preview, the article and the feed alike.
//!
//! First [`shape`] makes of the parsed Markdown what fits into our page: headings with anchors below the article's
//! title, tables without inline styles, footnotes at the end, pictures in all their sizes. Then [`sanitise`] lets
//! through what is known to be harmless and drops the rest, wherever it came from.

mod excerpt;
mod footnotes;
mod images;
mod sanitise;
mod shape;

use pulldown_cmark::{Options, Parser};
use url::Url;

pub use self::excerpt::excerpt;
use crate::app::App;
use crate::problem::ApiError;

/// Where the HTML will be shown.
#[derive(Clone, Debug)]
pub enum Place {
    /// In our page: addresses within the service stay as they are.
    Page,
    /// In a feed reader: addresses are whole, and begin at this article.
    Feed(Url),
}

/// The HTML of a body. A long one takes its time, which no other request should wait for.
pub async fn rendered(app: &App, body: String, place: Place) -> Result<String, ApiError> {
    let public_url = app.config.http.public_url.trim_end_matches('/').to_owned();
    tokio::task::spawn_blocking(move || render(&body, &place, &public_url))
        .await
        .map_err(ApiError::ours)
}

/// `public_url` is what the service is called: pictures may be named with it.
pub fn render(body: &str, place: &Place, public_url: &str) -> String {
    let events = Parser::new_ext(body, options());
    let shaped = shape::shaped(events, place, public_url);
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, shaped.into_iter());
    sanitise::sanitised(&html, place, public_url)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

#[cfg(test)]
mod tests;
