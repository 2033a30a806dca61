//! The table: a row for each operation, in a file for each feature.

mod accounts;
mod blog;
mod delivery;
mod keys;
mod mailings;
mod me;
mod messages;
mod recipients;
mod service;
mod statistics;
mod users;

use serde_json::Value;

use super::rights::Rights;
use super::stage::Thing;

/// An operation, and who gets in.
#[derive(Clone)]
pub struct Row {
    pub operation: &'static str,
    pub thing: Thing,
    pub rights: Rights,
    /// What it is asked with; null: without a body.
    pub body: Value,
    /// It is asked by somebody made for it, since it ends their session or account, or may be done only once.
    pub spends: bool,
}

/// A row without a thing and without a body.
fn row(operation: &'static str, rights: Rights) -> Row {
    Row {
        operation,
        thing: Thing::None,
        rights,
        body: Value::Null,
        spends: false,
    }
}

impl Row {
    pub fn method(&self) -> &'static str {
        self.operation.split_once(' ').unwrap().0
    }

    /// The path, with this id in its place.
    pub fn path(&self, id: &str) -> String {
        let (_, path) = self.operation.split_once(' ').unwrap();
        ["{id}", "{token}", "{slug}", "{name}"]
            .iter()
            .fold(path.to_owned(), |path, place| path.replace(place, id))
    }

    /// The `{id}` is that of such a thing, made for each time it is asked.
    fn about(self, thing: Thing) -> Self {
        Self { thing, ..self }
    }

    fn with(self, body: Value) -> Self {
        Self { body, ..self }
    }

    /// It takes away what it is asked with: somebody made for it asks.
    fn spending(self) -> Self {
        Self {
            spends: true,
            ..self
        }
    }
}

pub fn rows() -> Vec<Row> {
    [
        service::rows(),
        accounts::rows(),
        keys::rows(),
        me::rows(),
        users::rows(),
        recipients::rows(),
        messages::rows(),
        mailings::rows(),
        delivery::rows(),
        blog::rows(),
        statistics::rows(),
    ]
    .concat()
}
