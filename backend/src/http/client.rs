//! From where a request comes: for a person's list of sessions, and for limits.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpRequest, web};

use crate::app::App;
use crate::problem::ApiError;

/// Browsers say a lot about themselves; the beginning tells them apart.
const USER_AGENT_LIMIT: usize = 300;

/// Who asks, as far as the connection tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Client {
    pub address: String,
    pub user_agent: String,
}

impl FromRequest for Client {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let user_agent = request.headers().get(USER_AGENT);
        // `to_str` gives visible ASCII or nothing.
        let user_agent = user_agent.and_then(|value| value.to_str().ok());
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim);
        let trusted = request
            .app_data::<web::Data<App>>()
            .map_or(&[][..], |app| &app.config.http.trusted_proxies);
        let peer = request.peer_addr().map(|peer| peer.ip());
        ready(Ok(Self {
            address: address(peer, forwarded.collect(), trusted)
                .map_or_else(String::new, |address| address.to_string()),
            user_agent: user_agent
                .unwrap_or_default()
                .chars()
                .take(USER_AGENT_LIMIT)
                .collect(),
        }))
    }
}

/// The address of the client: the nearest one that is no proxy of ours. Each proxy adds, at the end, from whom it
/// got the request; what stands before that anybody may have written.
fn address(peer: Option<IpAddr>, forwarded: Vec<&str>, trusted: &[IpAddr]) -> Option<IpAddr> {
    // Where one socket serves both kinds of addresses, an IPv4 peer comes in IPv6's clothes.
    let is_trusted = |address: IpAddr| trusted.iter().any(|one| one.to_canonical() == address);
    let mut nearest = peer?.to_canonical();
    for address in forwarded.iter().rev() {
        if !is_trusted(nearest) {
            break;
        }
        match address.parse::<IpAddr>() {
            Ok(address) => nearest = address.to_canonical(),
            Err(_) => break,
        }
    }
    Some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_proxies_of_ours_are_believed() {
        let trusted = [ip("10.0.0.1"), ip("10.0.0.2")];
        let cases = [
            ("203.0.113.9", vec!["198.51.100.1"], "203.0.113.9"),
            ("10.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            (
                "10.0.0.1",
                vec!["1.2.3.4", "198.51.100.1", "10.0.0.2"],
                "198.51.100.1",
            ),
            ("10.0.0.1", vec!["nonsense"], "10.0.0.1"),
            ("::ffff:10.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", vec![], "10.0.0.1"),
        ];
        for (peer, forwarded, client) in cases {
            assert_eq!(
                address(Some(ip(peer)), forwarded, &trusted),
                Some(ip(client))
            );
        }
    }
}
