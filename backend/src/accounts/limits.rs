//! How often one may try: all limits on signing in, signing up and getting in again.
//!
//! There are two kinds. A limit per client (the network a request comes from) holds back who tries many addresses;
//! a limit per address holds back who tries one address from many clients. Somebody who only wants to lock a person
//! out can spend the tries of that person's address, and therefore the limit only slows: it never closes an account,
//! it lets one try through each minute however many came before, it ends by itself when the tries end, and what is
//! open stays open: sessions and API tokens are not asked. A right password gives the address all its tries back,
//! and so does a new password chosen by a link.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use sea_orm::ConnectionTrait;

use crate::address::Keyed;
use crate::app::App;
use crate::http::client::Client;
use crate::limits::{self, Limit};
use crate::problem::ApiError;

const MINUTE: Duration = Duration::from_secs(60);
const TEN_MINUTES: Duration = Duration::from_secs(600);
const QUARTER_OF_AN_HOUR: Duration = Duration::from_secs(900);

pub const SIGN_IN_ADDRESS: Limit = Limit::new("sign in, address", 10, MINUTE);
/// A company behind one address signs in in the morning; what is right costs nothing.
pub const SIGN_IN_CLIENT: Limit = Limit::new("sign in, client", 20, Duration::from_secs(3));

pub const REGISTER_CLIENT: Limit = Limit::new("register, client", 10, MINUTE);
/// Each try is a letter to that address, wanted or not.
pub const REGISTER_ADDRESS: Limit = Limit::new("register, address", 3, TEN_MINUTES);

/// A letter that somebody asks for who is not signed in: the limit of who asks, and that of the address.
#[derive(Clone, Copy, Debug)]
pub struct LetterLimits {
    pub client: Limit,
    pub address: Limit,
}

pub const RESET: LetterLimits = LetterLimits {
    client: Limit::new("reset, client", 10, MINUTE),
    address: Limit::new("reset, address", 3, TEN_MINUTES),
};
pub const CONFIRM_AGAIN: LetterLimits = LetterLimits {
    client: Limit::new("confirm again, client", 10, MINUTE),
    address: Limit::new("confirm again, address", 3, TEN_MINUTES),
};

/// Whoever has somebody's open page shall not find out the password by it.
pub const OWN_PASSWORD: Limit = Limit::new("own password, person", 5, MINUTE);
/// A code has six digits and two hold at a time: at this pace, who knows the password guesses one with a chance of
/// 1 in 5,000 a day, and the owner sees each try in their activity.
pub const SECOND_FACTOR: Limit = Limit::new("second factor, person", 5, QUARTER_OF_AN_HOUR);
/// Each change asked for is two letters, one of them to an address that may be a stranger's.
pub const EMAIL_CHANGE: Limit = Limit::new("change of address, person", 5, TEN_MINUTES);
/// The page asks while a person types.
pub const STRENGTH_CLIENT: Limit =
    Limit::new("password strength, client", 60, Duration::from_millis(500));

/// Takes a try to sign in, before anything is looked up.
pub async fn sign_in(app: &App, email: &str, client: &Client) -> Result<(), ApiError> {
    let (client, address) = (network(&client.address), address(email));
    limits::take(
        app,
        &[(SIGN_IN_CLIENT, &client), (SIGN_IN_ADDRESS, &address)],
    )
    .await
}

/// Gives back what a sign-in took that was right. The address has all its tries again; the client only this one,
/// so that nobody refills it by an account of their own.
pub async fn signed_in(
    app: &App,
    tx: &impl ConnectionTrait,
    email: &str,
    client: &Client,
) -> Result<(), ApiError> {
    limits::give_one_back(app, tx, SIGN_IN_CLIENT, &network(&client.address)).await?;
    limits::give_back(app, tx, &[(SIGN_IN_ADDRESS, &address(email))]).await?;
    Ok(())
}

/// Takes a try of whoever asks, whatever they ask about.
pub async fn by_client(app: &App, limit: Limit, client: &Client) -> Result<(), ApiError> {
    limits::take(app, &[(limit, &network(&client.address))]).await
}

/// Takes a try of a signed-in person.
pub async fn by_person(app: &App, limit: Limit, user_id: i64) -> Result<(), ApiError> {
    limits::take(app, &[(limit, &user_id.to_string())]).await
}

/// What counts as one client: an IPv4 address, or the /64 that one subscriber of IPv6 has to choose from. Requests
/// that come from no address (there are none over TCP) count as one client together.
pub fn network(client: &str) -> String {
    match client.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64));
            format!("{network}/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => client.to_owned(),
    }
}

/// What counts as one address, however it is written.
pub fn address(email: &str) -> String {
    Keyed::parse(email).map_or_else(|_| email.trim().to_lowercase(), |email| email.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_of_ipv6_is_one_client_whichever_address_they_take() {
        assert_eq!(network("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
        assert_eq!(
            network("2001:db8:1:2:aaaa::1"),
            network("2001:db8:1:2:ffff:ffff:ffff:ffff")
        );
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network(""), "");
    }

    #[test]
    fn an_address_counts_as_one_however_it_is_written() {
        assert_eq!(
            address(" Anna@Почта.рф"),
            address("anna@xn--80a1acny.xn--p1ai")
        );
        assert_eq!(address("NOT an address "), "not an address");
    }
}
