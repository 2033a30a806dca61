//! The cookie that carries the refresh token: out of reach for scripts and for other sites.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};

use crate::accounts::tokens::RefreshToken;
use crate::config::Config;

const NAME: &str = "golub_refresh";

/// The refresh token that came with a request, not yet proved.
pub fn refresh_token(request: &HttpRequest) -> Option<RefreshToken> {
    RefreshToken::parse(request.cookie(NAME)?.value())
}

/// Keeps the token in the browser for as long as its session can hold.
pub fn keep(config: &Config, token: String) -> Cookie<'static> {
    let seconds = i64::try_from(config.auth.session_for.as_secs()).unwrap_or(i64::MAX);
    cookie(config, token, time::Duration::seconds(seconds))
}

/// Takes it away.
pub fn forget(config: &Config) -> Cookie<'static> {
    cookie(config, String::new(), time::Duration::ZERO)
}

fn cookie(config: &Config, value: String, max_age: time::Duration) -> Cookie<'static> {
    Cookie::build(NAME, value)
        .http_only(true)
        .same_site(SameSite::Strict)
        // Only what renews or ends the session is sent it.
        .path("/api/v1/auth")
        .secure(config.http.public_url.starts_with("https:"))
        .max_age(max_age)
        .finish()
}
