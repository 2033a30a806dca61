//! Services that tests need beside Golub: each is started for one command, on loopback, with everything
//! it writes in a temporary folder, and is ended by a keeper that outlives us if need be.

pub mod chromedriver;
pub mod keeper;
pub mod postfix;
pub mod postgres;
pub mod scratch;
pub mod users;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use crate::problem::{Outcome, Problem};

/// A loopback port that nobody listens on at this moment.
pub fn free_port() -> Outcome<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| Problem::failed("no free loopback port", error))
}

/// Waits until something answers on the port.
pub fn wait_for_port(port: u16, patience: Duration) -> Outcome<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let begun = Instant::now();
    while TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_err() {
        if begun.elapsed() > patience {
            return Err(Problem::Failed(format!("nothing answers on {address}")));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
