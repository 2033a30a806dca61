//! What users rely on, tested through HTTP without a socket: one binary, a database of its own for each test, a
//! clock set by hand and a worker driven by hand. SQLite, or PostgreSQL where TEST_DATABASE_URL names a server.

mod support;

mod accounts;
mod edge;
mod mailing_life;
mod mailings;
mod recipients;
