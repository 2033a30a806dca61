//! Other people's accounts: managers see them, let them out and in again; administrators keep them.
//!
//! Each act locks the accounts it decides upon, decides, writes, tells the person and the audit log, all in one
//! transaction. The command line does the same by the same functions. Three rules hold for everybody: nobody acts upon
//! themselves here, no program acts upon staff or makes any ([`overseer`]), and an administrator who can sign in always
//! remains ([`admins`]).

mod admin_routes;
pub mod admins;
pub mod block;
pub mod change;
pub mod create;
pub mod end_sessions;
pub mod list;
pub mod overseer;
pub mod password_link;
pub mod routes;
pub mod tell;
pub mod view;
