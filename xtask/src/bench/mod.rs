//! `cargo xtask bench`: what Golub costs and how fast it is, measured on the release build from outside.

mod api;
mod delivery;
pub mod docs;
mod http;
pub mod machine;
mod procfs;

use crate::{arguments::usage, problem::Outcome};

/// What is to be measured.
#[derive(Debug, PartialEq)]
pub enum Wish {
    Api(api::Wish),
    Delivery(delivery::Wish),
}

impl Wish {
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        match arguments.next().as_deref() {
            Some("api") => api::Wish::parse(arguments).map(Self::Api),
            Some("delivery") => delivery::Wish::parse(arguments).map(Self::Delivery),
            Some(other) => Err(usage(&format!("there is no bench `{other}`"))),
            None => Err(usage("say what to measure")),
        }
    }
}

pub fn bench(wish: &Wish) -> Outcome<()> {
    match wish {
        Wish::Api(wish) => api::measure(wish),
        Wish::Delivery(wish) => delivery::measure(wish),
    }
}
